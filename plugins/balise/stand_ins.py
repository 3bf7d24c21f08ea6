"""Documents of which only the most needed is at hand; the rest is loaded when it is asked for.

Who asks is not told, but that somebody did is: so a run knows which pages its rules looked at.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from balise.cache import Entry
from balise.claims import Claims
from balise.document import Document
from balise.reading import Facts


class Watch:
    """Which pages were looked at, beside the one that rules are run on."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def taken(self) -> list[str]:
        """The pages that were looked at since the last time."""
        seen, self.seen = sorted(self.seen), set()
        return seen


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
            ("line_starts", entry.lines),
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

    def forget(self) -> None:
        """Let go of what was loaded; it is loaded again when it is asked for."""
        object.__setattr__(self, "_facts", None)

    def __getattr__(self, name: str) -> Any:
        self._watch.seen.add(self.path)
        return getattr(self.facts.document, name)

    def value(self, key: str) -> str | None:
        """As of a document; not watched, since it is part of the collection's structure."""
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
        self.watch.seen.add(path)
        return page.facts.claims

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)
