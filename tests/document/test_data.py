"""Data files: each value, the names that lead to it, its place, and what is wrong."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from balise.base.source import SourceFile
from balise.document import Document, read_data, read_redirects


def data(text: str) -> Document:
    return read_data(SourceFile("links.yml", text))


def values(text: str) -> dict[tuple[str, ...], str]:
    return {entry.keys: entry.value for entry in data(text).data}


def written(document: Document, text: str) -> list[tuple[str, str]]:
    """The text at the place of each key, and at the place of its value."""
    return [
        (
            text[entry.key_span.start : entry.key_span.end],
            text[entry.value_span.start : entry.value_span.end],
        )
        for entry in document.data
    ]


def problems(document: Document) -> list[tuple[int, str]]:
    """Line and detail of each problem."""
    return [(document.line(p.span.start), p.detail) for p in document.problems]


# YAML


def test_a_value_is_led_to_by_its_key() -> None:
    assert values("a: b\nc: d e\n") == {("a",): "b", ("c",): "d e"}


@given(st.text("aZ0_./() -", max_size=14))
def test_a_plain_value_is_what_yaml_reads(value: str) -> None:
    text = f"key: x{value}\nlast: x\n"
    read = list(yaml.parse(text))
    scalars = [event.value for event in read if isinstance(event, yaml.ScalarEvent)]
    assert values(text) == {("key",): scalars[1], ("last",): "x"}


def test_a_value_below_is_led_to_by_all_keys_above_it() -> None:
    text = "a:\n  b: c\n  d:\n    e: f\ng: h\n"
    assert values(text) == {("a", "b"): "c", ("a", "d", "e"): "f", ("g",): "h"}


def test_items_of_a_list_count_from_0() -> None:
    text = "a:\n  - b\n  - c: d\n  - [e, f]\n"
    assert values(text) == {
        ("a", "0"): "b",
        ("a", "1", "c"): "d",
        ("a", "2", "0"): "e",
        ("a", "2", "1"): "f",
    }


def test_a_list_at_the_top_is_read() -> None:
    assert values("- a\n- b\n") == {("0",): "a", ("1",): "b"}


def test_both_styles_of_yaml_read_alike() -> None:
    assert values("{a: {b: c, d: [e]}}") == values("a:\n  b: c\n  d:\n    - e\n")


def test_a_key_after_something_empty_stands_where_it_stands() -> None:
    assert values("a: {}\nb: []\nc: d\n") == {("c",): "d"}


def test_every_value_is_text() -> None:
    assert values("a: 1\nb: true\nc: 2020-01-01\nd: ~\ne:\n") == {
        ("a",): "1",
        ("b",): "true",
        ("c",): "2020-01-01",
        ("d",): "~",
        ("e",): "",
    }


def test_a_tag_makes_no_object() -> None:
    text = "a: !!python/object/apply:os.system [ls]\n"
    assert values(text) == {("a", "0"): "ls"}


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n'c': \"d e\"\n",
        "a: b\r\n'c': \"d e\"\r\n",
        "# 😀 é\na: b # x\n'c':    \"d e\"",
        "{a: b, 'c': \"d e\"}",
    ],
)
def test_keys_and_values_know_where_they_stand(text: str) -> None:
    assert written(data(text), text) == [("a", "b"), ("'c'", '"d e"')]


def test_places_count_characters_and_not_bytes() -> None:
    text = "é😀: ü\n日本: 語\n"
    assert written(data(text), text) == [("é😀", "ü"), ("日本", "語")]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_has_no_values_and_no_problems(text: str) -> None:
    document = data(text)
    assert ("".join(entry.value for entry in document.data), document.problems) == ("", ())


def test_plain_text_is_no_data() -> None:
    document = data("just some text\n")
    assert document.data == ()
    assert problems(document) == [(1, "this is plain text, not lines of `key: value`")]


def test_what_is_no_yaml_is_told_with_its_line_and_what_stands_before_it_counts() -> None:
    document = data("a: b\nc: d: e\nf: g\n")
    assert [entry.value for entry in document.data][:1] == ["b"]
    ((line, detail),) = problems(document)
    assert line == 2
    assert detail


@pytest.mark.parametrize("text", ["a: [", "a: {", "a: 'b", "a: @b", "\ta: b", "%x", "a: b\nc\n"])
def test_broken_yaml_is_one_problem(text: str) -> None:
    document = data(text)
    assert [problem.kind for problem in document.problems] == ["data-syntax"]
    span = document.problems[0].span
    assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "? {a: b}\n: c\n", "{[a]: b}"])
def test_a_key_is_plain_text(text: str) -> None:
    assert [detail for _, detail in problems(data(text))] == ["a key must be plain text"]


def test_an_alias_of_yaml_is_not_read() -> None:
    document = data("a: &x b\nc: *x\n")
    assert [entry.value for entry in document.data] == ["b"]
    assert problems(document) == [(2, "`*` aliases are not read")]


def test_a_bomb_of_aliases_is_told_at_the_first_one() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 40)]
    document = data("\n".join(lines))
    assert len(document.data) == 2
    assert problems(document) == [(2, "`*` aliases are not read")]


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 100_000, "".join(f"{' ' * n}a:\n" for n in range(99))]
)
def test_what_is_nested_too_deep_is_one_problem(text: str) -> None:
    assert [detail for _, detail in problems(data(text))] == ["this is nested too deep"]


def test_many_anchors_cost_nothing() -> None:
    text = "".join(f"a{n}: &x{n} b\n" for n in range(5_000))
    assert len(data(text).data) == 5_000


def test_the_document_knows_its_path_and_lines() -> None:
    document = data("a: b\r\nc: d\r\n")
    assert (document.path, document.newline) == ("links.yml", "\r\n")
    assert document.line(document.data[1].key_span.start) == 2


# Redirects


def redirects(text: str) -> Document:
    return read_redirects(SourceFile("_redirects", text))


def pairs(text: str) -> list[tuple[str, str]]:
    return [(entry.keys[0], entry.value) for entry in redirects(text).data]


@pytest.mark.parametrize(
    "text",
    [
        "/a/ /b/\n",
        "/a/ /b/",
        "/a/\t\t/b/  \n",
        "  /a/ /b/ 301\n",
        "\n# moved\n/a/ /b/\n\n",
        "/a/ /b/\r\n",
    ],
)
def test_a_line_is_the_old_address_and_the_new_one(text: str) -> None:
    assert pairs(text) == [("/a/", "/b/")]
    assert redirects(text).problems == ()


def test_redirects_come_in_the_order_of_the_file_and_each_counts() -> None:
    assert pairs("/b/ /c/\n/a/ /c/\n/b/ /d/\n") == [("/b/", "/c/"), ("/a/", "/c/"), ("/b/", "/d/")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_both_addresses_know_where_they_stand(end: str) -> None:
    text = f"# é 😀{end}/é/ /b/{end}{end}  /c/   /d/ 301{end}"
    assert written(redirects(text), text) == [("/é/", "/b/"), ("/c/", "/d/")]


@pytest.mark.parametrize("text", ["", "\n \n", "# a\n  # b c\n"])
def test_nothing_but_comments_is_no_redirect(text: str) -> None:
    document = redirects(text)
    assert (document.data, document.problems) == ((), ())


@pytest.mark.parametrize("line", ["/a/", "/a/ /b/ 301 x", "a b c d e"])
def test_a_line_of_another_form_is_told_and_the_others_count(line: str) -> None:
    text = f"/x/ /y/\n  {line}\n/z/ /y/\n"
    document = redirects(text)
    assert [entry.keys[0] for entry in document.data] == ["/x/", "/z/"]
    (problem,) = document.problems
    assert text[problem.span.start : problem.span.end] == line
    assert document.line(problem.span.start) == 2
