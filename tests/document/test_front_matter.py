"""Front matter: what each key says, where, and what is wrong with it."""

import pytest

from balise.base.source import SourceFile
from balise.document import Document, FrontMatter, FrontMatterEntry, read_document


def read(text: str) -> Document:
    return read_document(SourceFile("guide.en-gb.md", text))


def front_matter_of(text: str) -> FrontMatter:
    found = read(text).front_matter
    assert found is not None
    return found


def entry(lines: str, key: str) -> FrontMatterEntry:
    found = front_matter_of(f"---\n{lines}\n---\n").get(key)
    assert found is not None
    return found


def at_value(text: str, key: str) -> str:
    found = front_matter_of(text).get(key)
    assert found is not None
    return text[found.value_span.start : found.value_span.end]


def at_key(text: str, key: str) -> str:
    found = front_matter_of(text).get(key)
    assert found is not None
    return text[found.key_span.start : found.key_span.end]


PAGE = """---
title: Réglages \U0001f600 du compte
'slug': "compte-réglé"
excerpt: >
    one
    two
order: 10
section: 'It''s'
keywords:
    - a
    - b
---

# a
"""
CRLF = PAGE.replace("\n", "\r\n")


@pytest.mark.parametrize("text", [PAGE, CRLF], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("title", "Réglages \U0001f600 du compte"),
        ("slug", '"compte-réglé"'),
        ("order", "10"),
        ("section", "'It''s'"),
    ],
)
def test_a_value_is_where_it_says(text: str, key: str, written: str) -> None:
    assert at_value(text, key) == written


@pytest.mark.parametrize("text", [PAGE, CRLF], ids=["LF", "CRLF"])
@pytest.mark.parametrize("key", ["title", "order", "keywords"])
def test_a_key_is_where_it_says(text: str, key: str) -> None:
    assert at_key(text, key) == key


def test_a_quoted_key_is_with_its_quotes() -> None:
    assert at_key(PAGE, "slug") == "'slug'"


@pytest.mark.parametrize("text", [PAGE, CRLF], ids=["LF", "CRLF"])
def test_a_folded_value_is_one_line(text: str) -> None:
    assert read(text).value("excerpt") == "one two\n"


@pytest.mark.parametrize("text", [PAGE, CRLF], ids=["LF", "CRLF"])
def test_a_folded_value_begins_at_its_mark(text: str) -> None:
    written = at_value(text, "excerpt")
    assert written.startswith(">")
    assert written.rstrip().endswith("two")


def test_values_are_without_their_quotes() -> None:
    page = read(PAGE)
    assert page.value("slug") == "compte-réglé"
    assert page.value("section") == "It's"


def test_what_is_behind_a_folded_value_is_where_it_says() -> None:
    text = "---\nexcerpt: |\n  é\n\n  b\ntitle: c\n---\n"
    assert at_value(text, "title") == "c"


def test_a_byte_order_mark_does_not_hide_front_matter() -> None:
    source = SourceFile.from_bytes("guide.en-gb.md", PAGE.encode("utf-8-sig"))
    document = read_document(source)
    found = document.front_matter
    assert found is not None
    title = found.entries[0]
    assert source.text[title.key_span.start : title.key_span.end] == "title"
    assert document.value("order") == "10"


@pytest.mark.parametrize("text", [PAGE, CRLF], ids=["LF", "CRLF"])
def test_it_is_from_the_first_dashes_to_the_last(text: str) -> None:
    span = front_matter_of(text).span
    assert span.start == 0
    assert text[: span.end].endswith("- b" + text[3 : text.index("t")] + "---")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("words", "text"),
        ("'10'", "text"),
        ('"true"', "text"),
        ("g1786", "text"),
        ("10", "integer"),
        ("1.5", "number"),
        ("true", "boolean"),
        ("no", "boolean"),
        ("2023-01-31", "date"),
        ("", "null"),
        ("null", "null"),
        ("~", "null"),
        ("[a, b]", "list"),
        ("{a: b}", "mapping"),
        ("\n  - a", "list"),
        ("\n  a: b", "mapping"),
    ],
)
def test_a_value_has_the_kind_that_yaml_gives_it(value: str, kind: str) -> None:
    assert entry(f"key: {value}\nlast: x", "key").kind == kind


def test_a_value_is_kept_as_it_is_written() -> None:
    assert entry("key: 007", "key").value == "007"


def test_only_keys_of_the_first_level_count() -> None:
    text = "---\na:\n  title: no\n  b: [c, {d: e}]\ntitle: yes please\n---\n"
    assert [e.key for e in front_matter_of(text).entries] == ["a", "title"]
    assert read(text).value("title") == "yes please"


def test_a_list_is_where_it_says() -> None:
    text = "---\na: [b, c]\nd: e\n---\n"
    assert at_value(text, "a") == "[b, c]"
    assert at_value(text, "d") == "e"


def test_a_comment_is_no_key() -> None:
    text = "---\n# no: key\na: b # no value\n---\n"
    assert [(e.key, e.value) for e in front_matter_of(text).entries] == [("a", "b")]


def test_a_page_without_front_matter_has_none_and_no_problem() -> None:
    page = read("# a\n")
    assert page.front_matter is None
    assert page.problems == ()
    assert page.value("title") is None


@pytest.mark.parametrize("text", ["---\n---\n# a\n", "---\n\n---\n", "---\n# comment\n---\n"])
def test_empty_front_matter_has_no_entries_and_no_problem(text: str) -> None:
    page = read(text)
    assert page.front_matter == FrontMatter(front_matter_of(text).span)
    assert page.problems == ()


def test_front_matter_that_is_not_closed_is_a_problem_at_its_first_line() -> None:
    page = read("---\ntitle: a\n\n# b\n")
    assert page.front_matter is None
    assert [p.kind for p in page.problems] == ["front-matter-unclosed"]
    assert page.position(page.problems[0].span.start).line == 1


def test_a_rule_across_the_top_of_a_page_is_no_problem() -> None:
    assert read("---\n\nText.\n").problems == ()


@pytest.mark.parametrize(
    ("lines", "words"),
    [("- a\n- b", "list"), ("just words", "plain text"), ("title:none", "space is missing")],
)
def test_yaml_of_another_form_is_a_problem_that_says_so(lines: str, words: str) -> None:
    page = read(f"---\n{lines}\n---\n# a\n")
    assert [p.kind for p in page.problems] == ["front-matter-syntax"]
    assert words in page.problems[0].detail


BROKEN = {
    "a colon in a value": "excerpt: a: b",
    "a quotation mark that is not closed": 'excerpt: "a',
    "a tab": "\texcerpt: a",
    "a bracket that is not closed": "excerpt: [a, b",
    "a value that begins with an at sign": "excerpt: @a",
    "a value that begins with a percent sign": "excerpt: %a",
    "a line without a colon": "excerpt",
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN.keys())
def test_a_wrong_line_leaves_title_and_slug_readable(line: str) -> None:
    text = f"---\ntitle: 'One: two'\n{line}\nslug: three\n---\n# a\n"
    page = read(text)
    assert page.value("title") == "One: two"
    assert page.value("slug") == "three"
    assert at_value(text, "slug") == "three"
    assert [p.kind for p in page.problems] == ["front-matter-syntax"]


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN.keys())
def test_a_problem_is_in_the_front_matter_and_says_something(line: str) -> None:
    page = read(f"---\ntitle: One\n{line}\nslug: three\n---\n# a\n")
    problem = page.problems[0]
    assert problem.detail
    assert 2 <= page.position(problem.span.start).line <= 4


def test_a_control_character_is_a_problem_at_its_line() -> None:
    page = read("---\ntitle: One\nexcerpt: a\x07b\n---\n")
    assert [p.kind for p in page.problems] == ["front-matter-syntax"]
    assert page.position(page.problems[0].span.start).line == 3
    assert page.value("title") == "One"


def test_a_repeated_key_is_a_problem_at_its_second_place_and_the_first_counts() -> None:
    text = "---\ntitle: a\norder: 1\ntitle: b\n---\n"
    page = read(text)
    assert page.value("title") == "a"
    assert [(p.kind, p.detail) for p in page.problems] == [("front-matter-repeated-key", "title")]
    span = page.problems[0].span
    assert text[span.start : span.end] == "title"
    assert page.position(span.start).line == 4


def test_aliases_of_aliases_are_not_unfolded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    text = "---\ntitle: a\n" + "\n".join(lines) + "\n---\n"
    page = read(text)
    assert page.value("title") == "a"
    assert len(front_matter_of(text).entries) == 41


@pytest.mark.parametrize("nested", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "? " * 10_000])
def test_deep_nesting_is_no_crash(nested: str) -> None:
    page = read(f"---\ntitle: a\nkey: {nested}\n---\n# b\n")
    assert [h.text for h in page.headings] == ["b"]


def test_deep_nesting_that_is_closed_is_a_list() -> None:
    assert entry(f"key: {'[' * 2_000}{']' * 2_000}", "key").kind == "list"


def test_a_tag_makes_nothing() -> None:
    page = read("---\ntitle: !!python/object/apply:os.getcwd []\n---\n")
    assert page.front_matter is not None
