"""Addresses of guides and other pages, in the form that the authors around use."""

from collections import Counter
from collections.abc import Iterator, Sequence

from balise.base.source import Edit
from balise.collection import Collection, Page, address_like, number_of, resolve
from balise.collection.folder import PAGES
from balise.collection.forms import Form
from balise.collection.layouts.index import INDEX
from balise.document import Document
from balise.editor.completions.near import nearest_first
from balise.editor.matching import LIMIT
from balise.editor.model import Completion
from balise.editor.titles import titles_for
from balise.editor.typed import Typed
from balise.editor.view import View

NUMBER = "{legacy}"
"""How an address begins that names a guide by its number in an older system."""
USUAL: frozenset[Form] = frozenset({"published", "folder", "relative"})
"""The forms in which an address is offered that is not begun; numbers are of the past."""
ALIKE = 10
"""Pages with a title like the text of a link that are offered before others."""
SHORTEST = 3
"""Characters of the text of a link that say something."""
NEIGHBOURS = 8
"""Translations that are looked at for the form of links where a page has none."""


def links(view: View, typed: Typed) -> Iterator[Completion]:
    """The pages whose title, path or address fits what is typed, those of the page's locale first."""
    structure = view.collection.structure
    form, searched = _begun(typed.text, structure.scheme.site) or (_usual_form(view), typed.text)
    if form == "number" and searched.startswith("{"):
        return  # the key of an address
    for path in _paths(view, searched, typed.label, by_number=form == "number")[:LIMIT]:
        page = structure.pages[path]
        name = structure.names.get(path)
        elsewhere = f"{name.locale} · " if name and name.locale != view.locale else ""
        yield Completion(
            label=page.value("title") or structure.relative(path),
            kind="page",
            edit=Edit(typed.span, _address(page, form, view)),
            detail=f"{elsewhere}{structure.relative(path)}",
            documentation=_documentation(page, view),
            filter_text=typed.text,
        )


def _paths(view: View, searched: str, label: str, *, by_number: bool) -> Sequence[str]:
    """The other pages that fit what is searched; all where nothing is: those like the link's text, then the nearest."""
    structure = view.collection.structure
    titles = titles_for(view.collection, view.locale)
    if by_number:
        titles = titles.only(lambda path: number_of(structure.pages[path]) is not None)
    if searched.strip("./"):
        found = titles.best(searched, LIMIT + 1)
    else:
        alike = titles.best(label, ALIKE) if len(label.strip()) >= SHORTEST else ()
        near = nearest_first(titles.paths, view.path, structure.names)
        found = list(dict.fromkeys((*alike, *near)))
    return [path for path in found if path != view.path]


def _address(page: Page, form: Form, view: View) -> str:
    """The address of a page in a form; one without a number has no address by number.

    The navigation names guides by their folders.
    """
    structure = view.collection.structure
    if structure.data_name(view.path) == INDEX:
        return structure.folder(page.path)
    number = number_of(page) if form == "number" else None
    if number:
        return f"{NUMBER}{number}"
    return address_like(form, view.path, page.path, "", view.collection)


def _documentation(page: Page, view: View) -> str:
    structure = view.collection.structure
    url = structure.urls.get(page.path)
    parts = (page.value("excerpt"), url and f"{structure.scheme.site}{url}")
    return "\n\n".join(part for part in parts if part)


def _begun(typed: str, site: str) -> tuple[Form, str] | None:
    """The form of an address that is begun, and what of it tells which page is meant; None of a title."""
    beginnings: tuple[tuple[str, str, Form], ...] = (
        ("http", site, "published"),
        ("/", PAGES, "folder"),
        ("{", NUMBER, "number"),
        (".", "", "relative"),
    )
    for mark, start, form in beginnings:
        if typed.startswith(mark):
            return form, "" if start.startswith(typed) else typed.removeprefix(start)
    return None


def _usual_form(view: View) -> Form:
    """The form of most links to pages here, or else that of the layout."""
    translations = (view.collection.documents[path] for path in view.siblings[:NEIGHBOURS])
    for document in (view.document, *translations):
        if forms := _forms(document, view.collection):
            return forms.most_common(1)[0][0]
    return "folder" if view.collection.layout.address_of("any", "guide") else "relative"


def _forms(document: Document, collection: Collection) -> Counter[Form]:
    """The forms of a page's links to other pages, and how often each is there."""
    targets = (resolve(link.href, document.path, collection) for link in document.links)
    forms = (t.form for t in targets if t.kind == "page" and t.path != document.path)
    return Counter(form for form in forms if form in USUAL)
