"""What is known of the past of pages: when and by whom each was changed, and which were left behind."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from balise.collection import Collection, Page
from balise.publish.dates import Change, Changes

NOBODY: Mapping[str, tuple[str, ...]] = {}


def no_source(path: str) -> str:
    """Say of no page that it is stale."""
    return ""


class PageHistory(msgspec.Struct, frozen=True):
    """The past of the pages of a collection.

    `changes` are the last changes of files, `authors` the names of who wrote them, by their paths from
    the collection's root. `source_of_stale` tells the source of a translation that readers are told is
    stale; empty for others.
    """

    collection: Collection
    changes: Changes
    authors: Mapping[str, tuple[str, ...]] = NOBODY
    source_of_stale: Callable[[str], str] = no_source

    def day(self, page: Page) -> date | None:
        """The day of a page's last change: the one that it gives itself, or that of a commit."""
        try:
            return date.fromisoformat((page.value("updated") or "").strip())
        except ValueError:
            change = self._change(page)
            return change.day if change else None

    def commit(self, page: Page) -> str:
        """The beginning of the id of the commit of a page's last change; empty if it is not known."""
        change = self._change(page)
        return change.commit if change else ""

    def authors_of(self, page: Page) -> tuple[str, ...]:
        """The names of who wrote a page, who has changed it most often first."""
        return self.authors.get(self.collection.relative(page.path), ())

    def _change(self, page: Page) -> Change | None:
        return self.changes.get(self.collection.relative(page.path))
