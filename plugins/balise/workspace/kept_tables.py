"""The tables of a structure, kept so that a run in which no page has another title or address makes none of them.

Key: the root of the collection and the name of the table. Value: the table, behind what stands for all that
it follows from. Where: the values `table ROOT NAME` of the store. It counts as long as that is the same.
"""

import contextlib
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from balise.base.digests import digest
from balise.base.packed import encoded, reader_of
from balise.collection import Structure
from balise.collection.structure import TABLES
from balise.workspace.store import Store

DIGEST = 16
"""Bytes of a digest."""
LARGE = 200
"""Pages from which on reading a table is quicker than making it."""


@cache
def _reader(name: str) -> Callable[[bytes], Any]:
    """What reads a table, by what its function says that it gives."""
    return reader_of(TABLES[name].func.__annotations__["return"])


def _is_kept(structure: Structure, name: str) -> bool:
    """Whether a table is one to keep: large, and no input itself."""
    inputs = structure.inputs
    large = len(inputs.pages) >= LARGE and not {"pages", "files"}.isdisjoint(TABLES[name].inputs)
    return large and not hasattr(inputs, name)


class KeptTables:
    """The tables that a store has of structures."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._taken: set[tuple[str, str]] = set()

    def take(self, structure: Structure, name: str) -> Any:
        """A table as it is kept; None if it is not, or is that of another structure."""
        if not _is_kept(structure, name):
            return None
        stored = self.store.blob(f"table {structure.root} {name}")
        if stored is None or stored[:DIGEST] != _basis(structure, name):
            return None
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            table = _reader(name)(stored[DIGEST:])
            self._taken.add((structure.root, name))
            return table
        return None

    def to_keep(self, structure: Structure) -> dict[str, bytes]:
        """The values of the store for the tables that were made."""
        root = structure.root
        made = {
            name: structure.__dict__[name]
            for name in TABLES
            if name in structure.__dict__ and (root, name) not in self._taken
        }
        found = {name: table for name, table in made.items() if _is_kept(structure, name)}
        self._taken |= {(root, name) for name in found}
        return {
            f"table {root} {name}": _basis(structure, name) + encoded(table)
            for name, table in found.items()
        }


def _basis(structure: Structure, name: str) -> bytes:
    """Stands for all that a table follows from."""
    inputs = [structure.input_digests[found] for found in TABLES[name].inputs]
    return digest(inputs, structure.scheme, structure.reading)
