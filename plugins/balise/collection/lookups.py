"""Which parts of a collection are looked at: so it is known for whom a change in it matters."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

from balise.document import Document, PageName, page_name

Key = TypeVar("Key")
Value = TypeVar("Value")

Looked = tuple[str, object]
"""A table of the collection by name, and the key that was looked up in it."""

ALL = "*"
"""In place of a key: all of them were looked at."""

CONTENT = "content"
"""The table of what pages say, by path."""
VALUES = "values"
"""The table of the front matter of pages, by (path, key)."""
PAGES = "pages"
"""The table of the pages that there are, by path."""
FILES = "files"
"""The table of the other files that there are, by path."""
DATA = "data"
"""The table of the data files that there are, by name."""


class Watch:
    """Notes what is looked at."""

    def __init__(self) -> None:
        self.seen: set[Looked] = set()
        self._pauses = 0

    def note(self, table: str, key: object = ALL) -> None:
        """Something looks at an entry of a table, also if there is none."""
        if not self._pauses:
            self.seen.add((table, key))

    def taken(self) -> set[Looked]:
        """What was looked at since the last time."""
        seen, self.seen = self.seen, set()
        return seen

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within, nothing is noted: a table is made, on behalf of all who will look at it."""
        self._pauses += 1
        try:
            yield
        finally:
            self._pauses -= 1


class WatchedTable(Mapping[Key, Value]):
    """A mapping that notes which of its entries are looked at."""

    __slots__ = ("_mapping", "_name", "_watch")

    def __init__(self, name: str, mapping: Mapping[Key, Value], watch: Watch) -> None:
        self._name = name
        self._mapping = mapping
        self._watch = watch

    def __getitem__(self, key: Key) -> Value:
        self._watch.note(self._name, key)
        return self._mapping[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """As of any mapping; one that makes what it lacks is not made to do so."""
        self._watch.note(self._name, key)
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._watch.note(self._name, key)
        return key in self._mapping

    def __iter__(self) -> Iterator[Key]:
        self._watch.note(self._name)
        return iter(self._mapping)

    def __len__(self) -> int:
        self._watch.note(self._name)
        return len(self._mapping)


class WatchedSet(AbstractSet[Key]):
    """A set that notes which elements are looked for."""

    __slots__ = ("_name", "_set", "_watch")

    def __init__(self, name: str, elements: AbstractSet[Key], watch: Watch) -> None:
        self._name = name
        self._set = elements
        self._watch = watch

    @classmethod
    def _from_iterable(cls, elements: Any) -> Any:
        return frozenset(elements)  # what is made of it is not watched

    def __contains__(self, element: object) -> bool:
        self._watch.note(self._name, element)
        return element in self._set

    def __iter__(self) -> Iterator[Key]:
        self._watch.note(self._name)
        return iter(self._set)

    def __len__(self) -> int:
        self._watch.note(self._name)
        return len(self._set)


class NamesOf(Mapping[str, PageName]):
    """What the paths of pages say, for those that are names of pages; read when it is asked for."""

    __slots__ = ("_documents",)

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __getitem__(self, path: str) -> PageName:
        name = page_name(path) if path in self._documents else None
        if name is None:
            raise KeyError(path)
        return name

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._documents if page_name(path))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def nothing_kept(name: str) -> None:
    """Of no table is anything kept: each is made."""


class table(cached_property[Value]):  # noqa: N801 - like the properties of the standard library
    """A mapping of the collection, made or taken from what is kept when it is first looked at.

    With a watch it is watched. `make` is the function that makes it.
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        def made(collection: Any) -> Any:
            if collection.watch is not None:
                return collection.watched(make.__name__)
            kept = collection.kept(make.__name__)
            return make(collection) if kept is None else kept

        super().__init__(made)
        self.make = make
        self.__doc__ = make.__doc__
