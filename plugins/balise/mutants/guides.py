"""The guides of a collection, each with its pages in all locales, as mutants are planted in them."""

import random
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from posixpath import dirname

import msgspec

from balise.base.source import SourceFile, Span
from balise.claims import Claims
from balise.document import Document
from balise.workspace.sources import source_of
from balise.workspace.workspace import Workspace

WITNESSES = 3
"""Languages that must state the same as a translation in which it is changed, its source among them."""
MAJORITY = 2 / 3
"""Share of the other pages that must state the same, of those that say anything there."""


class Page(msgspec.Struct, frozen=True):
    """A page and what it states."""

    locale: str
    source: SourceFile
    document: Document
    claims: Claims

    @property
    def language(self) -> str:
        """`fr` of `fr-ca`"""
        return self.locale.partition("-")[0]


class Guide(msgspec.Struct, frozen=True):
    """A guide: its `pages` by locale, and the locale `original` that they were translated from.

    `name` is the path of the pages up to the locale.
    """

    name: str
    pages: Mapping[str, Page]
    original: str


class MutationContext(msgspec.Struct, frozen=True):
    """Where a mutant may be planted: a page of a guide.

    With `alone` the page is to contradict its translations, which have to agree on what it states.
    `linked` are the anchors that any page leads to.
    """

    guide: Guide
    page: Page
    chance: random.Random
    linked: frozenset[str]
    alone: bool = True

    @property
    def is_source(self) -> bool:
        """Whether the other pages are translations of this one."""
        return self.page.locale == self.guide.original

    @property
    def others(self) -> Sequence[Page]:
        """The guide in its other locales."""
        return [page for locale, page in self.guide.pages.items() if locale != self.page.locale]

    def agree(self, values: Mapping[str, Hashable], mine: Hashable) -> bool:
        """Whether what the page states is what the others state; `values` are theirs, by locale.

        To be outvoted, a translation has to have its source and most others against it. A source has
        to have one translation that states the same.
        """
        agreeing = [locale for locale, value in values.items() if value == mine]
        if not self.alone:
            return bool(agreeing)
        languages = {locale.partition("-")[0] for locale in agreeing}
        return (
            self.guide.original in agreeing
            and len(languages) >= WITNESSES
            and len(agreeing) >= MAJORITY * len(values)
        )


def guides_of(workspace: Workspace, source_locale: str) -> list[Guide]:
    """The guides among the pages that were asked for, in the order of these.

    `source_locale` is the one that guides are translated from, empty where nobody has said it. Pages
    whose text cannot be read as it is are left out.
    """
    found: dict[tuple[str, str], dict[str, Page]] = defaultdict(dict)
    for file in workspace.scope.pages:
        path, collection = file.path, workspace.collections[file.root]
        name, source = collection.names.get(path), source_of(path)
        if name is None or source is None or source.undecodable:
            continue
        page = Page(name.locale, source, collection.documents[path], workspace.claims[path])
        found[file.root, f"{dirname(path)}/{name.type}"][name.locale] = page
    guides = []
    for (root, stem), pages in found.items():
        scheme = workspace.collections[root].scheme
        preferred = (source_locale, scheme.original, *scheme.fallbacks)
        original = next((locale for locale in preferred if locale in pages), min(pages))
        guides.append(Guide(stem, pages, original))
    return guides


def linked_anchors(workspace: Workspace) -> frozenset[str]:
    """The anchors that links on any of the pages name."""
    documents = (
        collection.documents[path]
        for collection in workspace.collections.values()
        for path in collection.names
    )
    links = (link for document in documents for link in document.links)
    return frozenset(link.href.partition("#")[2] for link in links if "#" in link.href)


def whole_lines(source: SourceFile, span: Span) -> Span:
    """The lines that a place is on, and the blank one below where there is one above as well."""
    starts = source.line_starts
    first, last = source.position(span.start).line, source.position(max(span.end - 1, 0)).line
    between = first == 1 or not source.line(first - 1).strip()
    if last < len(starts) and between and not source.line(last + 1).strip():
        last += 1
    return Span(starts[first - 1], starts[last] if last < len(starts) else len(source.text))
