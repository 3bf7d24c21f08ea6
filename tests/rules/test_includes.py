"""Includes over several pages, and the files that a check of a folder knows of."""

from pathlib import Path

import pytest

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.claims import Claims
from balise.collection import Collection
from balise.rules import RuleContext
from balise.rules.includes.unresolved_include import UnresolvedInclude
from balise.workspace.discovery import discover
from balise.workspace.reading import facts_of
from tests.helpers.checking import check_scope
from tests.helpers.platforms import with_links
from tests.helpers.support import guides_in


def findings_on(path: str, pages: dict[str, str]) -> list[Finding]:
    """The findings on one of several pages of a collection in the folder `guides`."""
    documents = [facts_of(SourceFile(f"guides/{p}", text)).document for p, text in pages.items()]
    collection = Collection.of("guides", documents, [document.path for document in documents])
    document = collection.documents[f"guides/{path}"]
    return list(UnresolvedInclude().check_page(RuleContext(document, Claims(), collection)))


def test_a_page_of_the_collection_can_be_included() -> None:
    pages = {"a/guide.en-gb.md": "{!> b.md !}", "b.md": "Text"}
    assert findings_on("a/guide.en-gb.md", pages) == []


def test_a_circle_through_other_pages_is_found_and_its_way_is_named() -> None:
    pages = {"a.md": "{!> b.md !}", "b.md": "{!> c.md !}\n\n{!> d.md !}", "c.md": "{!> a.md !}"}
    (finding,) = findings_on("a.md", pages)
    assert finding.message == (
        "the page includes `b.md`, which includes `c.md`, which includes this page again"
    )


def test_a_page_that_includes_a_circle_it_is_no_part_of_has_no_finding() -> None:
    pages = {"a.md": "{!> b.md !}", "b.md": "{!> b.md !}"}
    assert findings_on("a.md", pages) == []
    assert len(findings_on("b.md", pages)) == 1


def test_a_file_beside_no_page_is_known_when_a_page_includes_it(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "contact.txt").write_text("Text", encoding="utf-8")
    page = tmp_path / "guide.en-gb.md"
    page.write_text("{!> snippets/contact.txt !}\n\n{!> snippets/other.txt !}", encoding="utf-8")
    report = check_scope(discover([tmp_path], guides_in(tmp_path)), [UnresolvedInclude()])
    assert [finding.message.split(";")[0] for finding in report.findings] == [
        "there is no file `snippets/other.txt`"
    ]


def test_a_page_can_show_its_own_text_as_code_and_that_is_no_circle(tmp_path: Path) -> None:
    for name, other in (("guide.en-gb.md", "guide.fr-fr.md"), ("guide.fr-fr.md", "guide.en-gb.md")):
        text = f"```\n{{!> {name} !}}\n{{!> {other} !}}\n{{!> examples/redis !}}\n```\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "redis").write_text("Text", encoding="utf-8")
    report = check_scope(discover([tmp_path], guides_in(tmp_path)), [UnresolvedInclude()])
    assert report.findings == []


def test_no_folder_outside_of_the_guides_is_looked_into(tmp_path: Path) -> None:
    guides = tmp_path / "guides"
    guides.mkdir()
    (tmp_path / "secret.txt").write_text("Text", encoding="utf-8")
    (guides / "guide.en-gb.md").write_text("{!> ../secret.txt !}", encoding="utf-8")
    report = check_scope(discover([guides], guides_in(guides)), [UnresolvedInclude()])
    (finding,) = report.findings
    assert "lies outside of the guides" in finding.message


@with_links
@pytest.mark.parametrize("name", ["leak.md", "leak.txt"])
def test_a_symbolic_link_out_of_the_guides_is_not_included(tmp_path: Path, name: str) -> None:
    guides = tmp_path / "guides"
    (guides / "common").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("Text", encoding="utf-8")
    (guides / "common" / name).symlink_to("../../secret.txt")
    (guides / "common" / "good.md").symlink_to("better.md")
    (guides / "common" / "better.md").write_text("Text", encoding="utf-8")
    (guides / "guide.en-gb.md").write_text(
        f"{{!> common/{name} !}}\n\n{{!> common/good.md !}}", encoding="utf-8"
    )
    report = check_scope(discover([guides], guides_in(guides)), [UnresolvedInclude()])
    (finding,) = report.findings
    assert f"`common/{name}`" in finding.message
