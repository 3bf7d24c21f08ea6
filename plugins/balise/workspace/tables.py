"""The tables of a collection as they are kept: what is different now, and one to look things up in.

A kept table is plain data, with the path of a document in its place. Each is a value of the cache
of its own: so a run reads those that somebody looks at, and writes those that have changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints

import msgspec

from balise.base.digests import digest_of
from balise.collection import Collection
from balise.collection.lookups import DATA, FILES, PAGES, VALUES, table
from balise.collection.redirects import ALIASES, Redirect
from balise.collection.succession import BY_KEY, OF_FILES
from balise.document import Document
from balise.workspace.reading import ENCODER
from balise.workspace.stand_ins import StandIn
from balise.workspace.store import Cache

REDIRECTS = "redirects"
_PATHS = msgspec.msgpack.Decoder(list[str])
_VALUES = msgspec.msgpack.Decoder(dict[str, tuple[bytes, dict[str, str]]])
_RAW = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


def table_key(root: str, name: str) -> str:
    """The name of the value of the cache that has a table of the collection at `root`."""
    return f"table {root} {name}"


def tables_of(
    collection: Collection, pages: Iterable[StandIn], before: Callable[[str], bytes | None]
) -> Iterator[tuple[str, bytes]]:
    """All that a rule can see of a collection, its pages' content aside, and can be different.

    Table by table, encoded.

    `before` gives a table as it was kept, None where none is.
    """
    found = {
        FILES: ENCODER.encode(sorted(collection.files)),
        PAGES: ENCODER.encode(list(collection.documents)),
        VALUES: ENCODER.encode({p.path: (p.entry.shape, p.entry.values) for p in pages}),
        DATA: ENCODER.encode({n: ENCODER.encode(d.data) for n, d in collection.data.items()}),
    }
    names: set[str] | None = None
    if all(found[name] == before(name) for name in (PAGES, DATA)):
        names = set(OF_FILES) if found[FILES] != before(FILES) else set()
        for _, key in _changed_values(before(VALUES), found[VALUES]):
            names |= BY_KEY.get(key, set())
    yield from found.items()
    for name, made in collection.tables(names):
        yield name, ENCODER.encode(_plain(made))


def kept_bytes(
    cache: Cache | None, root: str, name: str, hashes: Mapping[str, bytes]
) -> bytes | None:
    """A table of the collection at `root` as it is kept, if it is the one with its hash among these.

    It is another one where a second run was at work in the meantime.
    """
    key = table_key(root, name)
    kept = cache.blob(key) if cache and key in hashes else None
    return kept if kept is not None and digest_of(kept) == hashes[key] else None


def kept_table(
    cache: Cache | None,
    root: str,
    name: str,
    hashes: Mapping[str, bytes],
    page: Callable[[str], Document],
) -> "KeptTable | None":
    """As `kept_bytes`, to look things up in; `page` gives the page at a path."""
    kept = kept_bytes(cache, root, name, hashes)
    return None if kept is None else KeptTable(name, kept, page)


def files_in(kept: bytes) -> list[str]:
    """The files of a collection, from the table of that name."""
    return _PATHS.decode(kept)


def changed_keys(name: str, before: bytes | None, now: bytes | None) -> set[object]:
    """The keys of a table whose entries differ."""
    if before == now:
        return set()
    if name in (FILES, PAGES):
        old, new = (_PATHS.decode(kept) if kept else [] for kept in (before, now))
        return {*old} ^ {*new}
    if name == VALUES:
        return set(_changed_values(before, now))
    decoder = _entries_of(name)
    first, second = (_raw(decoder, kept) for kept in (before, now))
    return {key for key, _ in first.items() ^ second.items()}


def _raw(decoder: "msgspec.msgpack.Decoder[dict[Any, msgspec.Raw]]", kept: bytes | None) -> Any:
    """The entries of a table as bytes."""
    return {k: bytes(v) for k, v in decoder.decode(kept).items()} if kept else {}


def _changed_values(before: bytes | None, now: bytes | None) -> Iterator[tuple[str, str]]:
    """Each page and key of its front matter whose value, or whose places, are different."""
    then, today = (_VALUES.decode(kept) if kept else {} for kept in (before, now))
    nothing: tuple[bytes, Mapping[str, str]] = b"", {}
    for path in {*then, *today}:
        (old_shape, old), (shape, new) = then.get(path, nothing), today.get(path, nothing)
        if old_shape != shape:
            yield from ((path, key) for key in {k for k, _ in old.items() ^ new.items()})
            if ALIASES in new:
                yield path, ALIASES


class KeptTable(Mapping[Any, Any]):
    """A kept table, with documents in the place of their paths."""

    def __init__(self, name: str, kept: bytes, page: Callable[[str], Document]) -> None:
        hint = _hint(name)
        self._entries: Mapping[Any, Any] = _decoder(name).decode(kept)
        self._shape = get_args(hint)[1]
        self._page = page

    def __getitem__(self, key: Any) -> Any:
        return _restored(self._entries[key], self._shape, self._page)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[Any]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _restored(value: Any, shape: Any, page: Callable[[str], Document]) -> Any:
    if shape is Document:
        return page(value)
    if get_origin(shape) is Sequence and get_args(shape)[0] is Document:
        return [page(path) for path in value]
    if get_origin(shape) is Mapping and get_args(shape)[1] is Document:
        return {key: page(path) for key, path in value.items()}
    return value


@cache
def _hint(name: str) -> Any:
    """What the collection says that a table is."""
    made = cast("table[Any]", vars(Collection)[name])
    return get_type_hints(made.make)["return"]


@cache
def _decoder(name: str) -> "msgspec.msgpack.Decoder[dict[Any, Any]]":
    return msgspec.msgpack.Decoder(_kept(_hint(name)))


@cache
def _entries_of(name: str) -> "msgspec.msgpack.Decoder[dict[Any, msgspec.Raw]]":
    if not isinstance(vars(Collection).get(name), table) or name == REDIRECTS:
        return _RAW
    key = get_args(_hint(name))[0]
    return msgspec.msgpack.Decoder(dict[key, msgspec.Raw])  # type: ignore[valid-type]


def _kept(hint: Any) -> Any:
    """The type of what is kept of a value: paths for documents."""
    if hint is Document:
        return str
    if get_origin(hint) is Mapping:
        key, value = get_args(hint)
        return dict[key, _kept(value)]  # type: ignore[valid-type,misc]
    if get_origin(hint) is Sequence:
        return list[_kept(get_args(hint)[0])]  # type: ignore[misc]
    return hint


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
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
