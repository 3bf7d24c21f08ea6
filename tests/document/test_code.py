"""What is known of code between fences: its language, and what the parser of that finds."""

import pytest

from balise.base.source import SourceFile
from balise.document import Fence, read_document
from balise.document.code.languages import MAX_CODE
from tests.helpers.support import PAGE


@pytest.fixture(params=["\n", "\r\n"], ids=["lf", "crlf"])
def line_end(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fence_of(text: str) -> Fence:
    return read_document(SourceFile(PAGE, text)).fences[0]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("```sh", "sh"),
        ("> ~~~~  Python  title='x'", "Python"),
        ("- ```{.yaml hl_lines='1'}", "yaml"),
        ("````c++", "c++"),
    ],
)
def test_the_language_of_a_fence_stands_where_it_says(line: str, name: str) -> None:
    language = fence_of(line + "\n").language
    place = language.span(0, len(language.text))
    assert (language.text, line[place.start : place.end]) == (name, name)


@pytest.mark.parametrize("line", ["```", "``` {title='x'}", "```title='x'", "```c&#43;&#43;"])
def test_a_fence_may_name_no_language_as_it_reads(line: str) -> None:
    assert fence_of(line + "\n").language.text == ""


def test_a_language_is_known_by_any_of_its_names() -> None:
    for name in ("json", "JSON", "{.json}"):
        assert fence_of(f"```{name}\n{{'a': 1}}\n```\n").error
    assert fence_of("```unknown\n{'a': 1}\n```\n").error is None


def test_the_place_of_an_error_is_in_the_code(line_end: str) -> None:
    text = "> ```json\n> {\n>   😀\n> ```\n".replace("\n", line_end)
    fence = fence_of(text)
    assert fence.error
    span = fence.code.span(fence.error.offset, fence.error.offset + 1)
    assert text[span.start : span.end] == "😀"


def test_code_in_which_a_file_stands_is_not_judged() -> None:
    assert fence_of("```json\n{!> a.json !}\n{'a': 1}\n```\n").error is None
    assert fence_of("```sh\n<?php\n{!> a.php !}\n```\n").written_in == ""


def test_long_code_is_not_looked_into() -> None:
    for blanks, is_read in ((MAX_CODE - 8, True), (MAX_CODE, False)):
        code = "{'a': 1}" + " " * blanks
        assert bool(fence_of(f"```json\n{code}\n```\n").error) is is_read
        code = "<?php 1;" + " " * blanks
        assert bool(fence_of(f"```sh\n{code}\n```\n").written_in) is is_read


@pytest.mark.parametrize("name", ["json", "yaml", "toml", "xml", "python"])
@pytest.mark.parametrize("piece", ["[", "{", "(", '{"a":[', "<a>", "- ", "a.b = ", "-", "not "])
def test_code_that_is_nested_deeper_than_a_parser_goes_is_no_crash(name: str, piece: str) -> None:
    code = piece * 10_000
    assert fence_of(f"```{name}\n{code}\n```\n").code.text == code


def test_python_that_only_warns_is_no_error() -> None:
    assert fence_of('```python\na = "\\d" is 1\n```\n').error is None


def test_python_of_a_later_version_than_this_one_is_no_error() -> None:
    assert fence_of('```python\na = f"{b["c"]}"\n```\n').error is None


def test_words_of_code_in_the_text_stand_where_they_say(line_end: str) -> None:
    text = f"> `` a b ``{line_end}> and `one{line_end}> two`{line_end}"
    for span in read_document(SourceFile(PAGE, text)).code_spans:
        for word in span.text.split():
            start = span.text.index(word)
            place = span.code.span(start, start + len(word))
            assert text[place.start : place.end] == word


def test_code_in_a_cell_stands_where_it_says() -> None:
    text = "| a | `b\\|c d` |\n|---|---|\n"
    (span,) = read_document(SourceFile(PAGE, text)).code_spans
    place = span.code.span(span.text.index("d"), span.text.index("d") + 1)
    assert text[place.start : place.end] == "d"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("json", f"[{'1' * 5000}]"),
        ("toml", f"a = {'1' * 5000}"),
        ("xml", "<a>\udcff</a>"),
        ("yaml", "a: \udcff"),
        ("bash", "a:\n  - b: \udcff"),
        ("bash", "\u2028"),
    ],
)
def test_code_that_a_parser_cannot_take_is_no_crash(name: str, code: str) -> None:
    fence = fence_of(f"```{name}\n{code}\n```\n")
    assert (fence.code.text, fence.error) == (code, None)
