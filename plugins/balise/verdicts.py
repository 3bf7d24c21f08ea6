"""What the rules said of each page, what they looked at for it, and what of that is different now.

A finding counts as long as nothing that its rules looked at has changed. What they look at is
noted, not declared: entries of the tables of a collection, each as a number of 64 bits.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import msgspec

from balise.collection import Collection
from balise.collection.lookups import ALL, CONTENT, DATA, FILES, PAGES, VALUES, Looked
from balise.collection.redirects import Redirect
from balise.document import Document
from balise.findings import Finding
from balise.reading import ENCODER
from balise.stand_ins import StandIn


class Verdict(msgspec.Struct, array_like=True):
    """What was found on a page, and the numbers of what was looked at for it, packed."""

    findings: list[Finding]
    looked: bytes


class Verdicts(msgspec.Struct, array_like=True):
    """Those of all pages by path.

    They count for these `settings`, the pages with these `hashes`, and collections whose
    `structure` is this.
    """

    settings: bytes
    hashes: dict[str, bytes]
    structure: bytes
    pages: dict[str, Verdict]
    whole: dict[str, tuple[bytes, list[Finding]]]


Tables = dict[str, dict[str, bytes]]
"""Table -> key -> what stands for the value: all that a rule can see without opening a page."""

VERDICTS = msgspec.msgpack.Decoder(Verdicts)
TABLES = msgspec.msgpack.Decoder(dict[str, Tables])
"""By root."""


@cache
def _number(table: str, key: object) -> int:
    text = f"{table}\0{key!r}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


def numbered(looked: Iterable[Looked]) -> bytes:
    """What was looked at, as it is kept."""
    return array("Q", sorted(_number(table, key) for table, key in looked)).tobytes()


def touches(verdict: Verdict, changed: AbstractSet[int]) -> bool:
    """Whether a verdict looked at something that has changed."""
    return not changed.isdisjoint(array("Q", verdict.looked))


def changed_pages(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> set[int]:
    """The numbers of the pages that say something else than before."""
    paths = {path for path, _ in before.items() ^ now.items()}
    return {_number(CONTENT, path) for path in paths}


def changed_tables(before: Tables, now: Tables) -> set[int]:
    """The numbers of the entries of tables that differ."""
    changed: set[int] = set()
    for name in {*before, *now}:
        keys = {key for key, _ in before.get(name, {}).items() ^ now.get(name, {}).items()}
        for key in keys:
            changed.add(_number_of(name, key))
        if keys:
            changed.add(_number(name, ALL))
    return changed


def _number_of(name: str, key: str) -> int:
    """As `_number` of the key that this is the text of."""
    text = f"{name}\0{key}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


def tables_of(
    collection: Collection, pages: Iterable[StandIn]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """All that a rule can see of a collection, its pages' content aside: table by table."""
    for name, table in collection.tables():
        yield name, {repr(key): _bytes(value) for key, value in table.items()}
    yield FILES, dict.fromkeys(map(repr, collection.files), b"")
    yield DATA, {repr(name): _bytes(document.data) for name, document in collection.data.items()}
    yield PAGES, dict.fromkeys(map(repr, collection.documents), b"")
    yield (
        VALUES,
        {
            repr((page.path, key)): value.encode("utf-8", "surrogatepass")
            for page in pages
            for key, value in page.entry.values.items()
        },
    )


def _bytes(value: object) -> bytes:
    return ENCODER.encode(_plain(value))


def _plain(value: Any) -> Any:
    """A value without documents: the path of each in its place."""
    if isinstance(value, str):
        return value
    if isinstance(value, Document):
        return value.path
    if isinstance(value, Redirect):
        place = (value.document.path, value.span, value.fragment, value.implied)
        return repr((value.source, value.target, *place))
    if isinstance(value, Mapping):
        return [(repr(key), _plain(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return repr(value)
