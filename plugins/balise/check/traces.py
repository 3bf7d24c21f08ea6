"""Traces: what was read to make something, so that it is made anew only where that is different.

A finding of a page, or the page of a site, is a function of its text, of the texts that were read
for it, and of the structure of the collection. A trace has the digest of the text and the reads.
The digests of what was read are kept once for all traces, in a snapshot: the digest of every text,
and the inputs of every structure, from which its tables can be made again and compared.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from balise.check.page_index import number_of, packed
from balise.collection import Read
from balise.collection.reads import TEXTS

MAX_SEARCHED = 8
"""ChangedReads that are looked for one by one."""

ChangedReads = Mapping[int, Read]
"""The reads that give something else than before, by their numbers."""


class Trace(msgspec.Struct, array_like=True, frozen=True):
    """The `digest` of the text that something was made from, and the numbers of its reads, packed.

    What is made from no text of its own has an empty digest.
    """

    digest: bytes
    reads: bytes = b""

    def changed(self, changes: ChangedReads) -> Iterator[Read]:
        """Those of the reads that are among the changes."""
        if len(changes) > MAX_SEARCHED:
            reads = array("Q", self.reads)
            if not changes.keys().isdisjoint(reads):
                yield from (changes[number] for number in reads if number in changes)
            return
        # Searching the bytes is quicker; it can find a number that is none, and a change too much.
        for number, read in changes.items():
            if number.to_bytes(8, sys.byteorder) in self.reads:
                yield read


def trace_of(digest: bytes, reads: Iterable[Read]) -> Trace:
    """The trace of what was made from a text with this digest, and with these reads."""
    return Trace(digest, packed(_number(table, key) for table, key in reads))


def changes_of(reads: Iterable[Read]) -> ChangedReads:
    """Reads that give something else than before, to be held against traces."""
    return {_number(table, key): (table, key) for table, key in reads}


def changed_texts(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[Read]:
    """The reads of texts that give something else; the texts are given by their digests."""
    for path in {path for path, _ in before.items() ^ now.items()}:
        yield TEXTS, path


@cache
def _number(table: str, key: object) -> int:
    """64 bits that stand for a read."""
    return number_of(f"{table}\0{key!r}")
