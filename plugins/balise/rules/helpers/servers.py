"""Names of servers in the options of rules, and which addresses are on them."""

import re
from collections.abc import Iterable
from typing import Annotated
from urllib.parse import urlsplit

from balise.config import RuleCatalog, TextKind

NAME = re.compile(r"[^\s/:*?#@.]+(?:\.[^\s/:*?#@.]+)*|\[[0-9a-fA-F:.]+\]")


def _wrong_name(value: str, known: RuleCatalog | None) -> str:
    if NAME.fullmatch(value):
        return ""
    return f": `{value}` is not the name of a server, such as `www.example.com`"


Server = Annotated[str, TextKind("a server", "names of servers", _wrong_name).meta()]
"""The name of a server, as an option."""


def server_of(address: str) -> str:
    """The server of an address, in lower case; empty where it has none."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def is_among(server: str, servers: Iterable[str]) -> bool:
    """Whether a server is one of some, or below one."""
    return any(f".{server}".endswith(f".{name.casefold().strip('[]')}") for name in servers)
