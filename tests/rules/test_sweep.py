"""All rules over all fixtures, and over pages made of pieces of them: fixes settle, nothing raises."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balise.base.findings import Finding
from balise.base.source import SourceFile, apply_edits
from balise.document import read_page
from balise.fix.passes import fix_text
from balise.fix.promises import are_in_place, hold
from balise.render import PublishedFiles, render_page
from balise.render.outline import Outline, outline
from balise.render.words import interface_words
from balise.rules import ALL_RULES, PageRule
from balise.workspace.reading import facts_of
from tests.helpers.support import PAGE, collection_with, context_of, dot_cases

HERE = Path(__file__).parent
FILES = sorted((HERE / "fixtures").glob("*.md")) + sorted(
    (HERE.parent / "syntax" / "fixtures").glob("*.md")
)
TEXTS_OF = [case.given for file in FILES for case in dot_cases(file)]
RULES = [rule() for rule in ALL_RULES if issubclass(rule, PageRule)]
each_text = pytest.mark.parametrize("text", TEXTS_OF, scope="module")
"""The tests of a text come one after the other, so that what is found in it is known already."""


@lru_cache(16)
def check(text: str) -> list[Finding]:
    facts = facts_of(SourceFile(PAGE, text))
    context = context_of(facts.document, facts.claims)
    return [finding for rule in RULES for finding in rule.check_page(context)]


def outline_of(text: str) -> Outline:
    page = read_page(SourceFile(PAGE, text))
    return outline(render_page(page, collection_with(page.document), PublishedFiles({})).html)


@each_text
def test_every_fix_settles_on_every_fixture(text: str) -> None:
    fixed = fix_text(text, check, unsafe=True)
    assert fixed.settled
    assert fix_text(fixed.text, check, unsafe=True).text == fixed.text


@each_text
def test_every_safe_fix_does_what_it_says(text: str) -> None:
    for finding in check(text):
        if finding.fix and finding.fix.safe:
            fixed = apply_edits(text, finding.fix.edits)
            outlines = (outline_of(text), outline_of(fixed))
            assert are_in_place([finding], text), finding
            assert hold([finding], text, outlines, interface_words("en").values()), finding


@each_text
def test_every_span_lies_in_the_text(text: str) -> None:
    for finding in check(text):
        edits = finding.fix.edits if finding.fix else ()
        for span in (finding.span, *(r.span for r in finding.related), *(e.span for e in edits)):
            assert 0 <= span.start <= span.end <= len(text), (finding.rule, span)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(TEXTS_OF), min_size=1, max_size=4),
    st.sampled_from(["\n\n", "\n", "\n> ", "\n\n- "]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_fixes_settle_on_pages_made_of_fixtures(
    pieces: list[str], between: str, newline: str
) -> None:
    text = between.join(pieces).replace("\n", newline)
    fixed = fix_text(text, check)
    assert fixed.settled
    assert fix_text(fixed.text, check).text == fixed.text
    if "\r\n" in text:
        assert "\n" not in fixed.text.replace("\r\n", "")
