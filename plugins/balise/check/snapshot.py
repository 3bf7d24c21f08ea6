"""Snapshots: the state of a workspace that traces are of, so that what is different in another one can be told.

Key: a name, which whoever keeps traces chooses. Value: the digest of every text, and the inputs of every
structure. Where: the digests of both beside the traces, so that they belong together, and each of the inputs
in a value `NAME ROOT INPUT` of the store. They are read only where they are different now.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

import msgspec
from msgspec import field

from balise.base.digests import digest_of
from balise.base.packed import encoded, reader_of
from balise.check.traces import ChangedReads, Trace, changed_texts, changes_of
from balise.collection import Inputs, Read, Structure
from balise.collection.inputs import KeptInputs, Reading, replaced
from balise.collection.reads import TEXTS
from balise.collection.structure import TableSource
from balise.config import Urls
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

READERS = {found.name: reader_of(found.type) for found in msgspec.structs.fields(Inputs)}
"""What reads each of the inputs of a structure, by name."""


class DamagedError(Exception):
    """What a structure was like is not kept as it was."""


class KeptSnapshot(msgspec.Struct, array_like=True):
    """What is kept of a snapshot beside its traces.

    `settings` stand for what the traces go by besides pages; `structures` has by root the digest of
    each of the inputs, `texts` that of each text by path.
    """

    settings: bytes = b""
    structures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)


class Snapshot:
    """The snapshot of some traces, whose structures are kept by its `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.changed = False
        self._settings = b""
        self._texts: Mapping[str, bytes] = {}
        self._structures: dict[str, Structure] = {}
        self._store: Store | None = None
        self._kept: dict[str, dict[str, bytes]] = {}

    def load(self, store: Store, kept: KeptSnapshot) -> None:
        """Take what is kept of it in a store."""
        self._store = store
        self._settings, self._texts, self._kept = kept.settings, kept.texts, kept.structures

    def renew(
        self, workspace: Workspace, settings: bytes, among: AbstractSet[str] | None = None
    ) -> ChangedReads | None:
        """Make it that of a workspace: what is different; None where no trace counts any more.

        `among` are the tables that the traces have read, where that is known.
        """
        texts = workspace.digests()
        changes: ChangedReads | None = None
        if settings == self._settings:
            try:
                differences = self._differences(workspace, among)
                changes = changes_of((*changed_texts(self._texts, texts), *differences))
            except DamagedError:
                changes = None
        self.changed = self.changed or changes is None or bool(changes)
        self._settings, self._texts = settings, texts
        self._structures = {r: c.structure for r, c in workspace.collections.items()}
        return changes

    def _differences(self, workspace: Workspace, among: AbstractSet[str] | None) -> Iterator[Read]:
        """What is different in the structures of the collections. Raises DamagedError."""
        for root, collection in workspace.collections.items():
            structure = collection.structure
            before = self._structures.get(root)
            if before is None and root in self._kept:
                before = self._kept_structure(structure, self._kept[root])
            if before is not None and before is not structure:
                yield from before.differences(structure, among)

    def _kept_structure(self, now: Structure, digests: Mapping[str, bytes]) -> Structure:
        """The structure of which these digests are kept; itself where it is that of now. Raises DamagedError."""
        names = [name for name, found in now.input_digests.items() if digests.get(name) != found]
        if not names:
            return now
        inputs = now.inputs
        for name in names:
            inputs = replaced(inputs, name, self._input(now.root, name, digests))
        return now.like(inputs)

    def structures(
        self, urls: Urls, reading: Callable[[str], Reading], tables: TableSource
    ) -> dict[str, Structure]:
        """The structures as they are kept, by root, of which nothing is loaded before it is asked for."""
        return {
            root: Structure(
                root,
                KeptInputs.of(digests, partial(self._input, root, digests=digests)),
                urls,
                reading(root),
                tables,
            )
            for root, digests in self._kept.items()
        }

    def _input(self, root: str, name: str, digests: Mapping[str, bytes]) -> Any:
        data = self._store.blob(self._value(root, name)) if self._store else None
        if data is None or digest_of(data) != digests.get(name):
            raise DamagedError
        try:
            return READERS[name](data)
        except (msgspec.MsgspecError, ValueError) as error:
            raise DamagedError from error

    def _value(self, root: str, name: str) -> str:
        """The name of the value of the store that has an input of a structure."""
        return f"{self.name} {root} {name}"

    def first_change(self, path: str, trace: Trace, changes: ChangedReads) -> Read | None:
        """Why the trace of a page does not count any more; None if it does."""
        if self._texts.get(path) != trace.digest or not trace.digest:
            return TEXTS, path
        return next(trace.changed(changes), None)

    @property
    def kept(self) -> KeptSnapshot:
        """What tells it from others."""
        digests = {root: found.input_digests for root, found in self._structures.items()}
        return KeptSnapshot(self._settings, digests, dict(self._texts))

    def to_keep(self) -> tuple[KeptSnapshot, Mapping[str, bytes]]:
        """What is to be kept beside the traces, and the values that are to be saved with that."""
        digests = {root: found.input_digests for root, found in self._structures.items()}
        values = {
            self._value(root, name): encoded(getattr(self._structures[root].inputs, name))
            for root, found in digests.items()
            for name, digest in found.items()
            if self._kept.get(root, {}).get(name) != digest
        }
        self._kept, self.changed = digests, False
        return KeptSnapshot(self._settings, digests, dict(self._texts)), values
