"""A file's text, its places, and edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.base.source import Edit, Position, SourceFile, Span, apply_edits


def source(text: str) -> SourceFile:
    return SourceFile("guide.en-gb.md", text)


def test_utf_8_is_read() -> None:
    file = SourceFile.from_bytes("a.md", "é\U0001f600".encode())
    assert (file.text, file.has_bom, file.undecodable) == ("é\U0001f600", False, ())


def test_a_byte_order_mark_is_no_text() -> None:
    file = SourceFile.from_bytes("a.md", b"\xef\xbb\xbfa")
    assert (file.text, file.has_bom) == ("a", True)


def test_a_second_byte_order_mark_is_text() -> None:
    assert SourceFile.from_bytes("a.md", b"\xef\xbb\xbf\xef\xbb\xbfa").text == "\ufeffa"


def test_bytes_that_are_no_utf_8_have_a_place() -> None:
    file = SourceFile.from_bytes("a.md", b"a\xe9\xe8b\xffc\xc3\xa9")
    assert file.text == "a\ufffd\ufffdb\ufffdcé"
    assert file.undecodable == (Span(1, 3), Span(4, 5))


def test_a_replacement_character_that_was_written_is_no_mistake() -> None:
    file = SourceFile.from_bytes("a.md", "a\ufffdb\ufffd".encode() + b"\xff")
    assert file.undecodable == (Span(4, 5),)


def test_line_ends_are_kept() -> None:
    assert SourceFile.from_bytes("a.md", b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


@given(st.binary())
def test_any_bytes_can_be_read(data: bytes) -> None:
    file = SourceFile.from_bytes("a.md", data)
    for span in file.undecodable:
        assert set(file.text[span.start : span.end]) == {"\ufffd"}


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\n", [0, 2]),
        ("a\nb", [0, 2]),
        ("a\r\nb", [0, 3]),
        ("a\rb", [0, 2]),
        ("\r\r\n\n", [0, 1, 3, 4]),
        ("a\u2028b\x0bc\x0cd\x85e", [0]),
    ],
)
def test_lines_begin_behind_line_ends(text: str, starts: list[int]) -> None:
    assert source(text).line_starts == starts


@pytest.mark.parametrize(
    ("offset", "line", "column"),
    [(0, 1, 1), (1, 1, 2), (3, 2, 1), (4, 2, 2), (5, 3, 1), (6, 3, 2), (99, 3, 2), (-1, 1, 1)],
)
def test_a_position_counts_lines_and_characters_from_one(
    offset: int, line: int, column: int
) -> None:
    assert source("é\r\n\U0001f600\nx").position(offset) == Position(line, column)


def test_a_line_is_without_its_line_end() -> None:
    file = source("a\r\nb\rc\n\nd")
    assert [file.line(number) for number in range(1, 6)] == ["a", "b", "c", "", "d"]


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("a", "\n"),
        ("a\nb\n", "\n"),
        ("a\r\nb\r\n", "\r\n"),
        ("a\rb\rc\n", "\r"),
        ("a\r\nb\r\nc\n", "\r\n"),
        ("a\r\nb\nc\n", "\n"),
    ],
)
def test_the_line_end_that_most_lines_have(text: str, newline: str) -> None:
    assert source(text).newline == newline


def test_edits_are_applied_wherever_they_stand_in_the_list() -> None:
    edits = [Edit(Span(4, 5), "E"), Edit(Span(0, 1), "A"), Edit(Span(2, 2), "+")]
    assert apply_edits("abcdef", edits) == "Ab+cdEf"


def test_no_edits_change_nothing() -> None:
    assert apply_edits("a\r\nb", []) == "a\r\nb"


def test_an_empty_text_takes_something_away() -> None:
    assert apply_edits("abc", [Edit(Span(1, 3), "")]) == "a"


def test_edits_may_touch() -> None:
    edits = [Edit(Span(0, 1), "x"), Edit(Span(1, 1), "+"), Edit(Span(1, 2), "y")]
    assert apply_edits("ab", edits) == "x+y"


def test_edits_at_both_ends() -> None:
    assert apply_edits("a", [Edit(Span(0, 0), "<"), Edit(Span(1, 1), ">")]) == "<a>"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at offset 1"):
        apply_edits("abc", [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")])


@given(st.text(), st.text())
def test_an_edit_changes_nothing_but_its_span(before: str, after: str) -> None:
    span = Span(len(before), len(before) + 3)
    assert apply_edits(f"{before}old{after}", [Edit(span, "new")]) == f"{before}new{after}"
