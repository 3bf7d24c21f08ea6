"""The files of a site, and how each was made: its record.

Key: the path of a file from the folder of the site. Value: its record. Where: in the manifest of the site. It counts
as long as its trace says.
"""

import os
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path

import msgspec

from balise.base.packed import ENCODER
from balise.check.traces import Trace

Stat = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds; (-1, 0) of what is not there."""

GONE: Stat = (-1, 0)


class Record(msgspec.Struct, array_like=True):
    """A file of the site: the `trace` of how it was made, and how it lay on the disk (`stat`).

    The digest of the trace stands for all sources but the texts of other pages, which are its
    reads. `content` stands for the file's bytes, `text` for those of a page that can be searched.
    `shown` are the files that a page shows or links to, `included` those that are part of it.
    """

    trace: Trace
    stat: Stat
    content: bytes
    shown: list[str] = []
    included: list[str] = []
    text: bytes = b""


RECORD = msgspec.msgpack.Decoder(Record)


class Records(MutableMapping[str, Record]):
    """Records by path, each in bytes until it is asked for: a large site has a hundred thousand.

    What is done to one that was got does not count before it is set.
    """

    def __init__(self, encoded: Mapping[str, msgspec.Raw] | None = None) -> None:
        self.encoded = {**(encoded or {})}

    def __getitem__(self, path: str) -> Record:
        return RECORD.decode(self.encoded[path])

    def __setitem__(self, path: str, record: Record) -> None:
        self.encoded[path] = msgspec.Raw(ENCODER.encode(record))

    def __delitem__(self, path: str) -> None:
        del self.encoded[path]

    def __contains__(self, path: object) -> bool:
        return path in self.encoded

    def __iter__(self) -> Iterator[str]:
        return iter(self.encoded)

    def __len__(self) -> int:
        return len(self.encoded)

    def verify(self) -> None:
        """Raises msgspec.MsgspecError and ValueError where one is none."""
        for record in self.encoded.values():
            RECORD.decode(record)


def stat_of(path: str | Path) -> Stat:
    """How a file lies on the disk."""
    try:
        found = os.stat(path)  # noqa: PTH116 - tens of thousands of files
    except (OSError, ValueError):
        return GONE
    return found.st_size, found.st_mtime_ns
