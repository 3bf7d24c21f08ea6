"""The traces of pages, with what was found on them, as they are kept: each is loaded when it is asked for.

Key: the path of a page. Value: its findings, with the trace of how they were made. Where: the table `traces` of the
store; what else is kept of traces is in its values, see `balise.check.trace_store`. They count as long as that says.
"""

import contextlib
from collections.abc import Iterator, MutableMapping
from typing import Literal

import msgspec

from balise.base.findings import Finding
from balise.base.packed import ENCODER
from balise.check.traces import Trace
from balise.workspace.store import Store

TRACES: Literal["traces"] = "traces"
"""The table of the store, and its value beside that."""
MARKED = "traces marked"
"""The value of the store that has the mark of all of it."""
MAX_LOADS = 64
"""Pages whose traces are loaded one by one."""

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


CHECKED = msgspec.msgpack.Decoder(Checked)


class KeptTraces(MutableMapping[str, Checked]):
    """Traces of pages by path: those that the store has under a mark are loaded when they are asked for.

    Where more than a few are, all are. What another run has kept meanwhile does not count.
    """

    def __init__(self, store: Store | None = None, mark: bytes = b"") -> None:
        self.store = store
        self.mark = mark
        self._found: dict[str, Checked | None] = {}
        self._loads = 0
        self._is_whole = store is None

    @property
    def is_stored(self) -> bool:
        """Whether the store still has what was kept under the mark."""
        return self.store is not None and self.store.blob(MARKED) == self.mark

    def _load(self, path: str) -> Checked | None:
        if path not in self._found and not self._is_whole and self.store is not None:
            self._loads += 1
            if self._loads > MAX_LOADS:
                self._load_all()
            else:
                row = self.store.of_page(TRACES, path)
                self._found[path] = _checked(row) if self.is_stored else None
        return self._found.get(path)

    def _load_all(self) -> None:
        """Load what is not at hand yet."""
        if not self._is_whole and self.store is not None:
            kept = {path: _checked(row) for path, row in self.store.of_pages(TRACES)}
            self._found = {**(kept if self.is_stored else {}), **self._found}
        self._is_whole = True

    def __getitem__(self, path: str) -> Checked:
        found = self._load(path)
        if found is None:
            raise KeyError(path)
        return found

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._load(path) is not None

    def __setitem__(self, path: str, checked: Checked) -> None:
        self._found[path] = checked

    def __delitem__(self, path: str) -> None:
        self._found[path] = None

    def __iter__(self) -> Iterator[str]:
        self._load_all()
        return (path for path, found in self._found.items() if found is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _checked(row: bytes | None) -> Checked | None:
    """What the store has of a page; None where that is nothing, or not whole."""
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        return CHECKED.decode(row) if row else None
    return None
