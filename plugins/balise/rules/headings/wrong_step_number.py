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

NUMBER_NEAR = re.compile(r"[^0-9]{0,24}+[0-9]")
"""What every step begins with, told the fastest."""
OPENING = "\"'“„«*_( \xa0"
"""What may stand in front of a step."""


class Step(msgspec.Struct, frozen=True):
    """A heading or paragraph that begins with a `word` for a step and a `number`, or just with that.

    `name` is both as written; `part` says that there is more, as in `2a` and `2.1`; `parent` is the
    index of the heading that a heading stands below, -1 for none.
    """

    word: str
    number: int
    name: str
    part: bool
    parent: int
    span: Span


class WrongStepNumber(PageRule):
    name = "wrong-step-number"
    group = "headings"
    summary = "Steps that are numbered by hand skip a number or repeat one"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for steps in (_in_headings(document), *_in_paragraphs(document)):
            for step, last in _out_of_order(steps):
                there = document.position(last.span.start).line
                message = (
                    f"“{step.name}” comes after “{last.name}” (line {there}); "
                    "number the steps in order"
                )
                related = (Related(document.path, last.span, f"“{last.name}”"),)
                yield self.finding(document, step.span, message, related=related)


def _out_of_order(steps: Iterable[Step]) -> Iterator[tuple[Step, Step]]:
    """Of each sequence the first step that is not the next one, and the step before it.

    A step may follow one with another word: “Step 1”, “Stage 2”.
    """
    told: set[str] = set()
    by_word: dict[str, Step] = {}
    above: Step | None = None
    for step in steps:
        last = by_word.get(step.word)
        if not step.word:
            above = step  # “3. Pay” may be the third step
            continue
        if last is None or (step.number == 1 and (last.number, last.parent) != (1, step.parent)):
            told.discard(step.word)
        elif not _follows(step, last) and not (above and _follows(step, above)):
            if step.word not in told:
                yield step, last
            told.add(step.word)
        by_word[step.word] = above = step


def _follows(step: Step, last: Step) -> bool:
    """Whether a number is the next one, or that of a part of the same step."""
    is_part = step.part and step.number == last.number
    return is_part or step.number == last.number + 1


def _in_headings(document: Document) -> Iterator[Step]:
    """The steps of a page's headings, on whatever level: those of level 3 may be parts of one of level 2."""
    parents: list[int] = []
    for index, heading in enumerate(document.headings):
        while parents and document.headings[parents[-1]].level >= heading.level:
            parents.pop()
        if step := _step(heading.text, heading.span, parents[-1] if parents else -1):
            yield step
        parents.append(index)


def _in_paragraphs(document: Document) -> Iterable[list[Step]]:
    """The steps of paragraphs by their section."""
    found: dict[int, list[Step]] = defaultdict(list)
    for prose in document.prose:
        if step := _step(prose.text.text, prose.span):
            found[document.section(prose.span.start)].append(step)
    return found.values()


def _step(text: str, span: Span, parent: int = -1) -> Step | None:
    match = step_pattern().match(text) if NUMBER_NEAR.match(text) else None
    if match is None:
        return None
    before, behind, part, front, after = match.groups()
    name = " ".join(match[0].lstrip(OPENING).split())
    word = (before or after or "").casefold()
    return Step(word, int(behind or front), name, bool(part), parent, span)


@cache
def step_pattern() -> re.Pattern[str]:
    """`Step 2: …`, `Step 2.1`, `2. vaihe` or a mere `2`, with quotation marks and the like in front."""
    words = "|".join(map(re.escape, sorted(heading_words()["steps"], reverse=True)))
    return re.compile(
        rf"[^\w\n]{{0,3}}+(?:({words})\s{{1,3}}+([0-9]{{1,2}})(?![0-9])(\.[0-9]|[a-z](?!\w))?"
        rf"(?=\W|$)|([0-9]{{1,2}})(?![0-9])(?:(?:\.\s{{0,3}}+|\s{{1,3}}+)({words})(?!\w))?)",
        re.IGNORECASE,
    )
