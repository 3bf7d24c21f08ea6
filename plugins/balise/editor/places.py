"""Where things are: a page, a heading, an anchor, a file -> a place that an editor can open."""

from collections.abc import Mapping

from balise.base.source import Span
from balise.collection import AnchorMatch, Collection, Target
from balise.collection.layouts.index import INDEX, outline
from balise.document import Document, Heading
from balise.editor.model import Place
from balise.editor.sections import section_spans

TOP = Span(0, 0)


def target_place(target: Target, collection: Collection) -> Place | None:
    """Where a link leads; None if that is no page or file of the collection."""
    if target.kind == "file":
        return Place(target.path, TOP)
    if target.kind != "page":
        return None
    if collection.structure.pages[target.path].made:
        return made_page_place(target.path, collection)
    if target.anchor:
        return anchor_place(target.anchor, collection.documents[target.path])
    return Place(target.path, TOP)


def anchor_place(match: AnchorMatch, document: Document) -> Place:
    """A heading, or an anchor made by hand."""
    if match.heading:
        return Place(document.path, match.heading.span)
    anchors = (a.span for a in document.anchors if a.name == match.target)
    return Place(document.path, next(anchors, TOP))


def heading_place(document: Document, index: int) -> Place:
    """The section of a page's heading, with the heading selected."""
    heading = document.headings[index]
    return Place(document.path, section_spans(document)[index], heading.span)


def headings_by_anchor(path: str, collection: Collection) -> Mapping[str, Heading | None]:
    """The anchors of a page in their order -> the heading of each; None of those made by hand."""
    anchors = collection.anchors(path)
    found: dict[str, Heading | None] = {}
    for id_ in sorted(anchors.places, key=anchors.places.__getitem__):
        match = anchors.exact(id_)
        found[id_] = match.heading if match and match.strategy == "id" else None
    return found


def made_page_place(path: str, collection: Collection) -> Place | None:
    """The item that a page follows from which has no file; None of a home, which follows from all."""
    index, folder = collection.structure.data[INDEX], collection.folder(path)
    for item in outline(collection.structure.data):
        if folder and item.folder == folder:
            return Place(
                index.path,
                Span(item.entry.key_span.start, item.entry.value_span.end),
                item.entry.key_span,
            )
    return None
