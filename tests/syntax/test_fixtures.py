"""Each file of `fixtures/` shows what one construct of the dialect looks like as HTML."""

from itertools import takewhile
from pathlib import Path

import pytest

from balise.syntax import make_parser
from tests.helpers.support import Case, dot_cases

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.md"))


def cases() -> list[object]:
    return [
        pytest.param(case, id=f"{file.stem}: {case.title}")
        for file in FIXTURES
        for case in dot_cases(file)
    ]


@pytest.mark.parametrize("case", cases())
def test_markdown_becomes_the_html_of_its_fixture(case: Case) -> None:
    html = make_parser().render(case.given)
    assert html.removesuffix("\n") == case.expected, case.where


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_every_case_has_a_title_of_its_own(file: Path) -> None:
    titles = [case.title for case in dot_cases(file)]
    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_every_token_that_opens_is_closed_and_levels_count_those_that_are_open(file: Path) -> None:
    for case in dot_cases(file):
        level = 0
        tokens = make_parser().parse(case.given)
        # footnotes come last, and their plugin does not count
        for token in takewhile(lambda token: token.type != "footnote_block_open", tokens):
            level -= token.nesting < 0
            assert token.level == level, case.where
            level += token.nesting > 0
        assert level == 0, case.where
