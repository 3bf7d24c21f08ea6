"""What the rules said of each page, what they looked at for it, and for which pages a change matters.

A finding counts as long as nothing that its rules looked at has changed. What they look at is
noted, not declared: entries of the tables of a collection, each as a number of 64 bits.
"""

import contextlib
import hashlib
from array import array
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

import msgspec

from balise.base.digests import digest
from balise.base.findings import Finding
from balise.collection.lookups import ALL, CONTENT, Looked
from balise.config import Urls
from balise.rules import Rule
from balise.workspace.reading import ENCODER
from balise.workspace.store import Cache
from balise.workspace.tables import changed_keys

FEW = 8
"""Numbers that are looked for one by one."""

VERDICTS = "verdicts"
"""The value of the cache that has the verdicts."""


class Verdict(msgspec.Struct, array_like=True, frozen=True):
    """What was found on a page, encoded, and the numbers of what was looked at for it, packed."""

    encoded: msgspec.Raw
    looked: bytes

    @property
    def findings(self) -> list[Finding]:
        """What was found."""
        return FINDINGS.decode(self.encoded)


class Verdicts(msgspec.Struct, array_like=True):
    """Those of all pages by path.

    They count for these `settings`, the pages with these `hashes`, and collections whose
    `structure` is this, with `tables` that have these hashes, by their keys. `whole` has what was
    found in each collection as such, for a state of it.
    """

    settings: bytes
    hashes: dict[str, bytes]
    structure: bytes
    tables: dict[str, bytes]
    pages: dict[str, Verdict]
    whole: dict[str, tuple[bytes, list[Finding]]]


DECODER = msgspec.msgpack.Decoder(Verdicts)
FINDINGS = msgspec.msgpack.Decoder(list[Finding])


def settings_of(rules: Iterable[Rule], urls: Urls, roots: Mapping[str, bool]) -> bytes:
    """Stands for what verdicts go by besides pages; `roots` tells of collections if they are whole."""
    return digest([(rule.name, repr(rule.options)) for rule in rules], urls, sorted(roots.items()))


def kept_verdicts(cache: Cache | None, settings: bytes) -> Verdicts:
    """Those of the last run, if they were made with the same settings; else none."""
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        if cache and (stored := cache.blob(VERDICTS)):
            known = DECODER.decode(stored)
            if known.settings == settings:
                return known
    return Verdicts(settings, {}, b"", {}, {}, {})


def verdict(findings: list[Finding], looked: Iterable[Looked]) -> Verdict:
    """As it is kept."""
    numbers = array("Q", sorted(_number(table, key) for table, key in looked)).tobytes()
    return Verdict(msgspec.Raw(ENCODER.encode(findings)), numbers)


@cache
def _number(table: str, key: object) -> int:
    text = f"{table}\0{key!r}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


def touched(verdicts: Mapping[str, Verdict], changed: AbstractSet[int]) -> set[str]:
    """The pages whose verdicts looked at something that has changed."""
    if len(changed) > FEW:
        pages = verdicts.items()
        return {path for path, v in pages if not changed.isdisjoint(array("Q", v.looked))}
    # Searching the bytes is quicker; it can find a number that is none, and a page too much.
    needles = [array("Q", [number]).tobytes() for number in changed]
    return {p for p, v in verdicts.items() if any(needle in v.looked for needle in needles)}


def changed_pages(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> set[int]:
    """The numbers of the pages that say something else than before."""
    return {_number(CONTENT, path) for path, _ in before.items() ^ now.items()}


def changed_entries(name: str, before: bytes | None, now: bytes | None) -> set[int]:
    """The numbers of the entries of a table that differ, and the one that stands for all of it."""
    try:
        keys = changed_keys(name, before, now)
    except (msgspec.MsgspecError, ValueError):
        keys = changed_keys(name, None, now)
    return {_number(name, key) for key in (*keys, ALL)} if keys else set()
