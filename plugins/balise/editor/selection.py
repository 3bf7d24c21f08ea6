"""Selection: what an editor selects step by step, from a word to the page."""

import re
from collections.abc import Iterator

from balise.base.source import Span
from balise.editor.sections import section_spans, without_blank_end
from balise.editor.view import View

WORD = re.compile(r"\w+")


def selection_ranges(view: View, offset: int) -> list[Span]:
    """What is around an offset, the innermost first, each in the next.

    A word, an inline construct and its address, a paragraph, cell, row, item, block, section, the page.
    """
    text = view.source.text
    spans = (without_blank_end(span, text) for span in _spans(view, offset))
    around = {span for span in spans if span.start <= offset <= span.end}
    around.add(Span(0, len(text)))
    found: list[Span] = []
    for span in sorted(around, key=lambda span: span.end - span.start):
        inside = found[-1] if found else span
        if span.start <= inside.start and inside.end <= span.end and span.end > span.start:
            found.append(span)
    return found


def _spans(view: View, offset: int) -> Iterator[Span]:
    document = view.document
    yield from _word(view, offset)
    for link in document.links:
        yield link.span
        yield from (link.address,) if link.address else ()
    for image in document.images:
        yield image.span
        yield from (image.address,) if image.address else ()
    owners = (document.headings, document.code_spans, document.emphases, document.includes)
    for kind in (*owners, document.prose, document.quotes, document.list_items, document.fences):
        yield from (fact.span for fact in kind)
    for owner in document.attribute_lists():
        yield from (attributes.span for attributes in owner)
    for table in document.tables:
        yield table.span
        for row in table.rows:
            yield row.span
            yield from (cell.span for cell in row.cells)
    yield from (block.span for block in document.blocks)
    if document.front_matter:
        yield document.front_matter.span
        for entry in document.front_matter.entries:
            yield entry.value_span
            yield Span(entry.key_span.start, entry.value_span.end)
    yield from section_spans(document)


def _word(view: View, offset: int) -> Iterator[Span]:
    text = view.source.text
    start = offset
    while start and text[start - 1].isalnum():
        start -= 1
    if found := WORD.match(text, start):
        yield Span(*found.span())
