"""What a page says of itself in short: its first sentences, its questions, and whether it tells a date."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from balise.base.source import Span
from balise.document import Document, Prose
from balise.document.block_model import Faq

LONGEST = 160
"""Characters of a description; search engines show no more."""
LONGEST_DATE_LINE = 80
"""Characters of a line that is nothing but the day of a change."""

NUMBERS = (
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?/?\d{1,2}日?|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}"
)
MONTH = r"[^\W\d]{3,12}\.?"
WORDS = rf"\d{{1,2}}[^\W\d]{{0,2}}\.?,? (?:de )?{MONTH},? (?:de )?\d{{4}}|{MONTH} \d{{1,2}}[^\W\d]{{0,2}},? \d{{4}}"
DATE_LINE = re.compile(rf"[^\d!?]*(?<!\d)(?:{NUMBERS}|{WORDS})(?!\d)[^\d]{{0,8}}")
"""A few words and a date, such as `Last updated 5th March 2024`, in any language."""
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”’)]*\s+|(?<=[。！？])")
LETTER = re.compile(r"[^\W\d_]")


class Question(msgspec.Struct, array_like=True, frozen=True):
    """A question of a `faq` and its answer, both as plain text."""

    text: str
    answer: str


class Summary(msgspec.Struct, array_like=True, frozen=True):
    """The first sentences of a page, at most 160 characters; its questions; whether it is `dated`:
    whether its text begins with the day of its last change."""

    text: str = ""
    questions: list[Question] = []
    dated: bool = False


NOTHING = Summary()
"""What a page says without any text."""


def summary_of(document: Document) -> Summary:
    """What a page says of itself in short."""
    first = next(_outside(document), None)
    dated = first is not None and _is_date_line(document, first)
    told = (prose for prose in _outside(document) if not (dated and prose is first))
    texts = (" ".join(prose.text.text.split()) for prose in (*told, *document.prose))
    said = next((text for text in texts if LETTER.search(text)), "")
    return Summary(shortened(said), list(_questions(document)), dated)


def shortened(text: str, longest: int = LONGEST) -> str:
    """As many whole sentences as fit; else as many words, with `…` behind them."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    ends = [found.start() for found in SENTENCE_END.finditer(text[: longest + 1])]
    if ends:
        return text[: ends[-1]]
    words = text[:longest].rpartition(" ")[0].rstrip(" ,;:–-")
    return f"{words or text[: longest - 1]}…"


def _is_date_line(document: Document, prose: Prose) -> bool:
    """Whether a paragraph above all headings is nothing but a day and a few words."""
    text = " ".join(prose.text.text.split()).strip("* ")
    below = document.headings and document.headings[0].span.start < prose.span.start
    return len(text) <= LONGEST_DATE_LINE and not below and bool(DATE_LINE.fullmatch(text))


def _outside(document: Document) -> Iterator[Prose]:
    """The paragraphs that stand in no block, list or quotation."""
    containers = sorted(
        found.span for found in (*document.blocks, *document.list_items, *document.quotes)
    )
    number, end = 0, 0
    for prose in document.prose:
        while number < len(containers) and containers[number].start <= prose.span.start:
            end = max(end, containers[number].end)
            number += 1
        if prose.span.start >= end:
            yield prose


def _questions(document: Document) -> Iterator[Question]:
    faqs = [block for block in document.blocks if isinstance(block, Faq)]
    if not faqs:
        return
    said = sorted(_passages(document), key=lambda passage: passage[0].start)
    starts = [span.start for span, _ in said]
    for entry in (entry for faq in faqs for entry in faq.entries):
        begin = bisect_left(starts, entry.question_span.end)
        end = bisect_left(starts, entry.span.end)
        answer = "\n".join(text for _, text in said[begin:end] if text.strip())
        if entry.question and answer:
            yield Question(" ".join(entry.question.split()), answer)


def _passages(document: Document) -> Iterator[tuple[Span, str]]:
    """Paragraphs, headings, code and rows of tables, with the text that readers see."""
    yield from ((prose.span, prose.text.text) for prose in document.prose)
    yield from ((heading.span, heading.text) for heading in document.headings)
    yield from ((fence.span, fence.code.text) for fence in document.fences)
    for table in document.tables:
        for row in table.rows:
            cells: Sequence[str] = [cell.text.text for cell in row.cells]
            yield row.span, " | ".join(cells)
