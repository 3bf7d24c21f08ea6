"""What a team says is true of its services, in `facts.yml`: every page is held to it."""

import re
from collections.abc import Mapping

import msgspec
from msgspec import field

from balise.base.source import Span
from balise.document import DataEntry, Document, Problem

FACTS = "facts.yml"
"""The collection's table of what is true."""

NUMBERS = re.compile(r"[0-9]{1,5}")
WHOLE = re.compile(r"\s*+[0-9]{1,5}(?:[\s,]++[0-9]{1,5})*+\s*+")
SECURITY = ("tls", "starttls", "none")
DIRECTIONS = ("incoming", "outgoing")
KEYS = ("pages", "locales", "hosts", "ports")


class TrueNumber(msgspec.Struct, frozen=True):
    """A port, and where `facts.yml` gives it."""

    number: int
    span: Span


class Service(msgspec.Struct):
    """A service: on which pages its facts count, its hosts by direction, its ports.

    `pages` are folders from the collection's root, none for all; `locales` are none for all.
    `ports` are by protocol and security (`tls`, `starttls`, `none`).
    """

    name: str
    pages: list[str] = field(default_factory=list)
    locales: list[str] = field(default_factory=list)
    hosts: dict[str, tuple[str, Span]] = field(default_factory=dict)
    ports: dict[str, dict[str, list[TrueNumber]]] = field(default_factory=dict)

    def about(self, folder: str, locale: str) -> bool:
        """Whether the facts count on the pages of a folder in a locale."""
        inside = any(folder == p or folder.startswith(f"{p}/") for p in self.pages)
        return (inside or not self.pages) and (locale in self.locales or not self.locales)


def read_facts_file(document: Document) -> tuple[Mapping[str, Service], list[Problem]]:
    """The services of a `facts.yml` by name, and the entries that mean nothing."""
    services: dict[str, Service] = {}
    problems: list[Problem] = []
    for entry in document.data:
        service = services.setdefault(entry.keys[0], Service(entry.keys[0]))
        reason = _read(entry, service)
        if reason:
            problems.append(Problem("data-syntax", entry.key_span, reason))
    return services, problems


def _read(entry: DataEntry, service: Service) -> str:
    """Put an entry in its place; why that is not possible, if it is not."""
    match entry.keys[1:]:
        case ("pages" | "locales" as key, *_):
            values = [value.strip().strip("/") for value in entry.value.split(",")]
            getattr(service, key).extend(value for value in values if value)
        case ("hosts", direction) if direction in DIRECTIONS and not entry.value.strip():
            return "a host has a name"
        case ("hosts", direction) if direction in DIRECTIONS:
            service.hosts[direction] = (entry.value.lower(), entry.value_span)
        case ("hosts", *_):
            return "below `hosts` stand `incoming` and `outgoing`, each with a host"
        case ("ports", protocol, security, *_) if security in SECURITY:
            found = NUMBERS.findall(entry.value)
            if not WHOLE.fullmatch(entry.value) or not all(0 < int(n) < 65536 for n in found):
                return "a port is a number, or several with commas"
            ports = service.ports.setdefault(protocol.lower(), {}).setdefault(security, [])
            ports += (TrueNumber(int(number), entry.value_span) for number in found)
        case ("ports", *_):
            return "below `ports` stands a protocol, and below it `tls`, `starttls` or `none`"
        case _:
            return "a service has `pages`, `locales`, `hosts` and `ports`"
    return ""
