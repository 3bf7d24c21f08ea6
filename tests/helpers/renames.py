"""Guides on disk that are renamed at random, and what has to hold after each rename."""

import contextlib
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest
from pathlib import Path
from posixpath import basename, dirname, join
from typing import NamedTuple

from msgspec import Struct

from balise.base.errors import UserError
from balise.base.source import apply_edits
from balise.check.pipeline import CheckSettings, check
from balise.check.run import run_on_revision
from balise.check.trace_store import TraceStore
from balise.collection import PICTURES, Collection
from balise.collection.redirects import REDIRECTS
from balise.config import OVH_URLS
from balise.refactor.backlinks import Backlinks, Use
from balise.refactor.heading import rename_heading, text_place
from balise.refactor.key import rename_key
from balise.refactor.model import Refactoring
from balise.refactor.move import move
from balise.refactor.section import rename_section
from balise.rules import ALL_RULES, Revision
from balise.workspace.discovery import discover
from balise.workspace.sources import read_source
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded
from tests.helpers.support import guides_in

MUST_HOLD = frozenset(
    {
        "unresolved-link", "unresolved-anchor", "unresolved-include", "unknown-legacy-number",
        "lost-url", "lost-anchor", "missing-image", "image-case-mismatch", "orphan-page",
        "broken-redirect", "broken-index-item", "unlisted-guide", "duplicate-url",
    }
)  # fmt: skip
"""The rules that must find nothing new after a rename."""
RULES = [rule() for rule in ALL_RULES if rule.name in MUST_HOLD]
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
KEPT = re.compile(
    rb'^aliases:.*\n(?:[ \t]*- .*\n)*|<a name="[^"]*"></a>| \{#[\w-]+\}(?=\r?$)', re.MULTILINE
)
"""What stays of a rename after its reverse: old addresses, and ids that headings had."""
Meaning = tuple[str, str, str | int]
"""Kind, target and place of a use."""
DEAD = "nowhere on the page"
NOTHING: Meaning = ("", "", "")


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

    @property
    def collection(self) -> Collection:
        """The guides as they are."""
        return self.workspace.collections[self.root]

    def apply(self, refactoring: Refactoring, made: Mapping[str, str] = {}) -> list[str]:
        """Change the files as a refactoring says, by which `made` pages move, too; what is wrong then."""
        before, findings = self.workspace, self.findings
        edited = {path for path in refactoring.edits if path in before.records}
        meant = {path: self._meanings(path, edited) for path in before.records}
        write(refactoring, before)
        where = {**refactoring.moves, **made}
        pages = [p for p in (*where, *refactoring.edits) if p in before.records]
        written = {where.get(path, path) for path in pages}
        gone = {path for path in where if path in before.records} - written
        self.workspace = before.updated(self.root, sorted(written), gone, files=True)
        self.backlinks.renew(self.workspace)
        self.findings = self._findings()
        self.workspace.forget(AT_HAND)
        touched = frozenset((*where, *where.values(), *refactoring.edits))
        old = Revision(before.collections[self.root], touched, where)
        lost = run_on_revision(old, self.collection, RULES, [])
        wrong = [f"{finding.rule}: {finding.path}: {finding.message}" for finding in lost]
        edited = {where.get(path, path) for path in edited}
        for path, meanings in meant.items():
            now = self._meanings(where.get(path, path), edited)
            expected = [
                (kind, where.get(target, target), place) for kind, target, place in meanings
            ]
            # A place that was none may be found by a guess, once a translation is elsewhere.
            expected = [
                new if old[2] == DEAD and new[:2] == old[:2] else old
                for old, new in zip_longest(expected, now, fillvalue=NOTHING)
            ]
            if now != expected:
                wrong.append(f"meaning: {path}: {_difference(expected, now)}")
        known = Counter({(rule, where.get(path, path)): n for (rule, path), n in findings.items()})
        told = {where.get(note.path, note.path) for note in refactoring.notes}
        for rule, path in self.findings - known:
            # That a product has no page in the locale, the move can only tell.
            if not (rule == "orphan-page" and path in told):
                wrong.append(f"{rule}: {path}")
        return wrong

    def _meanings(self, path: str, edited: AbstractSet[str]) -> Sequence[Meaning]:
        """What each use of a page means; on `edited` pages a place is a heading, whatever its id is."""
        return [(use.kind, use.target, self._place(use, edited)) for use in self.backlinks.on(path)]

    def _place(self, use: Use, edited: AbstractSet[str]) -> str | int:
        if use.is_dead:
            return DEAD
        if use.target not in edited:
            return use.fragment
        match = self.collection.resolve_anchor(use.target, use.fragment) if use.fragment else None
        self.workspace.reads.drain()
        if match is None or match.heading is None:
            return use.fragment
        return self.collection.documents[use.target].headings.index(match.heading)


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


class Choice(NamedTuple):
    """A rename and its reverse, each found when it is asked for, and the made pages that move by it.

    What joins pages that there are already has no reverse: it does not know which they were.
    """

    name: str
    forth: Callable[[], Refactoring]
    back: Callable[[], Refactoring] | None
    made: Mapping[str, str] = {}


class Renamer:
    """Renames what is in guides at random, forth and back; `keep` is how often it stays renamed."""

    def __init__(self, guides: Guides, seed: int, keep: float = 0.3) -> None:
        self.guides = guides
        self.keep = keep
        self.random = random.Random(seed)  # noqa: S311 - the same renames again

    def rename(self) -> Renamed:
        """One rename, its reverse, and the rename again where it is kept."""
        kinds: Sequence[Callable[[], Choice | None]] = (
            self.guide, self.guide, self.guide_elsewhere, self.guide_elsewhere, self.one_locale,
            self.one_locale, self.some_locales, self.picture, self.picture_elsewhere, self.group,
            self.heading, self.heading, self.section, self.key,
        )  # fmt: skip
        while True:
            choice = self.random.choice(kinds)()
            if choice is not None:
                with contextlib.suppress(UserError):
                    return self._there_and_back(choice, choice.forth())

    def _there_and_back(self, choice: Choice, forth: Refactoring) -> Renamed:
        guides = self.guides
        before = _contents((*forth.edits, *forth.moves, *forth.removed))
        wrong = guides.apply(forth, choice.made)
        edits = sum(map(len, forth.edits.values()))
        result = Renamed(choice.name, len(forth.moves), edits, len(forth.notes), wrong)
        if choice.back is None:
            return result
        try:
            back = choice.back()
        except UserError as error:
            wrong.append(f"no way back: {error}")
            return result
        others = [path for path in back.edits if path not in forth.moves.values()]
        before = {**_contents(others), **before}
        made = {new: old for old, new in choice.made.items()}
        wrong += [f"back: {line}" for line in guides.apply(back, made)]
        home = {new: old for old, new in forth.moves.items()}
        notes = (*forth.notes, *back.notes)
        other_form = {home.get(n.path, n.path) for n in notes if " now" in n.message}
        for path, data in before.items():
            if path in other_form:
                result.other_forms += 1
            elif lines := differing(path, data):
                wrong.append(f"bytes: {path}: {lines}")
        created = [path for path in forth.created if basename(path) != REDIRECTS]
        wrong += [f"left behind: {path}" for path in created if Path(path).exists()]
        if not wrong and self.random.random() < self.keep:
            wrong += [f"again: {line}" for line in guides.apply(choice.forth(), choice.made)]
        return result

    def _moving(
        self,
        kind: str,
        old: str,
        new: str,
        locales: Sequence[str] = (),
        made: Mapping[str, str] = {},
    ) -> Choice:
        guides = self.guides

        def moved(old: str, new: str) -> Refactoring:
            return move(guides.workspace, old, new, locales, guides.backlinks)

        name = f"{kind}: {old} -> {new} {' '.join(locales)}"
        joins = new[len(guides.root) + 1 :] in guides.collection.structure.folders
        back = None if joins else lambda: moved(new, old)
        return Choice(name, lambda: moved(old, new), back, made)

    # What is renamed

    def name(self) -> str:
        return "_".join(self.random.sample(WORDS, 2))

    def folder(self, type_: str = "guide") -> str:
        collection = self.guides.collection.structure
        folders = sorted(
            folder for folder, pages in collection.folders.items()
            if folder and any(t == type_ and not collection.pages[p].made for (t, _), p in pages.items())
        )  # fmt: skip
        return join(self.guides.root, self.random.choice(folders)) if folders else ""

    def guide(self) -> Choice:
        folder = self.folder()
        return self._moving("guide", folder, join(dirname(folder), self.name()))

    def guide_elsewhere(self) -> Choice:
        folder, other = self.folder(), self.folder()
        name = self.random.choice((basename(folder), self.name()))
        return self._moving("guide elsewhere", folder, join(dirname(other), name))

    def _locales(self, folder: str) -> list[str]:
        pages = self.guides.collection.structure.folders[folder[len(self.guides.root) + 1 :]]
        return sorted({locale for _, locale in pages})

    def one_locale(self) -> Choice:
        folder = self.folder()
        locale = self.random.choice(self._locales(folder))
        return self._moving("one locale", folder, join(dirname(folder), self.name()), [locale])

    def some_locales(self) -> Choice:
        folder, other = self.folder(), self.folder()
        locales = self._locales(folder)
        some = sorted(self.random.sample(locales, self.random.randint(1, len(locales))))
        return self._moving("some locales", folder, join(dirname(other), self.name()), some)

    def group(self) -> Choice | None:
        structure = self.guides.collection.structure
        made = sorted(
            {dirname(p) for p, page in structure.pages.items() if page.made and "/products/" in p}
        )
        if made:
            folder = self.random.choice(made)
            new = join(dirname(folder), f"new-{self.random.randrange(999)}")
            pages = {p: new + p[len(folder) :] for p in structure.pages if dirname(p) == folder}
            return self._moving("product", folder, new, made=pages)
        kind = self.random.choice(("product", "product", "product", "universe"))
        folder = self.folder(kind)
        if not folder or self.random.random() < 0.5:
            return None
        return self._moving(kind, folder, join(dirname(folder), self.name()))

    def _picture(self) -> str:
        files = sorted(self.guides.collection.structure.files)
        return self.random.choice([file for file in files if file.lower().endswith(PICTURES)])

    def picture(self) -> Choice:
        picture = self._picture()
        end = picture.rpartition(".")[2]
        return self._moving("picture", picture, join(dirname(picture), f"{self.name()}.{end}"))

    def picture_elsewhere(self) -> Choice:
        picture, other = self._picture(), self._picture()
        return self._moving("picture elsewhere", picture, join(dirname(other), basename(picture)))

    def heading(self) -> Choice | None:
        guides = self.guides
        path = self.random.choice(sorted(guides.workspace.records))
        headings = guides.workspace.facts(path).document.headings
        named = [index for index, heading in enumerate(headings) if heading.id]
        if not named:
            return None
        index = self.random.choice(named)
        text = read_source(path).text
        old, new = text_place(guides.workspace.facts(path).document, headings[index]), self.name()

        def renamed(words: str) -> Refactoring:
            id_ = guides.workspace.facts(path).document.headings[index].id
            return rename_heading(guides.workspace, path, id_, words, backlinks=guides.backlinks)

        written = text[old.start : old.end]
        name = f"heading: {path}#{headings[index].id} -> {new}"
        return Choice(name, lambda: renamed(new), lambda: renamed(written))

    def section(self) -> Choice | None:
        guides = self.guides
        named = guides.collection.structure.sections_named
        sections = sorted((path, name) for path, names in named.items() for name in names)
        product, old = self.random.choice(sections or [("", ",")])
        new = f"Section {self.random.randrange(9999)}"  # of one name, two sections would be one
        if "," in old:  # no product can list it
            return None

        def renamed(old: str, new: str) -> Refactoring:
            return rename_section(guides.workspace, product, old, new)

        name = f"section: {product}: {old} -> {new}"
        return Choice(name, lambda: renamed(old, new), lambda: renamed(new, old))

    def key(self) -> Choice | None:
        guides = self.guides
        keys = sorted(guides.collection.structure.keyed_addresses)
        if not keys:
            return None
        old, new = self.random.choice(keys), f"key-{self.random.randrange(999)}"

        def renamed(old: str, new: str) -> Refactoring:
            return rename_key(guides.workspace, guides.root, old, new)

        return Choice(f"key: {old} -> {new}", lambda: renamed(old, new), lambda: renamed(new, old))


def _contents(paths: Sequence[str] | Mapping[str, object]) -> dict[str, bytes]:
    return {path: Path(path).read_bytes() for path in paths if Path(path).is_file()}


def differing(path: str, data: bytes) -> str:
    """Where a file has not these bytes again, aliases and redirects aside; empty where it has."""
    if basename(path) == REDIRECTS:
        return ""
    now = Path(path).read_bytes() if Path(path).exists() else b""
    pairs = zip(*(KEPT.sub(b"", text).split(b"\n") for text in (data, now)), strict=False)
    found = next((f"{a!r} is {b!r}" for a, b in pairs if a != b), "")
    return found or ("" if KEPT.sub(b"", now) == KEPT.sub(b"", data) else "the end")
