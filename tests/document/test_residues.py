"""Markup that became text is found where it stands."""

import pytest

from balise.base.source import SourceFile
from balise.document import Document, read_document
from balise.document.residues import residue_behind, residues, stray_attributes


def read(text: str) -> Document:
    return read_document(SourceFile("guide.en-gb.md", text))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for kind, start, end in residues(text)]


@pytest.mark.parametrize(
    "text",
    [
        "src/**/a.md and **/*.md and dir/**",
        "f(**options) and 2**8",
        "__init and a__b",
        "l`adresse",
        "{{ name }}",
        "[Linux] (via SSH)",
        "[x86_64] and [/etc/hosts]",
    ],
)
def test_text_that_only_looks_like_markup_is_no_residue(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the 'a b'{.c} d", ["'a b'{.c}"]),
        ("don't say a'{.c}, l'a'{#c}", ["{.c}", "{#c}"]),
        ("a {.b}{.c}", ["{.b}", "{.c}"]),
        ("`a{.b}", []),
        ("${.a} {{.b}} {c}", []),
    ],
)
def test_a_list_behind_text_is_stray_with_the_words_in_quotes_that_it_stands_behind(
    text: str, found: list[str]
) -> None:
    assert [text[start:end] for _, start, end in stray_attributes(text, 0)] == found


@pytest.mark.parametrize("piece", ["'", "'a ", "‘", "‘a' ", "{.", "{.a ", " '{"])
def test_long_runs_of_quotes_and_braces_come_to_an_end(piece: str) -> None:
    text = piece * 40_000
    (stray,) = stray_attributes(f"{text}\n{{.b}}", 0)
    assert stray[1:] == (len(text) + 1, len(text) + 5)


def test_a_tag_with_a_value_ends_at_its_own_bracket() -> None:
    assert kinds("[url=a][b]c[/b][/url]") == [
        ("bbcode", "[url=a]"),
        ("bbcode", "[b]"),
        ("bbcode", "[/b]"),
        ("bbcode", "[/url]"),
    ]


@pytest.mark.parametrize("text", ["{. a}", "{a}", "{.a]", "{/a}", "{.a)", "{.a", "{# a}"])
def test_a_list_with_a_slip_is_malformed(text: str) -> None:
    assert residue_behind(f"{text} b") == ("malformed-attribute", 0, len(text))


@pytest.mark.parametrize("text", ["{a b}", "{a", "a}", " {a}", "{}"])
def test_braces_around_anything_else_are_text(text: str) -> None:
    assert residue_behind(text) in (None, ("glued-word", 0, 1))


@pytest.mark.parametrize(
    "piece", ["{{% ", "{{< ", "{% ", "[url=", "[a] (", "[a]  ", "`a ", "**a ", "[", "{.", "` "]
)
def test_long_runs_of_openings_come_to_an_end(piece: str) -> None:
    text = piece * 40_000
    places = [(start, end) for _, start, end in residues(f"{text}\n[b]c")]
    assert (len(text) + 1, len(text) + 4) in places
    assert all(0 <= start < end for start, end in places)
    assert residue_behind(text) in (None, ("malformed-attribute", 0, 2))


@pytest.mark.parametrize("piece", ["<a ", "<a x=", '<a x="', "<a x='", "<a\n", "<!-- ", "</a "])
def test_html_that_never_ends_is_read_to_the_end(piece: str) -> None:
    page = read(f"## Above\n\n<div>\n{piece * 20_000}\n\n## Below\n")
    assert [heading.text for heading in page.headings] == ["Above", "Below"]


def test_a_tag_over_several_lines_stands_from_its_first_to_its_last() -> None:
    text = '> <div\n>   class="x">\n> </div>\n'
    tags = read(text).html_tags
    assert [text[t.span.start : t.span.end] for t in tags] == [
        '<div\n>   class="x">',
        "</div>",
    ]


def test_tags_in_a_comment_over_several_lines_are_none() -> None:
    assert read("<!--\n<div>\n-->\n").html_tags == ()


def test_cells_beyond_the_last_column_have_their_place() -> None:
    text = "> | a |\n> |---|\n> | b | c \\| d | e |  |\n"
    row = read(text).tables[0].rows[1]
    assert row.beyond is not None
    assert text[row.beyond.start : row.beyond.end] == "c \\| d | e"


def test_empty_cells_beyond_the_last_column_lose_nothing() -> None:
    assert read("| a |\n|---|\n| b | | |\n").tables[0].rows[1].beyond is None
