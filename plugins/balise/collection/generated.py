"""What other tools make of a collection: pages, files and anchors that no file of it has."""

import re
from fnmatch import translate
from functools import cached_property
from pathlib import Path

from balise.base.ignore import Patterns
from balise.config import Generated


class GeneratedPlaces:
    """What is `generated` in the collection at `root`, to be asked of paths and anchors."""

    def __init__(self, root: str, generated: Generated) -> None:
        self._base = Path(root)
        self._generated = generated

    @cached_property
    def _pages(self) -> Patterns:
        return Patterns.matching(self._base, self._generated.pages)

    @cached_property
    def _anchors(self) -> list[tuple[Patterns | None, re.Pattern[str]]]:
        found: list[tuple[Patterns | None, re.Pattern[str]]] = []
        for pattern in self._generated.anchors:
            page, _, anchor = pattern.rpartition("#")
            pages = Patterns.matching(self._base, [page]) if page else None
            found.append((pages, re.compile(translate(anchor))))
        return found

    def has_page(self, path: str) -> bool:
        """Whether there is a page or file at `path` on the site."""
        return bool(self._generated.pages) and any(map(self._pages.matches, (path, f"{path}/")))

    def has_anchor(self, path: str, fragment: str) -> bool:
        """Whether the page at `path` has this anchor on the site."""
        return any(
            anchor.fullmatch(fragment) and (pages is None or pages.matches(path))
            for pages, anchor in self._anchors
        )
