"""The types of claims. Plain data: rules and reporters see this and nothing else."""

from typing import Literal

import msgspec

from balise.base.source import Span
from balise.claims.outline import Outline

Direction = Literal["incoming", "outgoing"]
Security = Literal["none", "starttls", "tls"]
Origin = Literal["table", "prose"]
Aspect = Literal["protocol", "direction", "security"]
"""What a claim says of its ports."""
SourceKind = Literal["row", "column", "sentence", "heading", "protocol", "direction"]
"""Where an aspect was read from: the label of a row or column, the sentence itself, a heading above.

`protocol` and `direction` say that it follows from the other one: mail goes out by SMTP.
"""
QuantityKind = Literal["size", "address", "version"]


class PortNumber(msgspec.Struct, frozen=True, array_like=True):
    """A port number (1 to 65535) and where it is written."""

    number: int
    span: Span


class Source(msgspec.Struct, frozen=True, array_like=True):
    """Where one aspect of a claim was read from; `span` is of that label, sentence or heading."""

    aspect: Aspect
    kind: SourceKind
    span: Span


class HeadingProtocol(msgspec.Struct, frozen=True, array_like=True):
    """The protocol that the nearest heading above names that names any, and the place of that heading."""

    protocol: str
    span: Span


class PortClaim(msgspec.Struct, frozen=True, array_like=True):
    """`ports` serve `protocol` in `direction` with `security`, as far as the page says so.

    None means that the page leaves that open. `named` are all protocols that the row or the
    sentence itself names, its heading aside; `sources` say where each aspect was read from. `span`
    is the group of numbers or the table cell; `section` is the index of the heading above, -1 for
    none, and `heading` what a heading says that names one protocol. `together` are protocols that one
    label of a table gives the same ports ("IMAP/POP").
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
    heading: HeadingProtocol | None = None
    together: tuple[str, ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """The port numbers alone."""
        return frozenset(port.number for port in self.ports)

    @property
    def encrypted(self) -> bool | None:
        """Whether the connection is encrypted; None if the claim leaves it open."""
        return None if self.security is None else self.security != "none"

    def source(self, aspect: Aspect) -> Source | None:
        """Where an aspect was read from; None if the claim leaves it open."""
        return next((source for source in self.sources if source.aspect == aspect), None)

    @property
    def sure(self) -> bool:
        """Whether nothing of it was read from the heading above."""
        return all(source.kind != "heading" for source in self.sources)


class HostClaim(msgspec.Struct, frozen=True, array_like=True):
    """The server for `protocol` and `direction` is called `host` (in lower case).

    `span` is of the name; `section` is the index of the heading above, -1 for none.
    """

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
    """A number with a unit, an IPv4 address or a version.

    `value` is spelled alike in all languages: `1,5 Go` is `1.5 GB`. `section` is the index of the
    heading above, -1 for none; `paragraph` is the index of the paragraph in its section, which has
    `paragraphs`.
    """

    kind: QuantityKind
    value: str
    span: Span
    section: int
    paragraph: int
    paragraphs: int


class Claims(msgspec.Struct, frozen=True, array_like=True):
    """All claims of a page, each kind in the order of the file, and its outline."""

    ports: tuple[PortClaim, ...] = ()
    hosts: tuple[HostClaim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    outline: Outline = Outline()
