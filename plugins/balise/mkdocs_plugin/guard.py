"""What a server of drafts answers: requests to its own names, for paths that can be paths.

A page from elsewhere can let its own name mean this machine (DNS rebinding), and would then read what
is served here. Its requests bear that name.
"""

import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from balise.collection.site_names import MAX_NAME_BYTES

LONGEST_PATH = 4096
"""Bytes of the longest path that a file can have on Linux."""
HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Content-Security-Policy", "frame-ancestors 'self'"),
]


def guarded(application: WSGIApplication, bound: str) -> WSGIApplication:
    """The application that answers what is asked of a server at the address `bound`, and of no other."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, *HEADERS], *more)

        if not _can_be_path(environ.get("PATH_INFO", "")):
            return _refusal(start, "400 Bad Request", "this is no path of a page")
        name = _name_in(environ.get("HTTP_HOST", bound))
        if not _is_own(name, bound):
            way_out = f"this server does not answer for {name}; `mkdocs serve --dev-addr {name}:8000` does"
            return _refusal(start, "403 Forbidden", way_out)
        return application(environ, start)

    return answer


def _refusal(start_response: StartResponse, status: str, reason: str) -> Iterable[bytes]:
    text = f"{status[4:]}: {reason}\n".encode()
    size = ("Content-Length", str(len(text)))
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), size])
    return [text]


def _can_be_path(path: str) -> bool:
    parts = path.encode("latin-1", "replace").split(b"/")
    return (
        "\0" not in path
        and len(path) < LONGEST_PATH
        and all(len(part) <= MAX_NAME_BYTES for part in parts)
    )


def _name_in(host: str) -> str:
    """The name in `name:8000`, `[::1]:8000` or `name`."""
    name = host[: host.rindex("]") + 1] if "]" in host else host.partition(":")[0]
    return name.strip("[]").rstrip(".").lower()


@cache
def _is_own(name: str, bound: str) -> bool:
    """Whether a request to this name can only have meant the server that is `bound` to an address.

    A number is no name that somebody else could let mean something.
    """
    with suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    own = {"localhost", bound.lower(), socket.gethostname().lower()}
    return name in own or name.endswith(".localhost")
