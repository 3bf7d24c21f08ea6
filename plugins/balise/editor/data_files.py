"""Data files: the pages that their entries lead to, and the navigation as an outline."""

from collections.abc import Mapping, Sequence

from balise.base.source import Span
from balise.collection import Target, resolve
from balise.collection.facts import FACTS
from balise.collection.forms import Address
from balise.collection.layouts.index import INDEX, outline
from balise.collection.redirects import REDIRECTS
from balise.collection.targets import on_page
from balise.editor.model import Place, Symbol
from balise.editor.view import View


def data_targets(view: View) -> Mapping[Span, Target]:
    """Where the entries of a data file lead, by the places of their values; none of a page.

    A folder of the navigation or of `facts.yml` stands for its page in the original locale, or the
    best one that it has.
    """
    structure, entries = view.collection.structure, view.document.data
    name = structure.data_name(view.path) if entries else ""
    if name == INDEX:
        items = outline(structure.data)
        return _in_folders({i.entry.value_span: i.folder for i in items if i.folder}, view)
    if name == FACTS:
        pages = (entry for entry in entries if entry.keys[1:2] == ("pages",))
        return _in_folders({e.value_span: e.value.strip().strip("/") for e in pages}, view)
    if name == REDIRECTS:
        return _redirected(view)
    links = (entry for entry in entries if entry.value.startswith(("https://", "http://")))
    return {e.value_span: resolve(e.value, view.path, view.collection) for e in links}


def _in_folders(folders: Mapping[Span, str], view: View) -> Mapping[Span, Target]:
    collection = view.collection
    return {
        span: on_page(path, Address("folder", folder), collection)
        for span, folder in folders.items()
        if (path := collection.in_locale(folder, view.locale))
    }


def _redirected(view: View) -> Mapping[Span, Target]:
    structure = view.collection.structure
    values = {entry.key_span: entry.value_span for entry in view.document.data}
    found: dict[Span, Target] = {}
    for redirect in structure.redirects.all:
        span = values.get(redirect.span) if redirect.path == view.path else None
        written = Address("published", redirect.target, redirect.fragment)
        path = structure.by_url.get(redirect.target)
        if span and redirect.external:
            found[span] = Target("external", written, address=redirect.target)
        elif span and path:
            found[span] = on_page(path, written, view.collection)
    return found


def data_symbols(view: View) -> Sequence[Symbol]:
    """The items of the navigation as a tree; none of any other file."""
    structure = view.collection.structure
    if structure.data_name(view.path) != INDEX:
        return ()
    children: dict[tuple[str, ...], list[Symbol]] = {}
    for item in reversed(list(outline(structure.data))):
        entry = item.entry
        below = children.pop(entry.keys, [])
        end = below[0].place.span.end if below else entry.value_span.end
        place = Place(view.path, Span(entry.key_span.start, end), entry.key_span)
        symbol = Symbol(item.label, place, "heading", item.kind, tuple(reversed(below)))
        children.setdefault(entry.keys[:-1], []).append(symbol)
    return tuple(reversed(children.get((), [])))
