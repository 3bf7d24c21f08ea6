import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from balise.base.findings import Finding, Related
from balise.base.source import Span
from balise.document import Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.heading_words import heading_words

OPENING = "\"'“„«*_( \xa0"
"""What may stand in front of a step."""


class Step(msgspec.Struct, frozen=True):
    """A heading or paragraph that begins with a `word` for a step and a `number`.

    `name` is both as written; `part` says that there is more, as in `2a` and `2.1`.
    """

    word: str
    number: int
    name: str
    part: bool
    span: Span


class WrongStepNumber(PageRule):
    name = "wrong-step-number"
    group = "headings"
    summary = "Steps that are numbered by hand skip a number or repeat one"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for steps in (*_in_headings(document), *_in_paragraphs(document)):
            last = steps[0]
            is_told = False
            for step in steps[1:]:
                if step.number == 1 and last.number != 1:
                    is_told = False  # another sequence
                elif not is_told and not _follows(step, last):
                    is_told = True
                    there = document.position(last.span.start).line
                    message = (
                        f"“{step.name}” comes after “{last.name}” (line {there}); "
                        "number the steps in order"
                    )
                    related = (Related(document.path, last.span, f"“{last.name}”"),)
                    yield self.finding(document, step.span, message, related=related)
                last = step


def _follows(step: Step, last: Step) -> bool:
    """Whether a number is the next one, or that of another part of the same step."""
    same = step.part and last.part and step.number == last.number
    return same or step.number == last.number + 1


def _in_headings(document: Document) -> Iterable[list[Step]]:
    """The steps of a page's headings by their word: those of level 3 may be parts of one of level 2."""
    found: dict[str, list[Step]] = defaultdict(list)
    for heading in document.headings:
        if step := _step(heading.text, heading.span):
            found[step.word].append(step)
    return found.values()


def _in_paragraphs(document: Document) -> Iterable[list[Step]]:
    """The steps of paragraphs by their word and section."""
    found: dict[tuple[int, str], list[Step]] = defaultdict(list)
    for prose in document.prose:
        if step := _step(prose.text.text, prose.span):
            found[document.section(prose.span.start), step.word].append(step)
    return found.values()


def _step(text: str, span: Span) -> Step | None:
    match = step_pattern().match(text)
    if match is None:
        return None
    word, behind, part, front, after = match.groups()
    name = " ".join(match[0].lstrip(OPENING).split())
    return Step((word or after).casefold(), int(behind or front), name, bool(part), span)


@cache
def step_pattern() -> re.Pattern[str]:
    """`Step 2: …`, `Step 2.1`, `2. vaihe`, with quotation marks and the like in front."""
    words = "|".join(map(re.escape, sorted(heading_words()["steps"], key=len, reverse=True)))
    return re.compile(
        rf"[^\w\n]{{0,3}}+(?:({words})\s{{1,3}}+([0-9]{{1,2}})(?![0-9])(\.[0-9]|[a-z](?!\w))?"
        rf"(?=\W|$)|([0-9]{{1,2}})\.?\s{{1,3}}+({words})(?!\w))",
        re.IGNORECASE,
    )
