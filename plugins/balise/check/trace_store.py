"""What is kept between checks: the traces of all pages and of all rules about a collection.

Key: the path of a page, or the root of a collection and the name of a rule. Value: its findings,
with the trace of how they were made. Where: the values `traces` and `structure ROOT` of the store.
They count for the same rules, options, scheme of addresses and roots, each read as it was, and a trace counts as long
as the digest of its text and all that it has read are the same.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import field

from balise.base.digests import digest, digest_of
from balise.base.findings import Finding
from balise.check.report import Crash
from balise.check.traces import ChangedReads, Trace, changed_texts, changes_of
from balise.collection import Inputs, Read, Structure
from balise.collection.reads import TEXTS
from balise.rules import Rule
from balise.workspace.reading import ENCODER
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

TRACES, STRUCTURE = "traces", "structure"
"""The names of values of the store; behind the second stands the root of the collection."""

FINDINGS = msgspec.msgpack.Decoder(list[Finding])
INPUTS = msgspec.msgpack.Decoder(Inputs)


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
    """The traces, and the snapshot that they are of.

    `structures` has by root the digest of the encoded inputs, `texts` that of each text by path.
    """

    settings: bytes = b""
    structures: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, Checked] = field(default_factory=dict)
    collections: dict[str, dict[str, Checked]] = field(default_factory=dict)


KEPT = msgspec.msgpack.Decoder(_Kept)


class TraceStore:
    """Traces of pages by path, and of rules by the root of the collection and their names."""

    def __init__(self) -> None:
        self.pages: dict[str, Checked] = {}
        self.collections: dict[str, dict[str, Checked]] = {}
        self._settings = b""
        self._texts: dict[str, bytes] = {}
        self._structures: dict[str, Structure] = {}
        self._encoded: dict[str, bytes] = {}
        self._kept: dict[str, bytes] = {}
        self._changed = False

    @classmethod
    def load(cls, store: Store | None) -> "TraceStore":
        """The traces that are kept in a store, if they and their snapshot are whole; else none."""
        self = cls()
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            stored = store.blob(TRACES) if store else None
            if store is None or stored is None:
                return self
            kept = KEPT.decode(stored)
            encoded = {root: store.blob(f"{STRUCTURE} {root}") or b"" for root in kept.structures}
            if {root: digest_of(data) for root, data in encoded.items()} == kept.structures:
                self.pages, self.collections = kept.pages, kept.collections
                self._settings, self._texts = kept.settings, kept.texts
                self._encoded, self._kept = encoded, kept.structures
        return self

    def renew(self, workspace: Workspace, rules: list[Rule]) -> Mapping[str, Read]:
        """Take the snapshot of a workspace, and forget the traces that do not count for it.

        Why each page was forgotten: a read that gives something else than before.
        """
        settings = _settings_of(workspace, rules)
        if settings != self._settings:
            self.pages, self.collections, self._texts = {}, {}, {}
            self._structures, self._encoded = {}, {}
        texts = workspace.digests()
        changes = changes_of((*changed_texts(self._texts, texts), *self._differences(workspace)))
        forgotten = {
            path: change
            for path, checked in self.pages.items()
            if (change := _first_change(path, checked.trace, texts, changes))
        }
        for path in forgotten:
            del self.pages[path]
        for kept in self.collections.values():
            for name in [n for n, c in kept.items() if any(c.trace.changed(changes))]:
                del kept[name]
        self._changed = self._changed or bool(changes) or settings != self._settings
        self._settings, self._texts = settings, texts
        self._structures = {r: c.structure for r, c in workspace.collections.items()}
        return forgotten

    def _differences(self, workspace: Workspace) -> Iterator[Read]:
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
                yield from before.differences(structure)

    def keep_page(self, path: str, checked: Checked) -> None:
        """Keep what was found on a page."""
        self.pages[path] = checked
        self._changed = True

    def keep_rule(self, root: str, name: str, checked: Checked) -> None:
        """Keep what a rule has found in a collection."""
        self.collections.setdefault(root, {})[name] = checked
        self._changed = True

    def forget(self, crashes: Iterable[Crash]) -> None:
        """Forget what was found where a rule failed: that is told again the next time."""
        for crash in crashes:
            self.pages.pop(crash.path, None)
            self.collections.get(crash.path, {}).pop(crash.rule, None)

    def save(self, workspace: Workspace) -> None:
        """Keep all of it in the store of a workspace, for `load`, and what was read in its pages."""
        if workspace.store is None or not self._changed:
            workspace.save()
            return
        encoded = {root: ENCODER.encode(s.inputs) for root, s in self._structures.items()}
        digests = {root: digest_of(data) for root, data in encoded.items()}
        kept = _Kept(self._settings, digests, self._texts, self.pages, self.collections)
        values = {TRACES: ENCODER.encode(kept)}
        values |= {
            f"{STRUCTURE} {root}": data
            for root, data in encoded.items()
            if self._kept.get(root) != digests[root]
        }
        workspace.save(values)
        self._kept, self._changed = digests, False


def _settings_of(workspace: Workspace, rules: list[Rule]) -> bytes:
    """Stands for what findings go by besides pages."""
    readings = {root: c.structure.reading for root, c in workspace.collections.items()}
    options = [(r.name, repr(r.options)) for r in rules]
    return digest(options, workspace.urls, sorted(readings.items()))


def _first_change(
    path: str, trace: Trace, texts: Mapping[str, bytes], changes: ChangedReads
) -> Read | None:
    """Why a trace does not count any more; None if it does."""
    if texts.get(path) != trace.digest or not trace.digest:
        return TEXTS, path
    return next(trace.changed(changes), None)
