"""Pages that may have been meant by a link that leads nowhere, the likeliest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from balise.collection.collection import Collection
from balise.collection.resolve import Target
from balise.document import Document
from balise.suggestions import most_like

MOST = 3
LONGEST = 300
"""Characters of an address or text: a longer one is like nothing."""

SHORTEST = 8
"""Characters of a link's text from which on it may be a title: "here" is none."""

GUESSED = frozenset({"no-page", "no-file", "outside", "no-folder", "no-product", "no-number"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that may have been meant; `certain` where its address differs in its products alone."""

    page: Document
    certain: bool = False


def suggest_pages(
    target: Target, text: str, document: Document, collection: Collection
) -> list[Suggestion]:
    """At most three pages that a missing `target` of a link `text` on `document` may have meant."""
    if target.kind != "missing" or not 0 < len(target.address) <= LONGEST:
        return []
    if target.reason not in GUESSED:
        return []
    found: list[Suggestion] = []
    for suggestion in _candidates(target, text, document, collection):
        known = [s.page.path for s in found]
        if suggestion.page.path not in (document.path, *known):
            found.append(suggestion)
    return found[:MOST]


def _candidates(
    target: Target, text: str, document: Document, collection: Collection
) -> Iterator[Suggestion]:
    name = collection.names.get(document.path)
    locale = name.locale if name else collection.scheme.fallbacks[0]
    if target.reason in ("no-folder", "no-product"):
        known = collection.folders if target.reason == "no-folder" else collection.products
        for key in most_like(target.address, known, limit=MOST):
            folder = key if target.reason == "no-folder" else collection.products[key]
            if page := collection.in_locale(folder, locale):
                yield Suggestion(page)
        return
    if target.reason == "no-number":
        yield from (Suggestion(page) for page in _titled(text, locale, collection))
        return
    locale = collection.locale_of(target.address) or locale
    source = target.address.endswith(".md")
    path = target.address.rpartition("/")[0] if source else target.address.rstrip("/")
    last = path.rpartition("/")[2]
    moved = collection.by_last_slug.get((locale, last), ())
    if not source:
        yield from (Suggestion(page, certain=len(moved) == 1) for page in moved)
    yield from (Suggestion(page) for page in _titled(text, locale, collection))
    yield from (Suggestion(page) for page in moved)
    yield from (Suggestion(page) for page in _in_folders(last, locale, collection))
    slugs = [slug for found, slug in collection.by_last_slug if found == locale]
    for slug in most_like(last, slugs, limit=MOST):
        yield from (Suggestion(page) for page in collection.by_last_slug[locale, slug])


def _titled(text: str, locale: str, collection: Collection) -> Iterator[Document]:
    """The pages whose title reads like the text of the link."""
    if not SHORTEST < len(text) <= LONGEST:
        return
    pages = collection.by_title.get(locale, {})
    for title in most_like(text.casefold(), pages, limit=MOST, threshold=90):
        yield pages[title]


def _in_folders(last: str, locale: str, collection: Collection) -> Iterator[Document]:
    """The pages in folders of this name: a folder was taken for a slug."""
    for folder in collection.folders_by_name.get(last, ()):
        if page := collection.in_locale(folder, locale):
            yield page
