"""Guides on disk that are renamed at random, and what has to hold after each rename."""

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from posixpath import basename, dirname, join

from msgspec import Struct

from balise.base.errors import UserError
from balise.base.source import apply_edits
from balise.check.pipeline import CheckSettings, check
from balise.check.run import run_on_revision
from balise.check.trace_store import TraceStore
from balise.collection import PICTURES
from balise.collection.redirects import REDIRECTS
from balise.config import OVH_URLS
from balise.refactor.backlinks import Backlinks
from balise.refactor.model import Refactoring
from balise.refactor.move import move
from balise.rules import ALL_RULES, Revision
from balise.workspace.discovery import discover
from balise.workspace.sources import read_source
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded
from tests.helpers.support import guides_in

GROUPS = ("links", "anchors", "images", "includes", "redirects", "navigation", "collection", "meta")
RULES = [rule() for rule in ALL_RULES if rule.group in GROUPS]
MUST_HOLD = frozenset(
    {
        "unresolved-link", "unresolved-anchor", "unresolved-include", "unknown-legacy-number",
        "lost-url", "lost-anchor", "missing-image", "orphan-page", "broken-redirect",
        "broken-index-item", "unlisted-guide", "duplicate-url",
    }
)  # fmt: skip
"""The rules that must find nothing new after a rename."""
WORDS = (
    "new",
    "Setup",
    "e-mail",
    "été",
    "50%",
    "c#",
    "a b",
    "a+b",
    "(x)",
    "a&amp;b",
    "it's",
    "v1.2",
)
"""What new names are made of."""
AT_HAND = 256
"""Pages whose facts are kept in memory."""
ALIAS_LINES = re.compile(rb"^aliases:.*\n(?:[ \t]*- .*\n)*", re.MULTILINE)
Meaning = tuple[str, str, str]
"""Kind, target and fragment of a use."""


class Renamed(Struct):
    """What came of a rename: how many files moved, edits and notes there were, and what is wrong.

    `other_forms` are pages with an address that cannot stay in its author's form.
    """

    name: str
    moves: int
    edits: int
    notes: int
    wrong: list[str]
    other_forms: int = 0


class Guides:
    """A folder of guides, whose workspace, backlinks and findings are kept current."""

    def __init__(self, folder: Path) -> None:
        scope = discover([folder], guides_in(folder))
        self.workspace = Workspace.open(scope, OVH_URLS, Store(folder))
        (self.root,) = self.workspace.collections
        self.backlinks = Backlinks()
        self.backlinks.renew(self.workspace)
        self.traces = TraceStore()
        self.findings = self._findings()
        self.workspace.forget()

    def _findings(self) -> Counter[tuple[str, str]]:
        report = check(self.workspace, CheckSettings(RULES), self.traces)
        return Counter((finding.rule, finding.path) for finding in report.findings)

    def uses(self) -> Mapping[str, Sequence[Meaning]]:
        """What each page names, in the order of the page."""
        return {
            path: [(use.kind, use.target, use.fragment) for use in self.backlinks.on(path)]
            for path in self.workspace.records
        }

    def apply(self, refactoring: Refactoring) -> list[str]:
        """Change the files as a refactoring says; what is wrong then."""
        before, uses, findings = self.workspace, self.uses(), self.findings
        write(refactoring, before)
        where = refactoring.moves
        pages = [p for p in (*where, *refactoring.edits) if p in before.records]
        written = {where.get(path, path) for path in pages}
        gone = {path for path in where if path in before.records} - written
        self.workspace = before.updated(self.root, sorted(written), gone, files=True)
        self.backlinks.renew(self.workspace)
        self.findings = self._findings()
        self.workspace.forget(AT_HAND)
        touched = frozenset((*where, *where.values(), *refactoring.edits))
        old = Revision(before.collections[self.root], touched, where)
        lost = run_on_revision(old, self.workspace.collections[self.root], RULES, [])
        wrong = [f"{finding.rule}: {finding.path}: {finding.message}" for finding in lost]
        for path, meant in uses.items():
            now = [(u.kind, u.target, u.fragment) for u in self.backlinks.on(where.get(path, path))]
            expected = [
                (kind, where.get(target, target), fragment) for kind, target, fragment in meant
            ]
            if now != expected:
                wrong.append(f"meaning: {path}: {_difference(expected, now)}")
        known = Counter({(rule, where.get(path, path)): n for (rule, path), n in findings.items()})
        told = {where.get(note.path, note.path) for note in refactoring.notes}
        for rule, path in self.findings - known:
            # A product without a page in the locale is no fault of the move, which says so.
            if rule in MUST_HOLD and not (rule == "orphan-page" and path in told):
                wrong.append(f"{rule}: {path}")
        return wrong


def _difference(expected: Sequence[Meaning], now: Sequence[Meaning]) -> str:
    pairs = zip(expected, now, strict=False)
    first = next((f"{a} is {b}" for a, b in pairs if a != b), "")
    return first or f"{len(expected)} uses are {len(now)}"


def write(refactoring: Refactoring, workspace: Workspace) -> None:
    """Make the changes of a refactoring, the plainest way."""
    data: dict[str, bytes] = {}
    for path in {*refactoring.edits, *refactoring.moves}:
        data[path] = Path(path).read_bytes()
    for path, edits in refactoring.edits.items():
        source = read_source(path)
        data[path] = encoded(apply_edits(source.text, edits), has_bom=source.has_bom)
    for path in (*refactoring.moves, *refactoring.removed):
        Path(path).unlink()
    for path, content in data.items():
        file = Path(refactoring.moves.get(path, path))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for path, text in refactoring.created.items():
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    for path in (*refactoring.moves, *refactoring.removed):
        folder = dirname(path)
        while os.path.isdir(folder) and not os.listdir(folder):  # noqa: PTH112, PTH208
            os.rmdir(folder)  # noqa: PTH106
            folder = dirname(folder)


class Renamer:
    """Renames what is in guides at random, forth and back; `keep` is how often it stays renamed."""

    def __init__(self, guides: Guides, seed: int, keep: float = 0.3) -> None:
        self.guides = guides
        self.keep = keep
        self.random = random.Random(seed)  # noqa: S311 - the same renames again

    def rename(self) -> Renamed:
        """One rename, its reverse, and the rename again where it is kept."""
        kinds: Sequence[Callable[[], tuple[str, str, list[str]] | None]] = (
            self.guide, self.guide, self.guide_elsewhere, self.guide_elsewhere, self.one_locale,
            self.one_locale, self.some_locales, self.picture, self.picture_elsewhere, self.group,
        )  # fmt: skip
        while True:
            kind = self.random.choice(kinds)
            chosen = kind()
            if chosen is None:
                continue
            old, new, locales = chosen
            try:
                forth = self._move(old, new, locales)
            except UserError:
                continue
            return self._there_and_back(f"{kind.__name__}: {old} -> {new} {locales}", chosen, forth)

    def _there_and_back(
        self, name: str, chosen: tuple[str, str, list[str]], forth: Refactoring
    ) -> Renamed:
        old, new, locales = chosen
        guides = self.guides
        before = _contents((*forth.edits, *forth.moves, *forth.removed))
        wrong = guides.apply(forth)
        result = Renamed(
            name, len(forth.moves), sum(map(len, forth.edits.values())), len(forth.notes), wrong
        )
        try:
            back = self._move(new, old, locales)
        except UserError as error:
            wrong.append(f"no way back: {error}")
            return result
        others = [path for path in back.edits if path not in forth.moves.values()]
        before = {**_contents(others), **before}
        wrong += [f"back: {line}" for line in guides.apply(back)]
        other_form = {note.path for note in forth.notes if " now" in note.message}
        for path, data in before.items():
            if path in other_form:
                result.other_forms += 1
            elif lines := differing(path, data):
                wrong.append(f"bytes: {path}: {lines}")
        left = [
            path for path in forth.created if basename(path) != REDIRECTS and Path(path).exists()
        ]
        wrong += [f"left behind: {path}" for path in left]
        if not wrong and self.random.random() < self.keep:
            wrong += [f"again: {line}" for line in guides.apply(self._move(old, new, locales))]
        return result

    def _move(self, old: str, new: str, locales: list[str]) -> Refactoring:
        return move(self.guides.workspace, old, new, locales, self.guides.backlinks)

    # What is renamed

    def name(self) -> str:
        return "_".join(self.random.sample(WORDS, 2))

    def folder(self, type_: str = "guide") -> str:
        collection = self.guides.workspace.collections[self.guides.root].structure
        folders = sorted(
            folder for folder, pages in collection.folders.items()
            if folder and any(t == type_ and not collection.pages[p].made for (t, _), p in pages.items())
        )  # fmt: skip
        return join(self.guides.root, self.random.choice(folders)) if folders else ""

    def guide(self) -> tuple[str, str, list[str]]:
        folder = self.folder()
        return folder, join(dirname(folder), self.name()), []

    def guide_elsewhere(self) -> tuple[str, str, list[str]]:
        folder, other = self.folder(), self.folder()
        return folder, join(dirname(other), self.random.choice((basename(folder), self.name()))), []

    def _locales(self, folder: str) -> list[str]:
        collection = self.guides.workspace.collections[self.guides.root].structure
        pages = collection.folders[folder[len(self.guides.root) + 1 :]]
        return sorted({locale for _, locale in pages})

    def one_locale(self) -> tuple[str, str, list[str]]:
        folder = self.folder()
        return (
            folder,
            join(dirname(folder), self.name()),
            [self.random.choice(self._locales(folder))],
        )

    def some_locales(self) -> tuple[str, str, list[str]]:
        folder, other = self.folder(), self.folder()
        locales = self._locales(folder)
        some = self.random.sample(locales, self.random.randint(1, len(locales)))
        return folder, join(dirname(other), self.name()), sorted(some)

    def group(self) -> tuple[str, str, list[str]] | None:
        folder = self.folder(self.random.choice(("product", "product", "product", "universe")))
        if not folder or self.random.random() < 0.5:
            return None
        return folder, join(dirname(folder), self.name()), []

    def _picture(self) -> str:
        files = sorted(self.guides.workspace.collections[self.guides.root].structure.files)
        return self.random.choice([file for file in files if file.lower().endswith(PICTURES)])

    def picture(self) -> tuple[str, str, list[str]]:
        picture = self._picture()
        end = picture.rpartition(".")[2]
        return picture, join(dirname(picture), f"{self.name()}.{end}"), []

    def picture_elsewhere(self) -> tuple[str, str, list[str]]:
        picture, other = self._picture(), self._picture()
        return picture, join(dirname(other), basename(picture)), []


def _contents(paths: Sequence[str] | Mapping[str, object]) -> dict[str, bytes]:
    return {path: Path(path).read_bytes() for path in paths if Path(path).is_file()}


def differing(path: str, data: bytes) -> str:
    """Where a file has not these bytes again, aliases and redirects aside; empty where it has."""
    if basename(path) == REDIRECTS:
        return ""
    now = Path(path).read_bytes() if Path(path).exists() else b""
    pairs = zip(*(ALIAS_LINES.sub(b"", text).split(b"\n") for text in (data, now)), strict=False)
    found = next((f"{a!r} is {b!r}" for a, b in pairs if a != b), "")
    return found or ("" if ALIAS_LINES.sub(b"", now) == ALIAS_LINES.sub(b"", data) else "the end")
