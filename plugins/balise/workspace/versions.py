"""Pages as they were at earlier commits, read once and kept in the store."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import msgspec

from balise.base.errors import UserError
from balise.base.source import SourceFile
from balise.collection import Origin
from balise.workspace.git import Repository
from balise.workspace.page_facts import ENCODER, FACTS, Facts
from balise.workspace.reading import read_texts
from balise.workspace.store import Store

VERSIONS = "versions"
"""Begins the name of the value of the store that names the versions that are kept."""

NAMES = msgspec.msgpack.Decoder(list[str])


class Versions(Mapping[str, Facts]):
    """The facts of pages as they were, by the names of their versions (see `Origin`).

    A text never differs from what it was, so reading it is not tracked.
    """

    def __init__(self, store: Store | None, processes: int) -> None:
        self._store = store
        self._processes = processes
        self._facts: dict[str, bytes] = {}
        self._names: dict[str, dict[str, None]] = {}

    def prepare(self, root: str, origins: Iterable[Origin]) -> None:
        """Read the versions that some origins in the collection at `root` name.

        Those that were kept, and that nothing has named so far, are forgotten.
        """
        names = self._names.setdefault(root, {})
        wanted = {o.version: o for o in origins if o.blob and o.version not in names}
        key = f"{VERSIONS} {root}"
        kept = dict.fromkeys(self._kept(key) if wanted else ())
        new = [origin for name, origin in wanted.items() if name not in kept]
        names |= dict.fromkeys(wanted)
        if not new:
            return
        with contextlib.suppress(UserError):
            self._read(Repository(Path(root or ".")), new)
        if self._store is not None:
            facts = {_row(name): (name.encode(), data) for name, data in self._facts.items()}
            there = [name for name in names if name in kept or name in self._facts]
            gone = [_row(name) for name in kept if name not in names]
            self._store.save({key: ENCODER.encode(there)}, {"facts": facts}, gone)
            self._facts.clear()

    def __getitem__(self, name: str) -> Facts:
        data = self._facts.get(name)
        if data is None and self._store is not None:
            data = self._store.of_page("facts", _row(name), name.encode())
        if data is None:
            raise KeyError(name)
        return FACTS.decode(data)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._names.values())

    def __len__(self) -> int:
        return sum(map(len, self._names.values()))

    def _kept(self, key: str) -> list[str]:
        stored = self._store.blob(key) if self._store else None
        with contextlib.suppress(msgspec.MsgspecError):
            return NAMES.decode(stored) if stored else []
        return []

    def _read(self, repository: Repository, origins: Iterable[Origin]) -> None:
        blobs = {origin.version: origin.blob for origin in origins}
        sources = {origin.version: origin.source for origin in origins}
        texts = [
            (name, SourceFile.from_bytes(sources[name], text))
            for name, text in repository.texts(blobs)
        ]
        read = read_texts([source for _, source in texts], self._processes)
        for (name, _), facts in zip(texts, read, strict=True):
            self._facts[name] = ENCODER.encode(facts)


def _row(name: str) -> str:
    return f"{VERSIONS} {name}"
