"""Ports that serve the same protocol everywhere, from `well_known.toml`, which names its sources."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from balise.claims.model import Direction, Security

MAIL = frozenset({"imap", "pop", "smtp"})
INCOMING = frozenset({"imap", "pop"})
"""What mail is fetched with: the one is written for the other when a section is copied."""
FILES = frozenset({"ftp", "ftps", "sftp", "ssh"})
DATABASES = frozenset({"mysql", "postgresql"})
FAMILIES = (MAIL, FILES, DATABASES)
"""Protocols that are mistaken for each other. Anything may run on a port for another purpose."""

DIRECTIONS: Mapping[str, Direction] = {"imap": "incoming", "pop": "incoming", "smtp": "outgoing"}


class WellKnownPort(msgspec.Struct, frozen=True):
    """The protocols that a port is assigned to, and how connections to it may be protected."""

    protocols: frozenset[str]
    security: frozenset[Security]


@cache
def well_known_ports() -> Mapping[int, WellKnownPort]:
    """The well-known ports by their number."""
    text = (files("balise.claims") / "well_known.toml").read_text(encoding="utf-8")
    return {
        port["number"]: WellKnownPort(frozenset(port["protocols"]), frozenset(port["security"]))
        for port in tomllib.loads(text)["port"]
    }


def is_mail_port(number: int) -> bool:
    """Whether the port is one of mail."""
    known = well_known_ports().get(number)
    return known is not None and bool(known.protocols & MAIL)
