"""Ports that are the same everywhere, from `well_known.toml`, which names its sources."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from balise.claims.claim import Direction, Security

MAIL = frozenset({"imap", "pop", "smtp"})
FILES = frozenset({"ftp", "ftps", "sftp", "ssh"})
DATABASES = frozenset({"mysql", "postgresql"})
FAMILIES = (MAIL, FILES, DATABASES)
"""Protocols that are mistaken for each other. Anything may run on a port for another purpose."""

DIRECTIONS: Mapping[str, Direction] = {"imap": "incoming", "pop": "incoming", "smtp": "outgoing"}


class WellKnown(msgspec.Struct, frozen=True):
    """What a port is for, and how connections to it may be protected."""

    protocols: frozenset[str]
    security: frozenset[Security]


@cache
def well_known() -> Mapping[int, WellKnown]:
    """Port -> what it is for."""
    text = (files("balise.claims") / "well_known.toml").read_text(encoding="utf-8")
    return {
        port["number"]: WellKnown(frozenset(port["protocols"]), frozenset(port["security"]))
        for port in tomllib.loads(text)["port"]
    }


def mail_port(number: int) -> bool:
    """Whether the port is one of mail."""
    known = well_known().get(number)
    return known is not None and bool(known.protocols & MAIL)
