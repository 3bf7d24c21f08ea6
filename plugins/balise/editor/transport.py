"""Messages over two streams, as of the base protocol of LSP 3.17.

They are read in a thread of its own: what an editor has sent while the server was at work is all
known when it goes on, so that a request that is cancelled meanwhile does not run.
"""

import os
import sys
from collections.abc import Callable, Iterator
from threading import Thread

CHUNK = 1 << 16
"""Bytes that are read at once."""
LONGEST = 1 << 30
"""Bytes of a message: who announces more does not speak this protocol."""


def messages(read: Callable[[], bytes]) -> Iterator[bytes]:
    """The bodies of the messages that `read` gives in pieces, the last of which is empty."""
    data = bytearray()
    while True:
        while (end := data.find(b"\r\n\r\n")) < 0:
            if not (piece := read()):
                return
            data += piece
        length = _length(bytes(data[:end]))
        del data[: end + 4]
        while len(data) < length:
            if not (piece := read()):
                return
            data += piece
        if length:
            yield bytes(data[:length])
        del data[:length]


def _length(head: bytes) -> int:
    """How long the body behind some headers is; 0 where they do not say."""
    for line in head.splitlines():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
            return length if length <= LONGEST else 0
    return 0


class Streams:
    """stdin and stdout of this process. Whatever else is printed goes to stderr, out of the way."""

    def __init__(self) -> None:
        sys.stdout.flush()
        self._out = os.dup(1)
        os.dup2(2, 1)

    def listen(self, handle: Callable[[bytes], object], end: Callable[[], object]) -> None:
        """Hand over each message from now on, and say when no more can come, in another thread."""

        def run() -> None:
            for body in messages(_read):
                handle(body)
            end()

        Thread(target=run, name="messages", daemon=True).start()

    def write(self, data: bytes) -> None:
        """Send a message with its headers. Raises BrokenPipeError where nobody reads it."""
        left = memoryview(data)
        while left:
            left = left[os.write(self._out, left) :]

    def close(self) -> None:
        """Send nothing more."""


def _read() -> bytes:
    try:
        return os.read(0, CHUNK)
    except OSError:
        return b""
