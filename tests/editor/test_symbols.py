"""Symbols: the outline of a page, and pages by name."""

from collections.abc import Sequence
from pathlib import Path

from balise.editor.model import Symbol
from balise.editor.symbols import document_symbols, workspace_symbols
from tests.helpers.marked import editor

TEXT = """\
‸> [!primary]
> Before all.

## First

> [!tabs]
> Windows
>> Text
> Linux
>> Text

### Deeper

> [!faq]
> Why?
>> Because

/// details | More
Text
///

## Second

Text
"""


def tree(symbols: Sequence[Symbol]) -> list[object]:
    return [(s.name, tree(s.children)) if s.children else s.name for s in symbols]


def test_headings_are_a_tree_with_the_blocks_below_them(tmp_path: Path) -> None:
    at = editor(tmp_path, TEXT)
    found = document_symbols(at.view)
    assert tree(found) == ["primary", ("First", ["tabs", ("Deeper", ["faq", "details"])]), "Second"]
    first = found[1]
    assert [block.detail for block in first.children[1].children] == ["Why?", "More"]
    assert [child.detail for child in first.children] == ["Windows, Linux", "###"]
    assert first.place.selection
    assert at.text(first.place.selection) == "## First"
    assert at.text(first.place.span).endswith("///\n\n")


def test_a_heading_of_a_skipped_level_is_below_the_one_above(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸#### A\n\n## B\n\n#### C\n\n### D\n")
    assert tree(document_symbols(at.view)) == ["A", ("B", ["C", "D"])]


def names(tmp_path: Path, query: str) -> list[tuple[str, str]]:
    at = editor(tmp_path, "‸## My own heading\n")
    return [(found.name, found.detail) for found in workspace_symbols(at.workspace, query)]


def test_pages_are_found_by_title_and_path_in_all_locales(tmp_path: Path) -> None:
    assert names(tmp_path, "reseau") == [("Réseau privé", "web/reseau/guide.fr-fr.md")]
    assert {name for name, _ in names(tmp_path, "web/ssl")} == {
        "Order a certificate",
        "Commander un certificat",
    }
    assert len(names(tmp_path, "")) == 9


def test_headings_are_found_behind_the_page_that_they_are_on(tmp_path: Path) -> None:
    assert names(tmp_path, "ssl#renew") == [("Renew it", "Order a certificate")]
    assert names(tmp_path, "#own head") == [("My own heading", "Mine")]
