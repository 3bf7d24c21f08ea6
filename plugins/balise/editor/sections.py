"""The sections of a page: a heading and all that stands below it."""

from collections.abc import Sequence

from balise.base.source import Span
from balise.document import Document


def section_spans(document: Document) -> Sequence[Span]:
    """For each heading, from where it begins to the next one of its level or above, or the end."""
    headings = document.headings
    ends = [document.length] * len(headings)
    above: list[int] = []
    for index, heading in enumerate(headings):
        while above and headings[above[-1]].level >= heading.level:
            ends[above.pop()] = heading.span.start
        above.append(index)
    return [Span(heading.span.start, end) for heading, end in zip(headings, ends, strict=True)]


def without_blank_end(span: Span, text: str) -> Span:
    """A place without the blanks and line ends at its end."""
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)
