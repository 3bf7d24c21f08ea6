"""What is read of a collection: so it is known what a finding depends on.

A read is a pair of a table and a key that was looked up in it, whether it is there or not.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
Key = TypeVar("Key")
Value = TypeVar("Value")

Read = tuple[str, object]
"""A table by name, and the key that was looked up in it."""

ALL = "*"
"""In place of a key: all entries of the table were read, or how many there are."""

TEXTS = "texts"
"""The table of the texts of pages by path: who reads a document reads one of these."""
PAGES = "pages"
"""The table of the pages that there are by path."""


class ReadTracker:
    """Collects reads until they are drained."""

    def __init__(self) -> None:
        self._reads: set[Read] = set()

    def record(self, table: str, key: object = ALL) -> None:
        """An entry of a table is read, also if there is none."""
        self._reads.add((table, key))

    def drain(self) -> set[Read]:
        """The reads since the last time."""
        reads, self._reads = self._reads, set()
        return reads


class TrackedTable(Mapping[Key, Value]):
    """A mapping whose reads are recorded."""

    __slots__ = ("_mapping", "_name", "_reads")

    def __init__(self, name: str, mapping: Mapping[Key, Value], reads: ReadTracker) -> None:
        self._name = name
        self._mapping = mapping
        self._reads = reads

    def __getitem__(self, key: Key) -> Value:
        self._reads.record(self._name, key)
        return self._mapping[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """As of any mapping; one that makes what it lacks is not made to do so."""
        self._reads.record(self._name, key)
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.record(self._name, key)
        return key in self._mapping

    def __iter__(self) -> Iterator[Key]:
        self._reads.record(self._name)
        return iter(self._mapping)

    def __len__(self) -> int:
        self._reads.record(self._name)
        return len(self._mapping)


class TrackedSet(AbstractSet[Key]):
    """A set whose reads are recorded."""

    __slots__ = ("_name", "_reads", "_set")

    def __init__(self, name: str, elements: AbstractSet[Key], reads: ReadTracker) -> None:
        self._name = name
        self._set = elements
        self._reads = reads

    @classmethod
    def _from_iterable(cls, elements: Any) -> Any:
        return frozenset(elements)  # what is made of it is a set like any other

    def __contains__(self, element: object) -> bool:
        self._reads.record(self._name, element)
        return element in self._set

    def __iter__(self) -> Iterator[Key]:
        self._reads.record(self._name)
        return iter(self._set)

    def __len__(self) -> int:
        self._reads.record(self._name)
        return len(self._set)


class LazyMapping(Mapping[str, Value]):
    """What is known of the text of each page, by path: loaded when it is read, and the read recorded."""

    def __init__(
        self, paths: Mapping[str, object], load: Callable[[str], Value], reads: ReadTracker | None
    ) -> None:
        self._paths = paths
        self._load = load
        self._reads = reads

    def __getitem__(self, path: str) -> Value:
        if self._reads is not None:
            self._reads.record(TEXTS, path)
        if path not in self._paths:
            raise KeyError(path)
        return self._load(path)

    def __contains__(self, path: object) -> bool:
        if self._reads is not None:
            self._reads.record(PAGES, path)
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        if self._reads is not None:
            self._reads.record(PAGES)
        return iter(self._paths)

    def __len__(self) -> int:
        if self._reads is not None:
            self._reads.record(PAGES)
        return len(self._paths)


class table(cached_property[T]):  # noqa: N801 - like the properties of the standard library
    """A mapping that a structure makes, or takes from those `kept`, when it is first asked for; see `made_of`."""

    inputs: tuple[str, ...] = ()

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> "table[T]": ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is not None and instance.kept is not None and self.attrname is not None:
            found = instance.kept(instance, self.attrname)
            if found is not None:
                instance.__dict__[self.attrname] = found
                return found
        return super().__get__(instance, owner)


def made_of(*inputs: str) -> Callable[[Callable[[Any], T]], table[T]]:
    """A table that follows from these inputs of the structure alone, and need not be compared
    where they are the same."""

    def decorate(make: Callable[[Any], T]) -> table[T]:
        made = table(make)
        made.inputs = inputs
        return made

    return decorate


class tracked(Generic[T]):  # noqa: N801 - as above
    """A table of a structure as an attribute of who has the `structure` and tracks `reads`."""

    def __init__(self, source: cached_property[T] | property) -> None:
        self._source = source

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "tracked[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        found = getattr(instance.structure, self._name)
        if instance.reads is not None:
            kind = TrackedSet if isinstance(found, AbstractSet) else TrackedTable
            found = kind(self._name, found, instance.reads)
        instance.__dict__[self._name] = found
        return found
