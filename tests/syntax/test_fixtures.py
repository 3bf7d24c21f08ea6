"""Each file of `fixtures/` shows what one construct of the dialect looks like as HTML."""

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
