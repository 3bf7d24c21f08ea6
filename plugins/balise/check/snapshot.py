"""Snapshots: the state of a workspace that traces are of, so that what is different in another one can be told.

Key: a name, which whoever keeps traces chooses. Value: the digest of every text, and the inputs of every
structure. Where: the first beside the traces, so that the two belong together, the others in a value
`NAME ROOT` of the store for each collection. They count while they are whole.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec
from msgspec import field

from balise.base.digests import digest_of
from balise.check.traces import ChangedReads, Trace, changed_texts, changes_of
from balise.collection import Inputs, Read, Structure
from balise.collection.reads import TEXTS
from balise.workspace.page_facts import ENCODER
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

INPUTS = msgspec.msgpack.Decoder(Inputs)


class KeptSnapshot(msgspec.Struct, array_like=True):
    """What is kept of a snapshot beside its traces.

    `settings` stand for what the traces go by besides pages; `structures` has by root the digest of
    the encoded inputs, `texts` that of each text by path.
    """

    settings: bytes = b""
    structures: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)


class Snapshot:
    """The snapshot of some traces, whose structures are kept by its `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.changed = False
        self._settings = b""
        self._texts: Mapping[str, bytes] = {}
        self._structures: dict[str, Structure] = {}
        self._encoded: dict[str, bytes] = {}
        self._kept: dict[str, bytes] = {}

    def load(self, store: Store, kept: KeptSnapshot) -> bool:
        """Take what is kept of it in a store; whether that is whole."""
        encoded = {root: store.blob(f"{self.name} {root}") or b"" for root in kept.structures}
        if {root: digest_of(data) for root, data in encoded.items()} != kept.structures:
            return False
        self._settings, self._texts = kept.settings, kept.texts
        self._encoded, self._kept = encoded, kept.structures
        return True

    def renew(
        self, workspace: Workspace, settings: bytes, among: AbstractSet[str] | None = None
    ) -> ChangedReads | None:
        """Make it that of a workspace: what is different; None where no trace counts any more.

        `among` are the tables that the traces have read, where that is known.
        """
        texts = workspace.digests()
        changes: ChangedReads | None = None
        if settings == self._settings:
            differences = self._differences(workspace, among)
            changes = changes_of((*changed_texts(self._texts, texts), *differences))
        self.changed = self.changed or changes is None or bool(changes)
        self._settings, self._texts = settings, texts
        self._structures = {r: c.structure for r, c in workspace.collections.items()}
        return changes

    def _differences(self, workspace: Workspace, among: AbstractSet[str] | None) -> Iterator[Read]:
        """What is different in the structures of the collections."""
        for root, collection in workspace.collections.items():
            structure = collection.structure
            before = self._structures.get(root)
            if before is None and root in self._encoded:
                if ENCODER.encode(structure.inputs) == self._encoded[root]:
                    continue
                inputs = INPUTS.decode(self._encoded[root])
                before = Structure(root, inputs, structure.scheme, structure.reading)
            if before is not None and before is not structure:
                yield from before.differences(structure, among)

    def first_change(self, path: str, trace: Trace, changes: ChangedReads) -> Read | None:
        """Why the trace of a page does not count any more; None if it does."""
        if self._texts.get(path) != trace.digest or not trace.digest:
            return TEXTS, path
        return next(trace.changed(changes), None)

    def to_keep(self) -> tuple[KeptSnapshot, Mapping[str, bytes]]:
        """What is to be kept beside the traces, and the values that are to be saved with that."""
        encoded = {root: ENCODER.encode(s.inputs) for root, s in self._structures.items()}
        digests = {root: digest_of(data) for root, data in encoded.items()}
        values = {
            f"{self.name} {root}": data
            for root, data in encoded.items()
            if self._kept.get(root) != digests[root]
        }
        self._kept, self.changed = digests, False
        return KeptSnapshot(self._settings, digests, dict(self._texts)), values
