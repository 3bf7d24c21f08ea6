"""A workspace follows what is written, and its collection is that of the files as they are."""

from pathlib import Path

import pytest

from balise.base.paths import absolute_path
from balise.base.source import SourceFile
from balise.check.pipeline import CheckSettings, check
from balise.check.trace_store import TraceStore
from balise.config import OVH_URLS
from balise.rules.includes.unresolved_include import UnresolvedInclude
from balise.workspace.discovery import discover
from balise.workspace.reading import facts_of, read_facts
from balise.workspace.workspace import Workspace
from tests.helpers.command import write_pages
from tests.helpers.support import guides_in

FILE = Path("guides/mail/guide.fr-fr.md")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    text = "---\ntitle: Mail\nslug: mail\naliases: older\n---\n\n## Début\n\n{!> new.md !}\n"
    folder = write_pages(
        tmp_path, {str(FILE): text, "guides/home.fr-fr.md": "---\ntitle: X\n---\n"}
    )
    scope = discover([Path("guides")], guides_in(folder / "guides"))
    return Workspace.open(scope, OVH_URLS)


def root(workspace: Workspace) -> str:
    (found,) = workspace.collections
    return found


def page() -> str:
    return absolute_path(FILE)


def redirects(workspace: Workspace) -> list[str]:
    return list(workspace.collections[root(workspace)].redirect_ends)


def test_a_changed_text_leaves_the_structure_as_it_is(workspace: Workspace) -> None:
    FILE.write_text(FILE.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    after = workspace.updated(root(workspace), [page()])
    before = workspace.collections[root(workspace)]
    assert after.collections[root(workspace)].structure is before.structure
    assert after.collections[root(workspace)].documents[page()] != before.documents[page()]


@pytest.mark.parametrize("form", ["aliases: {}", "aliases: [{}]", "aliases:\n- {}"])
def test_an_alias_that_is_changed_is_another_in_the_next_collection(
    workspace: Workspace, form: str
) -> None:
    assert redirects(workspace) == ["fr/older/"]
    FILE.write_text(f"---\nslug: mail\n{form.format('oldest')}\n---\n", encoding="utf-8")
    assert redirects(workspace.updated(root(workspace), [page()])) == ["fr/oldest/"]
    assert redirects(workspace) == ["fr/older/"]


def test_a_page_can_be_included_as_soon_as_it_is_written_and_as_long_as_it_is_there(
    workspace: Workspace,
) -> None:
    settings, traces = CheckSettings([UnresolvedInclude()]), TraceStore()
    assert len(check(workspace, settings, traces).findings) == 1
    Path("guides/new.md").write_text("Text", encoding="utf-8")
    then = workspace.updated(root(workspace), [absolute_path("guides/new.md")])
    assert check(then, settings, traces).findings == []
    Path("guides/new.md").unlink()
    after = then.updated(root(then), [], [absolute_path("guides/new.md")])
    assert len(check(after, settings, traces).findings) == 1


def test_texts_that_are_given_take_the_place_of_those_on_disk(workspace: Workspace) -> None:
    given = workspace.with_texts([SourceFile(page(), "---\nslug: other\n---\n\n## Fin\n")])
    assert given.collections[root(workspace)].urls[page()] == "fr/other/"
    assert [h.text for h in given.facts(page()).document.headings] == ["Fin"]
    assert [h.text for h in workspace.facts(page()).document.headings] == ["Début"]


def test_pages_with_the_same_text_are_each_read_as_if_there_was_no_other(tmp_path: Path) -> None:
    text = "---\ntitle: Mail\n---\n\n## Server\n\nThe outgoing server is `smtp.example.org`, port 465 sortant.\n"
    names = (
        "mail/guide.en-gb.md",
        "mail/guide.en-ie.md",
        "mail/guide.fr-fr.md",
        "mail/product.en-gb.md",
    )
    folder = write_pages(tmp_path, dict.fromkeys(names, text))
    paths = [absolute_path(folder / name) for name in names]
    assert [read_facts(path) for path in paths] == [
        facts_of(SourceFile(path, text)) for path in paths
    ]
