"""What is kept between checks: the traces of all pages and of all rules about a collection.

Key: the path of a page, or the root of a collection and the name of a rule. Value: its findings,
with the trace of how they were made. Where: the values `traces` and `structure ROOT` of the store.
They count for the same rules, options, scheme of addresses and roots, each read as it was, and a trace counts as long
as the digest of its text and all that it has read are the same.
"""

import contextlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import field

from balise.base.digests import digest
from balise.base.findings import Finding
from balise.base.paths import path_here
from balise.check.report import Crash
from balise.check.snapshot import KeptSnapshot, Snapshot
from balise.check.traces import Trace
from balise.collection import Read
from balise.rules import Rule
from balise.workspace.page_facts import ENCODER
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

TRACES, STRUCTURE = "traces", "structure"
"""The names of values of the store; behind the second stands the root of the collection."""

OTHER_INPUTS = {
    "files": "other pictures or other files beside its pages",
    "data": "other data files",
    "origins": "another history in git",
    "pages": "other pages",
    "references": "other links",
}
"""What is said where an input of a structure is another one; the last two follow from the texts."""

FINDINGS = msgspec.msgpack.Decoder(list[Finding])


class Checked(msgspec.Struct, array_like=True, frozen=True):
    """What rules have found, encoded, and the trace of that."""

    trace: Trace
    encoded: msgspec.Raw

    @classmethod
    def of(cls, trace: Trace, findings: list[Finding]) -> "Checked":
        """What was found, with its trace."""
        return cls(trace, msgspec.Raw(ENCODER.encode(findings)))

    @property
    def findings(self) -> list[Finding]:
        """What was found."""
        return FINDINGS.decode(self.encoded)


class _Kept(msgspec.Struct, array_like=True):
    """The traces, and the snapshot that they are of."""

    snapshot: KeptSnapshot = field(default_factory=KeptSnapshot)
    pages: dict[str, Checked] = field(default_factory=dict)
    collections: dict[str, dict[str, Checked]] = field(default_factory=dict)


KEPT = msgspec.msgpack.Decoder(_Kept)


class TraceStore:
    """Traces of pages by path, and of rules by the root of the collection and their names."""

    def __init__(self) -> None:
        self.pages: dict[str, Checked] = {}
        self.collections: dict[str, dict[str, Checked]] = {}
        self._snapshot = Snapshot(STRUCTURE)

    @classmethod
    def load(cls, store: Store | None) -> "TraceStore":
        """The traces that are kept in a store; none where they are not whole."""
        self = cls()
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            stored = store.blob(TRACES) if store else None
            if store is None or stored is None:
                return self
            kept = KEPT.decode(stored)
            self._snapshot.load(store, kept.snapshot)
            self.pages, self.collections = kept.pages, kept.collections
        return self

    def renew(self, workspace: Workspace, rules: list[Rule]) -> Mapping[str, Read]:
        """Take the snapshot of a workspace, and forget the traces that do not count for it.

        Why each page was forgotten: a read that gives something else than before.
        """
        changes = self._snapshot.renew(workspace, _settings_of(workspace, rules))
        if changes is None:
            self.pages, self.collections = {}, {}
            return {}
        forgotten = {
            path: change
            for path, checked in self.pages.items()
            if (change := self._snapshot.first_change(path, checked.trace, changes))
        }
        for path in forgotten:
            del self.pages[path]
        for kept in self.collections.values():
            for name in [n for n, c in kept.items() if any(c.trace.changed(changes))]:
                del kept[name]
        return forgotten

    def keep_page(self, path: str, checked: Checked) -> None:
        """Keep what was found on a page."""
        self.pages[path] = checked
        self._snapshot.changed = True

    def keep_rule(self, root: str, name: str, checked: Checked) -> None:
        """Keep what a rule has found in a collection."""
        self.collections.setdefault(root, {})[name] = checked
        self._snapshot.changed = True

    def forget(self, crashes: Iterable[Crash]) -> None:
        """Forget what was found where a rule failed: that is told again the next time."""
        for crash in crashes:
            self.pages.pop(crash.path, None)
            self.collections.get(crash.path, {}).pop(crash.rule, None)

    def packed(self, paths: Iterable[str]) -> bytes:
        """The traces of some pages, for `take` in another store; none of those on which a rule has failed."""
        pages = {path: self.pages[path] for path in paths if path in self.pages}
        return ENCODER.encode(_Kept(self._snapshot.kept, pages))

    def take(self, packed: bytes) -> str:
        """Take traces of the state of a workspace that the own ones are of.

        What is different, as a part of a sentence for people: then none are taken. Raises
        msgspec.MsgspecError and ValueError where they are not whole.
        """
        kept, own = KEPT.decode(packed), self._snapshot.kept
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
        if workspace.store is None or not self._snapshot.changed:
            workspace.save()
            return
        snapshot, values = self._snapshot.to_keep()
        kept = _Kept(snapshot, self.pages, self.collections)
        workspace.save({TRACES: ENCODER.encode(kept), **values})


def _settings_of(workspace: Workspace, rules: list[Rule]) -> bytes:
    """Stands for what findings go by besides pages."""
    readings = {root: c.structure.reading for root, c in workspace.collections.items()}
    options = [(r.name, repr(r.options)) for r in rules]
    return digest(options, workspace.urls, sorted(readings.items()))
