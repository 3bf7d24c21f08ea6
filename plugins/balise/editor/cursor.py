"""What stands at a place of a page, from its facts: a link, a picture, a heading, a number that is a claim."""

from collections.abc import Iterator

import msgspec

from balise.base.source import Span
from balise.claims import HostClaim, PortClaim, PortNumber
from balise.claims.model import Quantity
from balise.claims.outline import LABEL
from balise.document import (
    Anchor,
    AttributeItem,
    CodeSpan,
    Document,
    Emphasis,
    FrontMatterEntry,
    Heading,
    Image,
    Include,
    Link,
)
from balise.editor.view import View


class Key(msgspec.Struct, frozen=True):
    """A key of the front matter, as `entry` has it."""

    entry: FrontMatterEntry
    span: Span


class Value(msgspec.Struct, frozen=True):
    """A value of the front matter, or an item of one that is a list or a mapping."""

    entry: FrontMatterEntry
    text: str
    span: Span


class Datum(msgspec.Struct, frozen=True):
    """A value of a data file."""

    span: Span


class RuleName(msgspec.Struct, frozen=True):
    """The name of a rule or of a group in a comment that silences it."""

    name: str
    span: Span


class Port(msgspec.Struct, frozen=True):
    """A port, and the claim that it is part of."""

    claim: PortClaim
    number: PortNumber

    @property
    def span(self) -> Span:
        """Where the number stands."""
        return self.number.span


Stated = Port | HostClaim | Quantity
"""What a page states."""

Thing = (
    Link
    | Image
    | Include
    | Heading
    | Anchor
    | AttributeItem
    | CodeSpan
    | Emphasis
    | Key
    | Value
    | Datum
    | RuleName
    | Port
    | HostClaim
    | Quantity
)
"""What a cursor can be on; each has the `span` that it takes. A code span or emphasis is a label."""


def thing_at(view: View, offset: int) -> Thing | None:
    """The innermost thing at an offset, or that ends there; None for plain text."""
    for place in (offset, offset - 1):
        around = [t for t in _things(view) if t.span.start <= place < t.span.end]
        if around:
            return min(around, key=lambda thing: thing.span.end - thing.span.start)
    return None


def heading_at(view: View, offset: int) -> Heading | None:
    """The heading in which an offset is, whatever else stands there."""
    headings = view.document.headings
    return next((h for h in headings if h.span.start <= offset <= h.span.end), None)


def fragment_of(link: Link, text: str) -> Span | None:
    """Where the fragment of a link stands, without its `#`; None if it has none."""
    if link.address is None:
        return None
    at = text.find("#", link.address.start, link.address.end)
    return Span(at + 1, link.address.end) if at >= 0 else None


def _things(view: View) -> Iterator[Thing]:
    document = view.document
    yield from document.links
    yield from document.images
    yield from document.includes
    yield from document.headings
    yield from document.anchors
    for owners in document.attribute_lists():
        for attributes in owners:
            yield from attributes.items
    for kind in (document.code_spans, document.emphases):
        yield from (t for t in kind if any(LABEL in found.classes for found in t.attributes))
    yield from _in_front_matter(document)
    for suppression in document.suppressions:
        yield from (RuleName(name, span) for name, span in suppression.names)
    yield from (Datum(entry.value_span) for entry in document.data)
    claims = view.claims
    for claim in claims.ports:
        yield from (Port(claim, number) for number in claim.ports)
    yield from claims.hosts
    yield from claims.quantities


def _in_front_matter(document: Document) -> Iterator[Thing]:
    if document.front_matter is None:
        return
    if document.canonical:
        yield document.canonical
    for entry in document.front_matter.entries:
        yield Key(entry, entry.key_span)
        if not entry.items:
            yield Value(entry, entry.value, entry.value_span)
        elif entry.kind == "mapping":
            pairs = zip(entry.items[::2], entry.items[1::2], strict=False)
            yield from (Value(entry, text, span) for _, (text, span) in pairs)
        else:
            yield from (Value(entry, text, span) for text, span in entry.items)
