"""Document links: the addresses of a page that can be followed."""

from collections.abc import Iterator

from balise.base.source import Span
from balise.collection import Target
from balise.editor.data_files import data_targets
from balise.editor.model import DocumentLink, Place
from balise.editor.places import TOP, target_place
from balise.editor.targets import include_path, picture_path_of, target_of
from balise.editor.view import View

FOLLOWED = ("https://", "http://", "mailto:")
"""How addresses of other sites begin that an editor can open."""


def document_links(view: View) -> list[DocumentLink]:
    """The links, pictures and includes of a page that lead somewhere, in the order of the page."""
    return sorted(_links(view), key=lambda link: link.span)


def _links(view: View) -> Iterator[DocumentLink]:
    document = view.document
    canonical = (document.canonical,) if document.canonical else ()
    for link in (*canonical, *document.links):
        yield from _link(link.address or link.span, target_of(link, view), view)
    for span, target in data_targets(view).items():
        yield from _link(span, target, view)
    for image in document.images:
        if path := picture_path_of(image, view):
            yield DocumentLink(image.address or image.span, Place(path, TOP))
    for include in document.includes:
        if path := include_path(include, view):
            yield DocumentLink(include.span, Place(path, TOP))


def _link(span: Span, target: Target, view: View) -> Iterator[DocumentLink]:
    if place := target_place(target, view.collection):
        yield DocumentLink(span, place, tooltip=_title(target, view))
    elif target.kind == "external" and target.address.startswith(FOLLOWED):
        yield DocumentLink(span, url=target.address)


def _title(target: Target, view: View) -> str:
    page = view.collection.structure.pages.get(target.path)
    return (page.value("title") or "") if page else ""
