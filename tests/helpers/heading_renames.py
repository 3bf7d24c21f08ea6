"""Headings of real guides that are renamed at random in memory, and what has to hold after each rename."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from balise.base.errors import UserError
from balise.base.source import SourceFile, apply_edits
from balise.check.pipeline import CheckSettings, check
from balise.collection import Collection, resolve
from balise.config import OVH_URLS
from balise.document import Document
from balise.refactor.backlinks import Backlinks
from balise.refactor.heading import rename_heading, text_place
from balise.refactor.model import Refactoring
from balise.rules import ALL_RULES
from balise.workspace.discovery import discover
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from tests.helpers.support import guides_in

RULES = [rule() for rule in ALL_RULES if rule.group in ("anchors", "links", "attributes", "html")]
WORDS = (
    "Renew",
    "the",
    "port",
    "now",
    "25",
    "été",
    "Summary",
    "*To*",
    "go",
    "further",
    "`ls`",
    "!",
)
KEPT = re.compile(r'<a name="[^"]*"></a>| \{#[^}]*\}')
"""What a rename leaves of old ids."""


class Renamed(Struct):
    """What came of a rename: the pages and places that changed, the seconds that it took, what is wrong.

    It is `restored` if the reverse gave every byte back, but for anchors that are kept.
    """

    name: str
    pages: int
    places: int
    seconds: float
    wrong: list[str]
    restored: bool


class HeadingRenamer:
    """Renames headings of a folder of guides, those that links lead to more often than others."""

    def __init__(self, folder: Path, cache: Path, seed: int) -> None:
        scope = discover([folder], guides_in(folder))
        self.workspace = Workspace.open(scope, OVH_URLS, Store(cache))
        self.backlinks = Backlinks.load(self.workspace.store)
        self.backlinks.renew(self.workspace)
        self.backlinks.save(self.workspace)
        (self.root,) = self.workspace.collections
        self.random = random.Random(seed)  # noqa: S311 - the same renames again
        uses = (use for path in self.workspace.records for use in self.backlinks.on(path))
        self.linked = sorted({(use.target, use.fragment) for use in uses if use.fragment})

    @property
    def collection(self) -> Collection:
        """The collection before any rename."""
        return self.workspace.collections[self.root]

    def rename(self) -> Renamed:
        """One rename and its reverse."""
        while True:
            path, anchor, text = self._choose()
            keep = self.random.random() < 0.6
            start = time.perf_counter()
            try:
                forth = rename_heading(
                    self.workspace, path, anchor, text, keep=keep, backlinks=self.backlinks
                )
            except UserError:
                continue
            seconds = time.perf_counter() - start
            after = _changed(self.workspace, forth)
            name = f"{path}#{anchor} -> {text}{'' if keep else ', nothing kept'}"
            wrong = [*self._wrong(path, forth, after)]
            if keep:
                wrong += self._lost(path, after.collections[self.root])
            places = sum(map(len, forth.edits.values()))
            restored = self._is_restored(path, anchor, forth, after)
            return Renamed(name, len(forth.edits), places, seconds, wrong, restored)

    def _choose(self) -> tuple[str, str, str]:
        """A page, an anchor of it, and a new text, now and then that of another heading."""
        if self.linked and self.random.random() < 0.6:
            path, anchor = self.random.choice(self.linked)
        else:
            path, anchor = self.random.choice(sorted(self.collection.names)), ""
        headings = (
            self.workspace.facts(path).document.headings if path in self.workspace.records else ()
        )
        if headings and not anchor:
            anchor = self.random.choice(headings).id
        words = self.random.sample(WORDS, self.random.randint(1, 4))
        others = [heading.text for heading in headings] or words
        text = " ".join(words) if self.random.random() < 0.7 else self.random.choice(others)
        return path, anchor, text

    def _wrong(self, path: str, forth: Refactoring, after: Workspace) -> Iterator[str]:
        """Links that mean something else, and what a check finds that it had not found."""
        before, now = self.collection, after.collections[self.root]
        named = (path, *before.siblings(path))
        pages = {use.path for target in named for use in self.backlinks.of(target)} | {*forth.edits}
        pages &= self.workspace.records.keys()
        for page in sorted(pages):
            meant, means = _meanings(page, before), _meanings(page, now)
            if meant != means:
                yield f"{page}: its links mean {means}, and meant {meant}"
        settings = CheckSettings(RULES)
        found = [
            Counter((f.path, f.rule) for f in check(w.asking_for(pages), settings).findings)
            for w in (self.workspace, after)
        ]
        yield from (f"{page}: {rule}" for page, rule in found[1] - found[0])

    def _lost(self, path: str, after: Collection) -> Iterator[str]:
        """Ids, of today and of the past, that lead to another heading or to none."""
        before = self.collection
        for heading in before.documents[path].headings:
            for name in filter(None, (heading.id, *heading.aliases)):
                was, now = (_exact(name, path, c) for c in (before, after))
                if was >= 0 and was != now:
                    yield f"{path}: #{name} leads to heading {now}, and led to {was}"

    def _is_restored(self, path: str, anchor: str, forth: Refactoring, after: Workspace) -> bool:
        """Whether renaming it back gives the texts of before."""
        number = _number(anchor, path, self.collection)
        document = self.workspace.facts(path).document
        place = text_place(document, document.headings[number])
        old = self.workspace.source(path).text[place.start : place.end].strip()
        links = Backlinks.load(self.workspace.store)
        links.renew(after)
        new = after.facts(path).document.headings[number].id
        try:
            back = rename_heading(after, path, new, old, keep=False, backlinks=links)
        except UserError:
            return False
        last = _changed(after, back)
        return all(
            KEPT.sub("", last.source(page).text) == KEPT.sub("", self.workspace.source(page).text)
            for page in (*forth.edits, *back.edits)
        )


def _changed(workspace: Workspace, refactoring: Refactoring) -> Workspace:
    """The workspace with the texts that a refactoring makes."""
    sources = [(workspace.source(path), edits) for path, edits in refactoring.edits.items()]
    return workspace.with_texts(
        [
            SourceFile(source.path, apply_edits(source.text, edits), has_bom=source.has_bom)
            for source, edits in sources
        ]
    )


def _meanings(page: str, collection: Collection) -> list[tuple[str, str, int, bool]]:
    """What the links of a page mean: a kind, a path, the number of a heading, whether the anchor is dead."""
    found: list[tuple[str, str, int, bool]] = []
    for link in collection.documents[page].links:
        target = resolve(link.href, page, collection, html=link.kind == "html")
        heading = target.anchor.heading if target.anchor else None
        headings = collection.documents[target.path].headings if heading else ()
        number = headings.index(heading) if heading else -1
        found.append((target.kind, target.path, number, target.dead_anchor))
    return found


def _number(anchor: str, path: str, collection: Collection) -> int:
    match = collection.resolve_anchor(path, anchor)
    document: Document = collection.documents[path]
    return document.headings.index(match.heading) if match and match.heading else -1


def _exact(name: str, path: str, collection: Collection) -> int:
    match = collection.anchors(path).exact(name)
    headings = collection.documents[path].headings
    return headings.index(match.heading) if match and match.heading else -1
