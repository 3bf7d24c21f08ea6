"""After a few texts have changed, a check prints what one that keeps nothing prints."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.command import balise, write_pages

FORMATS = ("text", "concise", "jsonl", "sarif")
"""Those in which only some changes are tried: all formats put the same pieces together."""
NAMES = tuple(f"page-{number:02}" for number in range(12))
MANY = "\n".join(f"[dead](#nowhere-{number})\n" for number in range(100))


def page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\nslug: {title}\n---\n\n## Steps\n\n{text}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """More than a thousand findings, and pages that read one another."""
    pages = {
        f"guides/a/{name}/guide.en-gb.md": page(name, f"[next](../{after}/#steps)\n\n{MANY}")
        for name, after in zip(NAMES, NAMES[1:] + NAMES[:1], strict=True)
    }
    pages |= {
        "balise.toml": "",
        "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
        "guides/a/product.en-gb.md": "---\ntitle: A\nslug: a\n---\n",
        "guides/a/page-00/guide.fr-fr.md": page("page-00", "[perdu](/fr/gone/)"),
        "guides/a/page-01/guide.fr-fr.md": page("page-01", "[perdu](/fr/gone/)"),
    }
    return write_pages(tmp_path, pages)


def guide(project: Path, name: str, locale: str = "en-gb") -> Path:
    return project / "guides" / "a" / name / f"guide.{locale}.md"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def other_text(project: Path) -> None:
    edit(guide(project, "page-03"), "#nowhere-7)", "#elsewhere)")


def anchor_of_another_page(project: Path) -> None:
    edit(guide(project, "page-04"), "## Steps", "## Other steps")


def lines_above(project: Path) -> None:
    edit(guide(project, "page-05"), "## Steps", "Text.\n\n## Steps")


def nothing_wrong(project: Path) -> None:
    edit(guide(project, "page-06"), MANY, "All is well.")


def one_more_place(project: Path) -> None:
    edit(guide(project, "page-01", "fr-fr"), "[perdu]", "[perdu](/fr/gone/) [encore]")


def one_place_less(project: Path) -> None:
    edit(guide(project, "page-00", "fr-fr"), "[perdu](/fr/gone/)", "perdu")


def silenced(project: Path) -> None:
    edit(
        guide(project, "page-07"),
        "## Steps",
        "<!-- balise: off[anchors] all of them -->\n\n## Steps",
    )


def another_slug(project: Path) -> None:
    edit(guide(project, "page-08"), "slug: page-08", "slug: page-07")


def another_link(project: Path) -> None:
    edit(
        guide(project, "page-09"), "[dead](#nowhere-3)", "[x](../page-01/)\n\n![x](images/none.png)"
    )


def several_pages(project: Path) -> None:
    for change in (other_text, anchor_of_another_page, one_place_less, nothing_wrong):
        change(project)


def a_file_that_moves_over(project: Path) -> None:
    file = guide(project, "page-03")
    part = file.with_name("part")
    part.write_text(file.read_text(encoding="utf-8") + "\n[x](#y)\n", encoding="utf-8")
    part.replace(file)


CHANGES = (
    other_text,
    anchor_of_another_page,
    lines_above,
    nothing_wrong,
    one_more_place,
    one_place_less,
    silenced,
    another_slug,
    another_link,
    several_pages,
    a_file_that_moves_over,
)


@pytest.mark.parametrize(
    ("change", "output_format"),
    [(change, "json") for change in CHANGES]
    + [(change, name) for change in (several_pages, one_more_place) for name in FORMATS],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_it_prints_what_is_found_now(
    project: Path, change: Callable[[Path], None], output_format: str
) -> None:
    command = ("check", "--output-format", output_format)
    before = balise(*command, cwd=project)
    change(project)
    expected = balise(*command, "--no-cache", cwd=project)
    assert expected.out != before.out
    for _ in range(2):
        assert balise(*command, cwd=project) == expected


def test_it_does_so_again_and_again(project: Path) -> None:
    balise("check", cwd=project)
    for change in (other_text, one_more_place, lines_above, one_place_less, silenced):
        change(project)
        assert balise("check", cwd=project) == balise("check", "--no-cache", cwd=project)


def test_a_text_that_is_taken_back_gives_the_report_that_was(project: Path) -> None:
    before = balise("check", cwd=project)
    file = guide(project, "page-02")
    text = file.read_bytes()
    edit(file, "#nowhere-1)", "#steps)")
    assert balise("check", cwd=project) != before
    file.write_bytes(text)
    for _ in range(2):
        assert balise("check", cwd=project) == before


def test_what_other_commands_keep_meanwhile_does_not_mix_in(project: Path) -> None:
    balise("check", cwd=project)
    file = guide(project, "page-02")
    text = file.read_bytes()
    anchor_of_another_page(project)
    balise("check", "--select", "anchors", cwd=project)
    edit(file, "#nowhere-1)", "#steps)")
    balise("check", file, cwd=project)
    file.write_bytes(text)
    other_text(project)
    assert balise("check", cwd=project) == balise("check", "--no-cache", cwd=project)


def test_fewer_findings_than_are_worth_keeping_are_printed_all_the_same(project: Path) -> None:
    balise("check", cwd=project)
    for name in NAMES[:6]:
        edit(guide(project, name), MANY, "")
        expected = balise("check", "--no-cache", cwd=project)
        assert balise("check", cwd=project) == expected


def test_it_says_what_was_checked_again_and_why(project: Path) -> None:
    balise("check", "--verbose", cwd=project)
    anchor_of_another_page(project)
    said = balise("check", "--verbose", cwd=project).err
    assert "guides/a/page-03/guide.en-gb.md" in said, "it links to the page that has changed"
    assert "guides/a/page-04/guide.en-gb.md" in said
    assert "guides/a/page-08/guide.en-gb.md" not in said


DAMAGES = (
    "update findings set value = x'00'",
    "delete from records",
    "update records set value = x'0102030405'",
    "delete from traces",
    "update traces set value = x'0102030405'",
    "delete from printed",
    "update printed set value = x'0102030405'",
    "delete from facts",
    "delete from blobs where key = 'causes'",
    "delete from blobs where key = 'reads'",
    "delete from blobs where key = 'report'",
    "delete from blobs where key = 'traces'",
    "delete from blobs where key like 'structure %'",
    "delete from blobs where key like 'table %'",
    "update blobs set value = x'0102030405' where key != 'code'",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew(project: Path, damage: str) -> None:
    balise("check", cwd=project)
    with sqlite3.connect(project / ".balise_cache" / "facts.sqlite") as store:
        store.execute(damage)
    store.close()
    anchor_of_another_page(project)
    assert balise("check", cwd=project) == balise("check", "--no-cache", cwd=project)
