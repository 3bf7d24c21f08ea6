"""Which pages have something: told by numbers that stand for what each of them has, without what is kept of it.

Key: the name of an index. Value: the numbers of all pages side by side, and those of pages that were made anew since
that was written. Where: the values `NAME` and `NAME since` of the store. They count with what they are kept with.
"""

import hashlib
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from balise.base.packed import ENCODER, ends_of
from balise.workspace.store import Store

MAX_SINCE = 512
"""Pages that were made anew, up to which the numbers of all are not written again."""
BYTES = 8
"""Bytes of a number."""


def number_of(text: str) -> int:
    """64 bits that stand for a text."""
    encoded = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(encoded, digest_size=BYTES).digest())


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers side by side, in order."""
    return array("Q", sorted(numbers)).tobytes()


class _Numbers(msgspec.Struct, array_like=True):
    """Those of the nth of the `paths` are in `data`, up to the nth of the packed `ends`."""

    paths: list[str]
    ends: bytes
    data: bytes

    @classmethod
    def of(cls, numbers: Mapping[str, bytes]) -> "_Numbers":
        """Those of pages by path, packed."""
        values = numbers.values()
        return cls([*numbers], ends_of(values).tobytes(), b"".join(values))

    def having(self, numbers: Iterable[int]) -> Iterator[str]:
        """The pages that have one of these."""
        ends = array("Q", self.ends)
        for number in numbers:
            sought = number.to_bytes(BYTES, sys.byteorder)
            at = self.data.find(sought)
            while at >= 0:
                if at % BYTES == 0:
                    yield self.paths[bisect_right(ends, at)]
                at = self.data.find(sought, at + 1)


NUMBERS = msgspec.msgpack.Decoder(_Numbers)


class PageIndex:
    """The index of this `name` in a store."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.since = f"{name} since"

    def having(self, numbers: Iterable[int]) -> set[str] | None:
        """The pages that have one of these, and maybe some that have had one before; None if that is not kept."""
        sought = [*numbers]
        found: set[str] = set()
        for key in (self.name, self.since):
            part = self._part(key)
            if part is None:
                return None
            found.update(part.having(sought))
        return found

    def _part(self, key: str) -> _Numbers | None:
        try:
            return NUMBERS.decode(self.store.blob(key) or b"")
        except (msgspec.MsgspecError, ValueError):
            return None

    def with_all(self, numbers: Mapping[str, bytes]) -> dict[str, bytes]:
        """The values that have the numbers of all pages, given packed by path."""
        none = _Numbers([], b"", b"")
        return {self.name: ENCODER.encode(_Numbers.of(numbers)), self.since: ENCODER.encode(none)}

    def with_more(self, numbers: Mapping[str, bytes]) -> dict[str, bytes] | None:
        """The values that have those of some pages, too; None where those of all are to be written again."""
        since = self._part(self.since)
        if since is None or len(since.paths) + len(numbers) > MAX_SINCE:
            return None
        found = _Numbers.of(numbers)
        begin = len(since.data)
        ends = array("Q", since.ends) + array("Q", [begin + end for end in array("Q", found.ends)])
        more = _Numbers(since.paths + found.paths, ends.tobytes(), since.data + found.data)
        return {self.since: ENCODER.encode(more)}
