"""A heading gets another text: its id follows, links follow that, and old ids lead to it as before."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import Edit, SourceFile, Span, apply_edits
from balise.base.suggestions import did_you_mean
from balise.collection import AnchorMatch, Anchors, Collection
from balise.collection.github_anchors import github_ids
from balise.document import Document, Heading, HtmlTag, read_document
from balise.document.slugs import IdPool
from balise.refactor.backlinks import Backlinks, backlinks_of
from balise.refactor.fragments import Renamed, followed
from balise.refactor.model import Note, Refactoring
from balise.refactor.pages import require_collection, text_of
from balise.workspace.workspace import Workspace


class _Page(NamedTuple):
    """The page whose heading number `number` gets another text."""

    source: SourceFile
    document: Document
    collection: Collection
    number: int

    @property
    def heading(self) -> Heading:
        return self.document.headings[self.number]

    def anchors(self, edits: Sequence[Edit]) -> Anchors:
        """The anchors of the page with some edits."""
        text = apply_edits(self.source.text, edits)
        return self.collection.anchors_of(read_document(SourceFile(self.source.path, text)))


def rename_heading(
    workspace: Workspace,
    path: str,
    anchor: str,
    text: str,
    *,
    keep: bool = True,
    backlinks: Backlinks | None = None,
) -> Refactoring:
    """Let the heading that `#anchor` leads to read `text`, which is Markdown of one line.

    With `keep`, whatever led to a place of the page still does: ids that the heading had stay as
    anchors, and no other heading gets another id. Raises UserError.
    """
    collection = require_collection(workspace, path)
    document = workspace.facts(path).document
    index = heading_index(collection, path, anchor)
    page = _Page(text_of(workspace, path), document, collection, index)
    edits = _settled(page, text.strip(), keep=keep)
    changed = SourceFile(path, apply_edits(page.source.text, edits), has_bom=page.source.has_bom)
    after = workspace.with_texts([changed]).collections[collection.root]
    headings = after.documents[path].headings
    renamed = Renamed(path, index, _ids(after.documents[path], after))
    found = {path: list(edits)}
    notes: list[Note] = []
    for change in followed(workspace, after, renamed, backlinks or backlinks_of(workspace)):
        if isinstance(change, Note):
            notes.append(change)
        elif change.path != path or not _is_replaced(change.edit.span, edits):
            found.setdefault(change.path, []).append(change.edit)
    title = f"rename “{page.heading.text}” to “{headings[index].text}”"
    return Refactoring(
        title, {path: sorted(set(made)) for path, made in found.items()}, notes=notes
    )


def _is_replaced(place: Span, edits: Sequence[Edit]) -> bool:
    """Whether a place is in the text that the heading had: what stands there goes with it."""
    return any(edit.span.start <= place.start and place.end <= edit.span.end for edit in edits)


def heading_index(collection: Collection, path: str, anchor: str) -> int:
    """Which heading of a page an anchor leads to, from 0. Raises UserError where it leads to none."""
    document = collection.documents[path]
    match = collection.resolve_anchor(path, anchor) if anchor else None
    if match is None:
        hint = did_you_mean(anchor, collection.anchors(path).places)
        raise UserError(f"`#{anchor}` is not an anchor of {path_here(path)}{hint}")
    if match.heading is None:
        raise UserError(
            f"`#{anchor}` is no heading of {path_here(path)}: only headings can be renamed"
        )
    return document.headings.index(match.heading)


def text_place(document: Document, heading: Heading) -> Span:
    """Where the text of a heading stands, without the anchors in front of it and behind it.

    Raises UserError where there is an anchor in its midst.
    """
    start, end = heading.content.start, heading.content.end
    tags = [t for t in document.html_tags if t.name == "a" and start <= t.span.start < end]
    while tags and tags[0].span.start == start:
        start = tags.pop(0).span.end
    while tags and tags[-1].span.end == end:
        end = tags.pop().span.start
    if any(start <= anchor.span.start < end for anchor in document.anchors):
        raise UserError(
            f"{path_here(document.path)}:{heading.line}: there is an anchor in the midst of this heading; "
            "put it in front of the text first"
        )
    return Span(start, end)


def _settled(page: _Page, text: str, *, keep: bool) -> list[Edit]:
    """The edits of the page itself, but for its links."""
    edit = _renamed(page, text)
    after = page.anchors([edit])
    _require_heading(page, text, after.document)
    id_ = _ids(after.document, page.collection)[page.number]
    edits = [edit, *_needless(page, id_)]
    if not keep:
        return edits
    if own := list(_own_pin(page, id_)):
        edits += own
        after = page.anchors(edits)
    if pins := list(_pins(page, after.document)):
        edits += pins
        after = page.anchors(edits)
    lost = _lost(page, page.collection.anchors_of(page.document), after)
    return [*edits, *_aliases(page, lost)]


def _renamed(page: _Page, text: str) -> Edit:
    """The edit that gives the heading its text. Raises UserError where that is none, or the same."""
    where = f"{path_here(page.document.path)}:{page.heading.line}"
    if not text:
        raise UserError(
            f"{where}: a heading needs a text; write one, or remove the heading by hand"
        )
    place = text_place(page.document, page.heading)
    written = page.source.text[place.start : place.end]
    if written.strip() == text:
        raise UserError(f"{where}: the heading reads “{text}” already")
    start = place.start + len(written) - len(written.lstrip())
    return Edit(Span(start, max(start, place.start + len(written.rstrip()))), text)


def _require_heading(page: _Page, text: str, after: Document) -> None:
    """Raise UserError where the page would not have the same headings `after` the change, but for one."""
    where = f"{path_here(page.document.path)}:{page.heading.line}"
    others, wanted = (
        [(h.level, h.text) for h in _others(document, page)] for document in (after, page.document)
    )
    heading = after.headings[page.number] if others == wanted else None
    if heading is None or not heading.text or heading.level != page.heading.level:
        raise UserError(
            f"{where}: “{text}” cannot be the text of one heading; write one line of text"
        )
    own = [item.value for a in heading.attributes for item in a.items if item.kind == "id"]
    if len(own) > 1:
        raise UserError(
            f"{where}: the heading has the id `{page.heading.id}`, and can get no other"
        )
    there = _names(page) | {a.name for a in page.document.anchors}
    if own and own[0] in there and own[0] != page.heading.id:
        raise UserError(f"{where}: `#{own[0]}` is another anchor of this page already")


def _others(document: Document, page: _Page) -> Sequence[Heading]:
    return (*document.headings[: page.number], *document.headings[page.number + 1 :])


def _names(page: _Page) -> set[str]:
    """The ids of the other headings, and those that they had."""
    others = _others(page.document, page)
    return {name for heading in others for name in (heading.id, *heading.aliases)}


def _ids(document: Document, collection: Collection) -> Sequence[str]:
    """The id of each heading, as the site has it."""
    if collection.plain:
        return github_ids(document.headings)
    return [heading.id for heading in document.headings]


def _needless(page: _Page, id_: str) -> Iterator[Edit]:
    """Take an anchor out of the heading that has the name which is to be its id."""
    content = page.heading.content
    named = {a.span for a in page.document.anchors if a.name == id_}
    for tag, closing in pairwise(page.document.html_tags):
        inside = content.start <= tag.span.start and closing.span.end <= content.end
        if inside and tag.span in named and _is_empty(tag, closing):
            yield Edit(Span(tag.span.start, closing.span.end), "")


def _is_empty(tag: HtmlTag, closing: HtmlTag) -> bool:
    return closing.closing and closing.name == tag.name and tag.span.end == closing.span.start


def _pins(page: _Page, after: Document) -> Iterator[Edit]:
    """Write the id of each other heading behind it that would get another one."""
    if page.collection.plain:
        return
    for old, new in zip(_others(page.document, page), _others(after, page), strict=True):
        if old.id != new.id:
            yield Edit(Span(old.content.end, old.content.end), f" {{#{old.id}}}")


def _own_pin(page: _Page, id_: str) -> Iterator[Edit]:
    """Write another id behind the heading where its own would be an older one of another heading."""
    pool = IdPool(_names(page))
    if id_ in pool.taken and not page.collection.plain:
        end = page.heading.content.end
        yield Edit(Span(end, end), f" {{#{pool.unique(id_)}}}")


def _lost(page: _Page, before: Anchors, after: Anchors) -> Mapping[int, Sequence[str]]:
    """By the number of a heading, its ids and older ids that do not lead to it any more."""
    found: dict[int, list[str]] = {}
    ids = _ids(page.document, page.collection)
    for index, (id_, heading) in enumerate(zip(ids, page.document.headings, strict=True)):
        for name in dict.fromkeys((id_, *heading.aliases)):
            if _index(before.exact(name), before) == index != _index(after.exact(name), after):
                found.setdefault(index, []).append(name)
    return found


def _index(match: AnchorMatch | None, anchors: Anchors) -> int:
    """The number of the heading that an anchor leads to; -1 for none."""
    heading = match.heading if match else None
    return anchors.document.headings.index(heading) if heading else -1


def _aliases(page: _Page, kept: Mapping[int, Sequence[str]]) -> Iterator[Edit]:
    """Write anchors into the headings that are to keep old ids."""
    for index, names in kept.items():
        start = page.document.headings[index].content.start
        tags = "".join(f'<a name="{escape(name)}"></a>' for name in names)
        yield Edit(Span(start, start), tags)
