"""Messages over stdin and stdout, as of the base protocol of LSP 3.17, from the first to the last.

They are read in a thread of its own: what an editor has sent while the server was at work is all
known when it goes on, so that a request that is cancelled meanwhile does not run.
"""

import asyncio
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


class Connection:
    """stdin and stdout of this process; whatever else is printed goes to stderr, out of the way."""

    def __init__(self) -> None:
        sys.stdout.flush()
        self._out = os.dup(1)
        os.dup2(2, 1)
        self._ended: asyncio.Future[int] | None = None

    async def serve(self, receive: Callable[[bytes], None]) -> int:
        """Hand over each message, one after the other, until `end` is called or no more can come.

        The exit status, which is 1 where nobody has said that it is over.
        """
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()

        def run() -> None:
            for body in messages(_read):
                loop.call_soon_threadsafe(receive, body)
            loop.call_soon_threadsafe(self.end, 1)

        Thread(target=run, name="messages", daemon=True).start()
        return await self._ended

    def end(self, status: int) -> None:
        """End with a status."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(status)

    def end_with(self, process: int) -> None:
        """End as soon as another process has ended, where the system tells of that."""
        if not hasattr(os, "pidfd_open"):
            return
        try:
            watched = os.pidfd_open(process)
        except ProcessLookupError:
            self.end(1)
        except OSError:
            return
        else:
            asyncio.get_running_loop().add_reader(watched, self.end, 1)

    def write(self, data: bytes) -> None:
        """Send a message with its headers; where nobody reads it, all is over."""
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._out, left) :]
        except OSError:
            self.end(1)

    def close(self) -> None:
        """Send nothing more."""


def _read() -> bytes:
    try:
        return os.read(0, CHUNK)
    except OSError:
        return b""
