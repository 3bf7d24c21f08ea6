"""Selection: what is selected step by step."""

from itertools import pairwise
from pathlib import Path

from balise.editor.selection import selection_ranges
from tests.helpers.marked import Editor, editor


def steps(at: Editor) -> list[str]:
    """What is selected, without the page as a whole."""
    spans = selection_ranges(at.view, at.offset)
    assert at.text(spans[-1]) == at.source.text
    return [at.text(span) for span in spans[:-1]]


def test_from_a_word_in_a_link_to_the_section(tmp_path: Path) -> None:
    at = editor(tmp_path, "## One\n\n- See [the gu‸ide](x.md) now.\n\n## Two\n")
    assert steps(at) == [
        "guide",
        "[the guide](x.md)",
        "See [the guide](x.md) now.",
        "- See [the guide](x.md) now.",
        "## One\n\n- See [the guide](x.md) now.",
    ]


def test_from_an_address_outwards(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](ima‸ges/a.png)")
    assert steps(at)[:3] == ["images", "images/a.png", "[x](images/a.png)"]


def test_from_a_cell_to_its_table(tmp_path: Path) -> None:
    at = editor(tmp_path, "| a | b |\n|---|---|\n| one two‸ | c |\n")
    assert steps(at) == [
        "two",
        "one two",
        "| one two | c |",
        "| a | b |\n|---|---|\n| one two | c |",
    ]


def test_from_a_value_to_the_front_matter(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\ntitle: My own‸\n---\n\nText\n")
    assert steps(at) == ["own", "My own", "title: My own", "---\ntitle: My own\n---"]


def test_each_is_in_the_next_wherever_one_begins(tmp_path: Path) -> None:
    at = editor(
        tmp_path, "‸> [!warning]\n> - a [b](c){.external}\n>   | x |\n\n`y`{.action} ![z](z)\n"
    )
    for offset in range(len(at.source.text) + 1):
        spans = selection_ranges(at.view, offset)
        assert all(
            outer.start <= inner.start <= inner.end <= outer.end for inner, outer in pairwise(spans)
        )
        assert all(span.start <= offset <= span.end for span in spans)
