"""The types of statements."""

from dataclasses import dataclass
from typing import Literal

from balise.source import Span

Direction = Literal["incoming", "outgoing"]
Security = Literal["enabled", "disabled"]
Origin = Literal["table", "prose"]


@dataclass(frozen=True, slots=True)
class PortNumber:
    """A port (1 to 65535) and where it is written."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class PortClaim:
    """`ports` serve `protocol` in `direction` with `security`, as far as the page says so.

    None means that the statement leaves that open. `span` is the sentence or the table cell;
    `section` is the index of the heading above, -1 for none.
    """

    ports: tuple[PortNumber, ...]
    protocol: str | None
    direction: Direction | None
    security: Security | None
    origin: Origin
    span: Span
    section: int

    @property
    def numbers(self) -> frozenset[int]:
        """The port numbers alone."""
        return frozenset(port.number for port in self.ports)
