"""Links to places of a page whose headings have got other ids: what they lead to today, they lead to again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from posixpath import join
from typing import NamedTuple
from urllib.parse import quote

from balise.base.source import Edit, Span
from balise.collection import AnchorMatch, Collection, Target, resolve, with_fragment
from balise.collection.redirects import REDIRECTS
from balise.collection.rewrite import SAFE
from balise.document import Document, Heading
from balise.refactor.backlinks import Backlinks, Use
from balise.refactor.model import Note
from balise.workspace.workspace import Workspace

LEFT = "this link leads to the heading, and its address stands elsewhere; write `#{id}` there"

DERIVED = ("id", "alias")
"""How a fragment leads to a heading by an id that follows from its text."""


class Renamed(NamedTuple):
    """The heading `number` (from 0) on the page at `path`, and the `ids` that all headings there are to have."""

    path: str
    number: int
    ids: Sequence[str]


class Change(NamedTuple):
    """An edit of a file."""

    path: str
    edit: Edit


def followed(
    workspace: Workspace, after: Collection, renamed: Renamed, backlinks: Backlinks
) -> Iterator[Change | Note]:
    """What is to be done to each link to a place of the page, so that it leads there `after` the change.

    A translation may have lent its anchors from the page, so links to its places are looked at too.
    """
    before = workspace.collections[after.root]
    look = _Look(before, after, renamed)
    for path in (renamed.path, *before.siblings(renamed.path)):
        uses = [use for use in backlinks.of(path) if use.kind == "link" and use.fragment]
        for page, on_page in groupby(uses, key=lambda use: use.path):
            if page in workspace.records:
                yield from _on_page(workspace, page, on_page, look)
    yield from _in_data(workspace, look)


class _Look(NamedTuple):
    """The collection before and after, and the heading that is renamed in between."""

    before: Collection
    after: Collection
    renamed: Renamed

    def wanted(self, href: str, page: str, *, html: bool = False) -> str:
        """The fragment that a link is to have from now on; empty where it stays as it is."""
        was = resolve(href, page, self.before, html=html)
        heading = was.anchor.heading if was.anchor else None
        if was.anchor is None or heading is None or not was.written.fragment:
            return ""
        index = _headings(self.before, was).index(heading)
        named = (was.path, index) == self.renamed[:2] and was.anchor.strategy in DERIVED
        now = resolve(href, page, self.after, html=html)
        if not named and self._is_same(was, now, index):
            return ""
        ids = self.renamed.ids if was.path == self.renamed.path else ()
        id_ = ids[index] if ids else heading.id
        return "" if id_ == was.written.fragment else id_

    def _is_same(self, was: Target, now: Target, index: int) -> bool:
        """Whether a link leads to the heading of this number as before, and no less plainly."""
        if was.anchor is None or now.anchor is None or now.path != was.path:
            return False
        plainly = _plainness(now.anchor) >= _plainness(was.anchor)
        return plainly and now.anchor.heading == _headings(self.after, now)[index]


def _plainness(anchor: AnchorMatch) -> int:
    """How plainly a fragment names its place: by an id of today, one of the past, or neither."""
    return 0 if anchor.legacy else 1 if anchor.strategy == "alias" else 2


def _headings(collection: Collection, target: Target) -> Sequence[Heading]:
    return collection.documents[target.path].headings


def _on_page(
    workspace: Workspace, path: str, uses: Iterable[Use], look: _Look
) -> Iterator[Change | Note]:
    text = ""
    for use in uses:
        fragment = look.wanted(use.href, path, html=use.html)
        if fragment and use.address is None:
            yield Note(path, use.span, LEFT.format(id=fragment))
        elif fragment and use.address is not None:
            text = text or workspace.source(path).text
            yield Change(path, fragment_edit(text, use.address, use.href, fragment))


def _in_data(workspace: Workspace, look: _Look) -> Iterator[Change]:
    """In the data files, which have addresses of redirects and of keys."""
    data: Mapping[str, Document] = look.before.structure.data
    for name, document in data.items():
        for entry in document.data:
            if "#" not in entry.value:
                continue
            href = entry.value
            if name == REDIRECTS and href.startswith("/"):
                href = join(look.before.scheme.site, href.lstrip("/"))
            if fragment := look.wanted(href, look.renamed.path):
                text = workspace.source(document.path).text
                yield Change(document.path, fragment_edit(text, entry.value_span, href, fragment))


def fragment_edit(text: str, place: Span, href: str, fragment: str) -> Edit:
    """Write another fragment into the address at a place, escaped if the one that stands there is."""
    raw = text[place.start : place.end]
    at = raw.find("#")
    if "&#" in raw or at < 0:
        return Edit(place, with_fragment(href, fragment))
    end = place.end - (raw[0] in "\"'" and raw[-1] == raw[0])
    return Edit(Span(place.start + at + 1, end), quote(fragment, safe=SAFE))
