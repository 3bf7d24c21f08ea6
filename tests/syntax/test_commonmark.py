"""The examples of the CommonMark specification, with the dialect on."""

import json
from typing import Any

import pytest

from balise.syntax import make_parser
from tests.helpers.support import ROOT

EXAMPLES: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "data" / "commonmark-0.31.2.json").read_text(encoding="utf-8")
)

FRONT_MATTER = "two lines `---` at the very start are front matter in this dialect"
LINE_END = "markdown-it-py prints no line end in an empty quotation; the HTML means the same"
DEPARTURES = {
    96: FRONT_MATTER,
    98: FRONT_MATTER,
    218: LINE_END,
    239: LINE_END,
    240: LINE_END,
}
"""The examples that print something else, and why."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['example']} {e['section']}")
def test_the_example_prints_what_the_specification_says(example: dict[str, Any]) -> None:
    html = make_parser().render(example["markdown"])
    departs = example["example"] in DEPARTURES
    assert (html != example["html"]) is departs, DEPARTURES.get(example["example"], "")


def test_all_examples_are_there() -> None:
    assert len(EXAMPLES) == 652
