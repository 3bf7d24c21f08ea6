"""Pages as they are kept, of which one that nobody asks for costs nothing."""

from collections.abc import Iterator, Mapping

import msgspec

from balise.collection.lookups import Watch
from balise.workspace.reading import ENCODER, PAGE_FACTS, Facts, read_facts
from balise.workspace.stand_ins import StandIn
from balise.workspace.store import Cache
from balise.workspace.workspace import Row

ROW = msgspec.msgpack.Decoder(Row)
ROWS = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


class KeptRows:
    """The rows of all pages by path, each decoded when it is asked for."""

    def __init__(self, encoded: bytes) -> None:
        self._rows = ROWS.decode(encoded)

    def __getitem__(self, path: str) -> Row:
        return ROW.decode(self._rows[path])

    def put(self, path: str, row: Row) -> None:
        """Take this row in place of the one before."""
        self._rows[path] = msgspec.Raw(ENCODER.encode(row))

    def encoded(self) -> bytes:
        """All of them, as they are kept."""
        return ENCODER.encode(self._rows)


class KeptPages(Mapping[str, StandIn]):
    """The pages at these paths, made when they are asked for."""

    def __init__(
        self, paths: Mapping[str, object], rows: KeptRows, cache: Cache, watch: Watch
    ) -> None:
        self._paths = paths
        self._rows = rows
        self._cache = cache
        self._watch = watch
        self._made: dict[str, StandIn] = {}

    def __getitem__(self, path: str) -> StandIn:
        if path not in self._made:
            if path not in self._paths:
                raise KeyError(path)
            self._made[path] = StandIn(path, self._rows[path].entry, self._load, self._watch)
        return self._made[path]

    def _load(self, path: str) -> Facts:
        state = self._rows[path].state
        stored = self._cache.of_page("facts", path, state.digest) if state else None
        return PAGE_FACTS.decode(stored) if stored else Facts(*read_facts(path))

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
