"""What a page consists of, section by section, as data that its translations and its older versions share.

A page in another language has other words and the same outline: as many sections at the same levels,
and in each the same pictures, tables, blocks, code and calls of the API.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import TypeVar

import msgspec
from msgspec.structs import astuple

from balise.base.source import Span
from balise.claims.code_terms import code_terms
from balise.document import ApiBlock, ApiCall, Block, Document, Fence, Heading, UnknownBlock

Told = TypeVar("Told")

LABEL = "action"
"""The class of a label of an interface: `` `Next`{.action} ``."""
CALLOUT = "callout"
"""What all callouts are called, whatever their type."""


class Code(msgspec.Struct, frozen=True, array_like=True):
    """A block of code: its language, its number of lines, and its `code_terms`, in order."""

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


class SectionShape(msgspec.Struct, frozen=True, array_like=True):
    """How much of each kind a section has; `rows` are those of all of its tables together."""

    labels: int
    callouts: int
    calls: int
    code: int
    pictures: int
    tables: int
    rows: int


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """The sections of a page: what stands above the first heading, then one for each heading.

    The `levels` of the headings and the `shape` of the sections follow from them: these are compared
    with those of all translations. A heading without text counts for nothing there.
    """

    sections: tuple[Section, ...] = ()
    levels: tuple[int, ...] = ()
    shape: tuple[SectionShape, ...] = ()

    @property
    def code(self) -> tuple[Code, ...]:
        """The blocks of code of all sections, as the fences of the document."""
        return tuple(code for section in self.sections for code in section.code)

    @property
    def calls(self) -> tuple[str, ...]:
        """The calls of the API of all sections."""
        return tuple(call for section in self.sections for call in section.calls)


def read_outline(document: Document) -> Outline:
    """The outline of a page."""
    headings = document.headings
    starts = [heading.span.start for heading in headings]
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
        _prose_lengths(starts, document),
    )
    all_levels = (0, *(heading.level for heading in headings))
    sections = tuple(Section(*told) for told in zip(all_levels, *columns, strict=True))
    shape = [_shape(sections[0])]
    for heading, section in zip(headings, sections[1:], strict=True):
        if heading.text:
            shape.append(_shape(section))
        else:
            shape[-1] = SectionShape(*map(add, astuple(shape[-1]), astuple(_shape(section))))
    levels = tuple(heading.level for heading in titled_headings(document))
    return Outline(sections, levels, tuple(shape))


def titled_headings(document: Document) -> Sequence[Heading]:
    """The headings that have a text; the levels and the shape of an outline are of these."""
    return [heading for heading in document.headings if heading.text]


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
    kind = type(block)
    return CALLOUT if kind is UnknownBlock else kind.__name__.casefold()


def _shape(section: Section) -> SectionShape:
    return SectionShape(
        len(section.labels),
        section.blocks.count(CALLOUT),
        len(section.calls),
        len(section.code),
        len(section.pictures),
        len(section.tables),
        sum(rows for rows, _ in section.tables),
    )


def _code(fence: Fence) -> Code:
    text = fence.code.text
    terms = tuple(term.text for term in code_terms(text))
    return Code(fence.info.partition(" ")[0], text.count("\n") + 1, terms)


def _prose_lengths(starts: Sequence[int], document: Document) -> Sequence[int]:
    lengths = [0] * (len(starts) + 1)
    for prose in document.prose:
        lengths[bisect_right(starts, prose.span.start)] += len(prose.text.text)
    return lengths


def _by_section(
    starts: Sequence[int], facts: Iterable[tuple[Span, Told]]
) -> list[tuple[Told, ...]]:
    """What is told of the facts, for each section of a page whose headings begin at `starts`."""
    sections: list[list[Told]] = [[] for _ in range(len(starts) + 1)]
    for span, told in facts:
        sections[bisect_right(starts, span.start)].append(told)
    return [tuple(section) for section in sections]
