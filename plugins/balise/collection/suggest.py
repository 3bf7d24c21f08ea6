"""Pages that may have been meant by a link that leads nowhere, the likeliest first."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from balise.base.suggestions import most_like
from balise.collection.collection import Collection
from balise.collection.likeness import may_mean
from balise.collection.structure import folded_path
from balise.collection.targets import Target

MAX_SUGGESTIONS = 3
MAX_LENGTH = 300
"""Characters of an address or text: a longer one is like nothing."""

ALIKE = 80.0
"""Least similarity (0 to 100) of a slug that may have been meant."""

SHORT, ALMOST_EQUAL = 12, 88.0
"""Least similarity of names with more characters than that: those beside one are named much alike."""

FILE_NAME = re.compile(r"/[^/]*\.md$")

SOURCE_NAME = re.compile(r"(?P<glued>.*?)(?P<type>guide|product|universe|home)\.")
"""How a page's file begins; of `setupguide.fr-fr.md` the `/` was lost."""

SHORTEST = 8
"""Characters of a link's text from which on it may be a title: "here" is none."""

GUESSED = frozenset({"no-page", "no-file", "outside", "no-folder", "no-product", "no-number"})


class Suggestion(msgspec.Struct, frozen=True):
    """A page that may have been meant; `certain` where its address differs in its products alone."""

    path: str
    certain: bool = False


def suggest_pages(target: Target, text: str, page: str, collection: Collection) -> list[Suggestion]:
    """At most three pages that a missing `target` of a link `text` on `page` may have meant."""
    if target.kind != "missing" or not 0 < len(target.address) <= MAX_LENGTH:
        return []
    if target.reason not in GUESSED:
        return []
    found: list[Suggestion] = []
    for suggestion in _candidates(target, text, page, collection):
        known = [s.path for s in found]
        if suggestion.path not in (page, *known):
            found.append(suggestion)
    return found[:MAX_SUGGESTIONS]


def _candidates(
    target: Target, text: str, page: str, collection: Collection
) -> Iterator[Suggestion]:
    name = collection.names.get(page)
    locale = name.locale if name else (*collection.scheme.fallbacks, collection.scheme.original)[0]
    slipped = _slipped(target, collection)
    if slipped and (path := collection.in_locale(slipped, locale)):
        yield Suggestion(path, certain=True)
    if target.reason == "no-folder":
        for folder in _folders_like(FILE_NAME.sub("", target.address), collection):
            if path := collection.in_locale(folder, locale):
                yield Suggestion(path)
        yield from (Suggestion(path) for path in _titled(text, locale, collection))
        return
    if target.reason == "no-product":
        for product in _mistyped(target.address, collection.products):
            if path := collection.in_locale(collection.products[product], locale):
                yield Suggestion(path)
        return
    if target.reason == "no-number":
        yield from (Suggestion(path) for path in _titled(text, locale, collection))
        return
    locale = collection.locale_of(target.address) or locale
    folder, slash, file = target.address.rpartition("/")
    source = SOURCE_NAME.match(file) if slash else None
    if source and not file.endswith(".md", source.end()):
        source = None
    if source:
        last = source["glued"] or folder.rpartition("/")[2]
        kind = source["type"]
    else:
        last, kind = target.address.rstrip("/").removesuffix(".md").rpartition("/")[2], ""
    likely = _likely(text, last, locale, collection)
    moved = collection.by_last_slug.get((locale, last), ())
    if not source:
        yield from (Suggestion(path, certain=len(moved) == 1) for path in moved)
    for path in likely:
        if not kind or collection.names[path].type == kind:
            yield Suggestion(path)


def _slipped(target: Target, collection: Collection) -> str:
    """The folder that an address by `/pages/` names but for slips of the pen; empty if none does.

    The `/` in front is missing, a `/guide.fr-fr.md` stands behind, or there are `-` for `_`.
    """
    parts = [part for part in target.written.rest.split("/") if part not in ("", ".", "..")]
    if target.form != "folder":
        if parts[:1] != ["pages"]:
            return ""
        parts = parts[1:]
    if parts and parts[-1].endswith(".md"):
        parts.pop()
    folder = "/".join(parts)
    if folder in collection.folders:
        return folder
    folders = collection.folders_by_folded_path.get(folded_path(folder), ())
    return folders[0] if len(folders) == 1 else ""


def _folders_like(folder: str, collection: Collection) -> Iterator[str]:
    """Folders of the same name elsewhere, then those beside it of a name like its own."""
    above, _, name = folder.rpartition("/")
    yield from collection.folders_by_name.get(folded_path(name), ())
    beside = {f.rpartition("/")[2]: f for f in collection.folders if f.rpartition("/")[0] == above}
    yield from (beside[found] for found in _mistyped(name, beside))


def _mistyped(name: str, names: Iterable[str]) -> Sequence[str]:
    """The names that one may be a slip of."""
    threshold = ALIKE if len(name) <= SHORT else ALMOST_EQUAL
    return _likeliest(name, names, threshold)


def _likely(text: str, last: str, locale: str, collection: Collection) -> Iterator[str]:
    """By the text of the link, by a slug in any language, by a folder, by a slug most like it."""
    yield from _titled(text, locale, collection)
    if not last:
        return
    yield from collection.by_last_slug.get((locale, last), ())
    for folder in collection.folders_by_slug.get(last, ()):
        if path := collection.in_locale(folder, locale):
            yield path
    yield from _in_folders(last, locale, collection)
    slugs = collection.slugs.get(locale, ())
    for slug in _likeliest(last, slugs, ALIKE):
        yield from collection.by_last_slug[locale, slug]


def _titled(text: str, locale: str, collection: Collection) -> Iterator[str]:
    """The pages whose title reads like the text of the link, or that do in another language."""
    if not SHORTEST < len(text) <= MAX_LENGTH:
        return
    title = text.casefold()
    pages = collection.by_title.get(locale, {})
    found = _likeliest(title, pages, 90)
    yield from (pages[title] for title in found)
    others = [] if found else [pages.get(title) for pages in collection.by_title.values()]
    for other in others:
        if other and (path := collection.in_locale(collection.folder(other), locale)):
            yield path


def _likeliest(name: str, names: Iterable[str], threshold: float) -> Sequence[str]:
    """The names most like one; none if the first of them says something else."""
    found = most_like(name, names, limit=MAX_SUGGESTIONS, threshold=threshold)
    return found if found and may_mean(name, found[0]) else []


def _in_folders(last: str, locale: str, collection: Collection) -> Iterator[str]:
    """The pages in folders of this name: a folder was taken for a slug."""
    for folder in collection.folders_by_name.get(folded_path(last), ()):
        if path := collection.in_locale(folder, locale):
            yield path
