"""Documents of which only the most needed is at hand; the rest is loaded when it is asked for.

Who asks is not told, but that somebody did is: so a run knows which pages its rules looked at.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from balise.claims import Claims
from balise.collection.lookups import CONTENT, VALUES, Watch
from balise.document import Document
from balise.workspace.reading import Facts


class Entry(msgspec.Struct, array_like=True):
    """What of a page is at hand in every run, without its other facts.

    `values` are those of the front matter, `shape` stands for them and for the places of aliases;
    `folders` are the ones that its pictures and links point into, `lines` the offsets where its
    lines start, packed, `length` that of its text. `uses` stands for the pictures and files that
    it names; `silences` is whether there are comments for balise.
    """

    values: dict[str, str]
    shape: bytes
    folders: list[str]
    lines: bytes
    length: int
    uses: bytes
    silences: bool


def packed(lines: Sequence[int]) -> bytes:
    """Offsets as they are kept."""
    return array("I", lines).tobytes()


class StandIn(Document):
    """A document that has its path, its lines and the values of its front matter at hand.

    What else is asked for is loaded, once, and watched. Two stand-ins are equal only if they are
    the same.
    """

    __slots__ = ("_facts", "_load", "_watch", "entry")
    entry: Entry

    def __init__(self, path: str, entry: Entry, load: Callable[[str], Facts], watch: Watch) -> None:
        # The other fields stay unset: Python then asks `__getattr__` for them.
        for name, value in (
            ("path", path),
            ("length", entry.length),
            ("entry", entry),
            ("_load", load),
            ("_watch", watch),
            ("_facts", None),
        ):
            object.__setattr__(self, name, value)

    @property
    def facts(self) -> Facts:
        """All that is read in the page; to ask for it is not watched."""
        if self._facts is None:
            object.__setattr__(self, "_facts", self._load(self.path))
        found: Facts = self._facts
        return found

    def keep(self, facts: Facts) -> None:
        """Take these facts, which have just been read, in place of loading them."""
        object.__setattr__(self, "_facts", facts)

    @property
    def loaded(self) -> bool:
        """Whether more than the entry is at hand."""
        return self._facts is not None

    def forget(self) -> None:
        """Let go of what was loaded; it is loaded again when it is asked for."""
        object.__setattr__(self, "_facts", None)

    def __getattr__(self, name: str) -> Any:
        if name == "line_starts":
            starts = array("I", self.entry.lines)
            object.__setattr__(self, name, starts)
            return starts
        self.note()
        return getattr(self.facts.document, name)

    def note(self) -> None:
        """As if somebody had asked for more than is at hand."""
        self._watch.note(CONTENT, self.path)

    def value(self, key: str) -> str | None:
        """As of a document; it does not have to be loaded for that."""
        self._watch.note(VALUES, (self.path, key))
        return self.entry.values.get(key)

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class ClaimsOf(Mapping[str, Claims]):
    """The claims of all pages by path; those that are asked for are watched."""

    def __init__(self, pages: Mapping[str, StandIn], watch: Watch) -> None:
        self.pages = pages
        self.watch = watch

    def __getitem__(self, path: str) -> Claims:
        page = self.pages[path]
        self.watch.note(CONTENT, path)
        return page.facts.claims

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)
