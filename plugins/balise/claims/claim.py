"""The types of statements."""

from typing import Literal

import msgspec

from balise.base.source import Span

Direction = Literal["incoming", "outgoing"]
Security = Literal["none", "starttls", "tls"]
Origin = Literal["table", "prose"]
Part = Literal["protocol", "direction", "security"]
Where = Literal["cell", "row", "column", "sentence", "heading", "protocol", "direction"]
"""`protocol` and `direction` say that a part follows from the other: mail goes out by SMTP."""


class PortNumber(msgspec.Struct, frozen=True, array_like=True):
    """A port (1 to 65535) and where it is written."""

    number: int
    span: Span


class Source(msgspec.Struct, frozen=True, array_like=True):
    """Where a part of a statement was read from."""

    part: Part
    where: Where
    span: Span


class PortClaim(msgspec.Struct, frozen=True, array_like=True):
    """`ports` serve `protocol` in `direction` with `security`, as far as the page says so.

    None means that the statement leaves that open. `named` are all protocols that the statement
    itself names, without its heading. `span` is the group of numbers or the table cell; `section`
    is the index of the heading above, -1 for none.
    """

    ports: tuple[PortNumber, ...]
    protocol: str | None
    direction: Direction | None
    security: Security | None
    origin: Origin
    span: Span
    section: int
    named: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """The port numbers alone."""
        return frozenset(port.number for port in self.ports)

    def source(self, part: Part) -> Source | None:
        """Where a part was read from."""
        return next((source for source in self.sources if source.part == part), None)

    @property
    def sure(self) -> bool:
        """Whether nothing of it was read from the heading above."""
        return all(source.where != "heading" for source in self.sources)


class HostClaim(msgspec.Struct, frozen=True, array_like=True):
    """The server for `protocol` and `direction` is called `host` (lower case)."""

    host: str
    protocol: str | None
    direction: Direction | None
    origin: Origin
    span: Span
    section: int

    @property
    def family(self) -> str:
        """The host without the numbers that stand for one of many: `pro?.mail` is `pro1.mail`."""
        return "".join(c for c in self.host if not (c.isdigit() or c in "?*"))


class Quantity(msgspec.Struct, frozen=True, array_like=True):
    """A number with a unit, an address or a version, in one spelling for all languages.

    `paragraph` counts the paragraphs of its section, from 0; the section has `paragraphs`.
    """

    kind: str
    value: str
    span: Span
    section: int
    paragraph: int
    paragraphs: int


class Claims(msgspec.Struct, frozen=True, array_like=True):
    """All statements of a page, each kind in the order of the file."""

    ports: tuple[PortClaim, ...] = ()
    hosts: tuple[HostClaim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
