"""Highlights: the other places of the page that are about the same thing."""

from collections.abc import Iterable

from balise.base.source import Span
from balise.claims import HostClaim
from balise.claims.model import Quantity
from balise.claims.outline import label_places
from balise.collection import Target
from balise.document import Anchor, CodeSpan, Emphasis, Heading, Image, Link
from balise.editor.cursor import Port, Thing, thing_at
from balise.editor.statements import stated_here
from balise.editor.targets import picture_path_of, target_of
from balise.editor.view import View


def highlights(view: View, offset: int) -> list[Span]:
    """The same target, anchor, picture, label, number or host, the one at the offset among them."""
    thing = thing_at(view, offset)
    return sorted(set(_alike(thing, view))) if thing else []


def _alike(thing: Thing, view: View) -> Iterable[Span]:
    document = view.document
    match thing:
        case Link():
            return _to_same(target_of(thing, view), view)
        case Heading():
            own = [thing.span] if thing.id else []
            return [*own, *_to_heading(thing, view)]
        case Anchor(name=name):
            links = (link for link in document.links if target_of(link, view).path == view.path)
            return [thing.span, *(s.span for s in links if target_of(s, view).fragment == name)]
        case Image():
            path = picture_path_of(thing, view)
            alike = (i.span for i in document.images if path and picture_path_of(i, view) == path)
            return [thing.span, *alike]
        case CodeSpan(text=text) | Emphasis(text=text):
            return [span for span, label in label_places(document) if label == text]
        case Port() | HostClaim() | Quantity():
            return stated_here(thing, view.claims)
    return [thing.span]


def _to_same(target: Target, view: View) -> list[Span]:
    """The links to the same place, and the heading there if that is on this page."""
    found: list[Span] = []
    for link in view.document.links:
        other = target_of(link, view)
        if _meaning(other) == _meaning(target):
            found.append(link.span)
    if target.path == view.path and target.anchor and target.anchor.heading:
        found.append(target.anchor.heading.span)
    return found


def _meaning(target: Target) -> tuple[str, str]:
    return target.path or target.address or target.written.rest, target.fragment


def _to_heading(heading: Heading, view: View) -> list[Span]:
    targets = ((link.span, target_of(link, view)) for link in view.document.links)
    return [
        span
        for span, target in targets
        if target.path == view.path and target.anchor and target.anchor.heading == heading
    ]
