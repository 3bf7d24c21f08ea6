"""What is kept between checks: the traces of all pages and of all rules about a collection.

Key: the path of a page, or the root of a collection and the name of a rule. Value: its findings,
with the trace of how they were made. Where: the table `traces` of the store, and its values `traces`,
`traces marked`, `reads` and `structure ROOT`. They count for the same rules, options, scheme of addresses and roots, each read as it was, and a trace counts as long
as the digest of its text and all that it has read are the same.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from balise.base.digests import digest
from balise.base.packed import ENCODER
from balise.base.paths import path_here
from balise.check.kept_traces import MARKED, TRACES, Checked, KeptTraces
from balise.check.page_index import PageIndex
from balise.check.report import Crash
from balise.check.snapshot import KeptSnapshot, Snapshot
from balise.check.traces import MAX_SEARCHED, ChangedReads
from balise.collection import Read, Structure
from balise.collection.inputs import Reading
from balise.collection.reads import TEXTS
from balise.collection.structure import TableSource
from balise.config import Urls
from balise.rules import Rule
from balise.workspace.store import Artifact, Rows, Store, new_mark
from balise.workspace.workspace import Workspace

READS, STRUCTURE = "reads", "structure"
"""The names of values of the store; behind the second stands the root of the collection."""

OTHER_INPUTS = {
    "files": "other pictures or other files beside its pages",
    "data": "other data files",
    "origins": "another history in git",
    "pages": "other pages",
    "references": "other links",
}
"""What is said where an input of a structure is another one; the last two follow from the texts."""


class _Kept(msgspec.Struct, array_like=True):
    """What is kept beside the traces of pages: what they are of, and the traces of rules."""

    snapshot: KeptSnapshot
    collections: dict[str, dict[str, Checked]]


class _Packed(msgspec.Struct, array_like=True):
    """The traces of some pages, and the snapshot that they are of."""

    snapshot: KeptSnapshot
    pages: dict[str, Checked]


KEPT = msgspec.msgpack.Decoder(_Kept)
PACKED = msgspec.msgpack.Decoder(_Packed)


class TraceStore:
    """Traces of pages by path, and of rules by the root of the collection and their names.

    They were last `kept` under this mark; it is empty where the store has none, or could not take them.
    """

    def __init__(self) -> None:
        self.pages = KeptTraces()
        self.collections: dict[str, dict[str, Checked]] = {}
        self._snapshot = Snapshot(STRUCTURE)
        self._unsaved: set[str] = set()
        self._unread: set[str] = set()
        self.kept = b""

    @classmethod
    def load(cls, store: Store | None) -> "TraceStore":
        """The traces that are kept in a store; none where they are not whole."""
        self = cls()
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            mark = store.blob(MARKED) if store else None
            if store is not None and mark:
                kept = KEPT.decode(store.blob(TRACES) or b"")
                if store.blob(MARKED) == mark:  # no other run has been there meanwhile
                    self._snapshot.load(store, kept.snapshot)
                    self.pages, self.collections = KeptTraces(store, mark), kept.collections
                    self.kept = mark
        return self

    def structures(
        self, urls: Urls, reading: Callable[[str], Reading], tables: TableSource
    ) -> dict[str, Structure]:
        """The structures of the collections that the traces are of, as they are kept, by root."""
        return self._snapshot.structures(urls, reading, tables)

    def renew(self, workspace: Workspace, rules: list[Rule]) -> Mapping[str, Read | None]:
        """Take the snapshot of a workspace, and forget the traces that do not count for it.

        Why each page was forgotten: a read that gives something else than before; None where there was no trace.
        """
        changes = self._snapshot.renew(workspace, _settings_of(workspace, rules))
        if changes is None:
            self.pages, self.collections = KeptTraces(), {}
            return {}
        forgotten: dict[str, Read | None] = {}
        for path in self._concerned(changes):
            found = self.pages.get(path)
            change = self._snapshot.first_change(path, found.trace, changes) if found else None
            if found is None or change:
                forgotten[path] = change
        for path in forgotten:
            del self.pages[path]
        self._unsaved |= forgotten.keys()
        for kept in self.collections.values():
            for name in [n for n, c in kept.items() if any(c.trace.changed(changes))]:
                del kept[name]
        return forgotten

    def _concerned(self, changes: ChangedReads) -> Iterable[str]:
        """The pages whose traces have one of these reads, and maybe others."""
        pages = self.pages
        readers: AbstractSet[str] | None = None
        if pages.store is not None and len(changes) <= MAX_SEARCHED and pages.is_stored:
            readers = PageIndex(pages.store, READS).having(changes)
        if readers is None:
            return [*pages]
        texts = {str(key) for table, key in changes.values() if table == TEXTS}
        return readers | texts | self._unsaved | self._unread

    def keep_page(self, path: str, checked: Checked) -> None:
        """Keep what was found on a page."""
        self.pages[path] = checked
        self._unsaved.add(path)
        if not checked.trace.digest:
            self._unread.add(path)
        self._snapshot.changed = True

    def keep_rule(self, root: str, name: str, checked: Checked) -> None:
        """Keep what a rule has found in a collection."""
        self.collections.setdefault(root, {})[name] = checked
        self._snapshot.changed = True

    def forget(self, crashes: Iterable[Crash]) -> None:
        """Forget what was found where a rule failed: that is told again the next time."""
        for crash in crashes:
            self.pages.pop(crash.path, None)
            self._unsaved.add(crash.path)
            self.collections.get(crash.path, {}).pop(crash.rule, None)

    def packed(self, paths: Iterable[str]) -> bytes:
        """The traces of some pages, for `take` in another store; none of those on which a rule has failed."""
        pages = {path: self.pages[path] for path in paths if path in self.pages}
        return ENCODER.encode(_Packed(self._snapshot.kept, pages))

    def take(self, packed: bytes) -> str:
        """Take traces of the state of a workspace that the own ones are of.

        What is different, as a part of a sentence for people: then none are taken. Raises
        msgspec.MsgspecError and ValueError where they are not whole.
        """
        kept, own = PACKED.decode(packed), self._snapshot.kept
        texts = kept.snapshot.texts
        for path in kept.pages.keys() - own.texts.keys():
            return f"{path_here(path)} is not there"
        for path, text in own.texts.items():
            if texts.get(path) != text:
                other = "has another text" if path in texts else "is new"
                return f"{path_here(path)} {other}"
        if kept.snapshot.settings != own.settings:
            return "other rules, options or settings are in force"
        for root, inputs in own.structures.items():
            theirs = kept.snapshot.structures.get(root, {})
            for name, what in OTHER_INPUTS.items():
                if theirs.get(name) != inputs[name]:
                    return f"{path_here(root)} has {what}"
        for path, checked in kept.pages.items():
            self.keep_page(path, checked)
        return ""

    def save(self, workspace: Workspace) -> None:
        """Keep all of it in the store of a workspace, for `load`, and what was read in its pages."""
        store = workspace.store
        if store is None or not self._snapshot.changed:
            workspace.save()
            return
        snapshot, values = self._snapshot.to_keep()
        mark = new_mark()
        kept = _Kept(snapshot, self.collections)
        values = {**values, MARKED: mark, TRACES: ENCODER.encode(kept)}
        self.kept = b""
        if self._save_changed(workspace, store, values) or self._save_all(workspace, store, values):
            self.pages.store, self.pages.mark, self.kept = store, mark, mark
            self._unsaved = set()

    def _save_changed(
        self, workspace: Workspace, store: Store, values: Mapping[str, bytes]
    ) -> bool:
        """Keep what is different since the mark, if the store has that still; whether it was kept."""
        if not self.pages.mark or self.pages.store is not store:
            return False
        index = PageIndex(store, READS)
        reads = index.with_more(self._reads(self._unsaved))
        if reads is None:
            reads = index.with_all(self._reads(self.pages))
        rows: dict[Artifact, Rows] = {TRACES: self._rows(self._unsaved)}
        return workspace.save({**values, **reads}, rows, where={MARKED: self.pages.mark})

    def _save_all(self, workspace: Workspace, store: Store, values: Mapping[str, bytes]) -> bool:
        """Keep all; whether it was kept."""
        reads = PageIndex(store, READS).with_all(self._reads(self.pages))
        rows: dict[Artifact, Rows] = {TRACES: self._rows(self.pages)}
        return workspace.save({**values, **reads}, rows, anew=[TRACES])

    def _reads(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {path: self.pages[path].trace.reads for path in paths if path in self.pages}

    def _rows(self, paths: Iterable[str]) -> Rows:
        """What the store is to have of the traces of some pages; of one that has none it is empty."""
        found = ((path, self.pages.get(path)) for path in paths)
        return {
            path: (checked.trace.digest, ENCODER.encode(checked))
            if checked and checked.trace.digest
            else (b"", b"")
            for path, checked in found
        }


def _settings_of(workspace: Workspace, rules: list[Rule]) -> bytes:
    """Stands for what findings go by besides pages."""
    readings = {root: c.structure.reading for root, c in workspace.collections.items()}
    options = [(r.name, repr(r.options)) for r in rules]
    return digest(options, workspace.urls, sorted(readings.items()))
