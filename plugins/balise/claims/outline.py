"""What a page consists of, section by section, as data that its translations and its older versions share.

A page in another language has other words and the same outline: as many sections at the same levels,
and in each the same pictures, tables, blocks, code and calls of the API.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from balise.base.source import Span
from balise.claims.code_terms import code_terms
from balise.document import ApiBlock, ApiCall, Block, Document
from balise.document.model import Fence

Told = TypeVar("Told")

LABEL = "action"
"""The class of a label of an interface: `` `Next`{.action} ``."""


class Code(msgspec.Struct, frozen=True, array_like=True):
    """A block of code: its language, its number of lines, and its terms, each once and in order.

    The terms are those that are the same in every language, see `code_terms`.
    """

    language: str
    lines: int
    terms: tuple[str, ...]


class Section(msgspec.Struct, frozen=True, array_like=True):
    """A heading and what stands below it, up to the next; all in the order of the file.

    `level` is that of the heading, 0 for what stands above the first. `labels` are the texts of
    `{.action}`, `blocks` the kinds of blocks, `calls` those of the API as `GET /path`, `pictures`
    and `links` addresses as written, `tables` numbers of rows and columns. `prose` is the length of
    the paragraphs in characters.
    """

    level: int
    labels: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    code: tuple[Code, ...] = ()
    pictures: tuple[str, ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    links: tuple[str, ...] = ()
    prose: int = 0


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """The sections of a page: what stands above the first heading, then one for each heading."""

    sections: tuple[Section, ...] = ()

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels of the headings."""
        return tuple(section.level for section in self.sections[1:])


def read_outline(document: Document) -> Outline:
    """The outline of a page."""
    starts = [heading.span.start for heading in document.headings]
    columns = (
        _by_section(starts, label_places(document)),
        _by_section(starts, ((block.span, block_kind(block)) for block in document.blocks)),
        _by_section(starts, ((call.span, call_name(call)) for call in api_calls(document))),
        _by_section(starts, ((fence.span, _code(fence)) for fence in document.fences)),
        _by_section(starts, ((image.span, image.src) for image in document.images)),
        _by_section(
            starts, ((t.span, (len(t.rows), len(t.rows[0].cells))) for t in document.tables)
        ),
        _by_section(starts, ((link.span, link.href) for link in document.links)),
        map(
            sum,
            _by_section(starts, ((prose.span, len(prose.text.text)) for prose in document.prose)),
        ),
    )
    levels = (0, *(heading.level for heading in document.headings))
    return Outline(tuple(Section(*told) for told in zip(levels, *columns, strict=True)))


def label_places(document: Document) -> Iterator[tuple[Span, str]]:
    """The labels of an interface on a page, in the order of the file, and where they stand."""
    labels = [
        (marked.span, marked.text)
        for kind in (document.code_spans, document.emphases)
        for marked in kind
        if any(LABEL in found.classes for found in marked.attributes)
    ]
    return iter(sorted(labels))


def api_calls(document: Document) -> Iterator[ApiCall]:
    """The calls of the API on a page, in the order of the file."""
    return (call for block in document.blocks_of(ApiBlock) for call in block.calls)


def call_name(call: ApiCall) -> str:
    """`GET /path`, or `/section` of a line that stands for all calls of a section."""
    return f"{call.verb} {call.path}" if call.verb else call.section


def block_kind(block: Block) -> str:
    """`callout`, whatever its type: translations may use another one."""
    return type(block).__name__.casefold()


def _code(fence: Fence) -> Code:
    text = fence.code.text
    terms = tuple(dict.fromkeys(term.text for term in code_terms(text)))
    return Code(fence.info.partition(" ")[0], text.count("\n") + 1, terms)


def _by_section(
    starts: Sequence[int], facts: Iterable[tuple[Span, Told]]
) -> list[tuple[Told, ...]]:
    """What is told of the facts, for each section of a page whose headings begin at `starts`."""
    sections: list[tuple[Told, ...]] = [()] * (len(starts) + 1)
    for span, told in facts:
        at = bisect_right(starts, span.start)
        sections[at] = (*sections[at], told)
    return sections
