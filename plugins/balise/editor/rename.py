"""Rename what stands at a place: a heading, a guide, a picture, a key of an address, a section, a label."""

from collections.abc import Callable
from posixpath import dirname, join
from typing import NamedTuple

from balise.base.errors import UserError
from balise.base.source import Span
from balise.collection import Target, find_picture, resolve
from balise.collection.forms import IN_BRACES
from balise.collection.layouts.index import INDEX, LABELS, LINKS, outline
from balise.collection.layouts.tree import LINKS as LINKS_TABLE
from balise.collection.layouts.tree import product_above
from balise.document import DataEntry, Heading, Image, Link
from balise.editor.cursor import Key, Value, fragment_of, heading_at, thing_at
from balise.editor.view import View
from balise.refactor.heading import heading_index, rename_heading, text_place
from balise.refactor.key import KEY_FORMS, rename_key
from balise.refactor.label import relabelled, rename_label
from balise.refactor.model import Refactoring
from balise.refactor.move import move
from balise.refactor.pages import text_of
from balise.refactor.section import SECTION, SECTIONS, rename_section

NOTHING = (
    "nothing here can be renamed: put the cursor on a heading, on the address of a link or picture, "
    "or into the front matter"
)
TITLE = "title"


class _Name(NamedTuple):
    """What can be renamed at a place: where its name stands, that name, and what another one makes of it."""

    place: Span
    text: str
    renamed: Callable[[str], Refactoring]


def prepare_rename(view: View, offset: int) -> tuple[Span, str]:
    """The place of what is to be renamed, and the name to begin with. Raises UserError where nothing is."""
    found = _name_at(view, offset)
    return found.place, found.text


def rename(view: View, offset: int, name: str) -> Refactoring:
    """What becomes of the collection by another name of what stands at an offset. Raises UserError."""
    return _name_at(view, offset).renamed(name)


def _name_at(view: View, offset: int) -> _Name:
    if view.path not in view.workspace.records:
        return _in_data_file(view, offset)
    thing = thing_at(view, offset)
    if isinstance(thing, Link):
        return _of_link(view, offset, thing)
    if isinstance(thing, Image):
        return _of_picture(view, thing)
    if isinstance(thing, Value | Key):
        return _in_front_matter(view, offset, thing)
    if heading := heading_at(view, offset):
        return _of_heading(view, view.path, heading, text_place(view.document, heading))
    raise UserError(NOTHING)


def _of_heading(view: View, path: str, heading: Heading, place: Span) -> _Name:
    """A heading of the page at a path, whose name stands at a place of this page, here or in a link to it."""
    collection, document = view.collection, view.workspace.facts(path).document
    content = text_place(document, heading)
    text = text_of(view.workspace, path).text[content.start : content.end].strip()
    number = document.headings.index(heading)
    anchor = next((name for name in _names(heading) if _leads(view, path, name, number)), "")
    if not anchor and collection.plain:
        ids = collection.anchors(path).places
        anchor = next((name for name in ids if _leads(view, path, name, number)), "")
    if not anchor:
        raise UserError("this heading has no anchor, so nothing can lead to it; write another text")
    return _Name(
        place,
        text,
        lambda name: rename_heading(view.workspace, path, anchor, name, backlinks=view.backlinks),
    )


def _names(heading: Heading) -> tuple[str, ...]:
    return (heading.id, *heading.aliases)


def _leads(view: View, path: str, anchor: str, number: int) -> bool:
    try:
        return bool(anchor) and heading_index(view.collection, path, anchor) == number
    except UserError:
        return False


def _of_link(view: View, offset: int, link: Link) -> _Name:
    target = resolve(link.href, view.path, view.collection, html=link.kind == "html")
    if link.address is None:
        raise UserError("the address of this link stands elsewhere on the page: rename there")
    fragment = fragment_of(link, view.source.text)
    if fragment and fragment.start - 1 <= offset and target.kind == "page":
        if target.anchor is None or target.anchor.heading is None:
            raise UserError(
                f"`#{target.fragment}` leads to no heading, and only headings can be renamed"
            )
        return _of_heading(view, target.path, target.anchor.heading, fragment)
    if target.form in KEY_FORMS:
        return _of_key(view, link.address, target)
    if target.kind == "page" and target.form != "anchor":
        end = fragment.start - 1 if fragment else link.address.end
        return _of_page(view, target.path, Span(link.address.start, end))
    if target.kind == "file":
        return _of_file(view, target.path, link.address)
    if target.kind == "external":
        raise UserError(f"{link.href} is on another site, so it cannot be renamed")
    raise UserError(f"`{link.href}` leads to nothing that could be renamed")


def _of_key(view: View, address: Span, target: Target) -> _Name:
    """The key that an address names, behind `/links/` or in braces."""
    key = target.written.name or target.written.rest
    written = view.source.text[address.start : address.end]
    braces = IN_BRACES.match(written)
    at = (
        braces.span(1)
        if braces
        else (max(0, written.find(key)), max(0, written.find(key)) + len(key))
    )
    place = Span(address.start + at[0], address.start + at[1])
    return _key(view, place, key)


def _key(view: View, place: Span, key: str) -> _Name:
    root = view.collection.root
    return _Name(place, key, lambda name: rename_key(view.workspace, root, key, name))


def _of_page(view: View, path: str, place: Span) -> _Name:
    """The guide, product or universe of a page: its folder, from the root of the collection."""
    collection = view.collection
    folder = collection.folder(path)
    if collection.pages[path].made:
        title = collection.pages[path].value(TITLE) or ""
        return _Name(place, title, lambda name: rename_label(view.workspace, path, name))
    if not folder:
        raise UserError("this page stands for the whole collection, and stays where it is")

    def renamed(name: str) -> Refactoring:
        new = name.strip("/") if "/" in name.strip("/") else join(dirname(folder), name.strip("/"))
        old, new = join(collection.root, folder), join(collection.root, new)
        return move(view.workspace, old, new, (), view.backlinks)

    return _Name(place, folder, renamed)


def _of_picture(view: View, image: Image) -> _Name:
    found = find_picture(image.src, view.path, view.collection, html=image.html)
    if image.address is None or found.kind not in ("file", "other-case", "other-extension"):
        raise UserError(f"`{image.src}` is no picture of this collection, so it cannot be renamed")
    return _of_file(view, found.there or found.path, image.address)


def _of_file(view: View, path: str, place: Span) -> _Name:
    """A file beside the pages: its name, or its path from the root with folders in front."""
    name = path.rpartition("/")[2]

    def renamed(new: str) -> Refactoring:
        to = join(view.collection.root, new.strip("/")) if "/" in new else join(dirname(path), new)
        return move(view.workspace, path, to, (), view.backlinks)

    return _Name(place, name, renamed)


def _in_front_matter(view: View, offset: int, thing: Value | Key) -> _Name:
    """The section that a page names, the label of a product, and else the guide itself."""
    collection, workspace, path = view.collection, view.workspace, view.path
    key = thing.entry.key
    page = collection.names.get(path)
    if isinstance(thing, Value) and key in (SECTION, SECTIONS):
        product = path if key == SECTIONS else product_above(path, collection)
        place = _listed(view.source.text, thing.span, offset) if key == SECTIONS else thing.span
        section = view.source.text[place.start : place.end].strip("\"'")
        if product is None:
            raise UserError("there is no product above this guide, so its section is shown nowhere")
        return _Name(place, section, lambda name: rename_section(workspace, product, section, name))
    if key == TITLE and page and page.type in ("product", "universe"):
        entry = thing.entry
        return _Name(
            entry.value_span, entry.value, lambda name: rename_label(workspace, path, name)
        )
    return _of_page(view, path, thing.span)


def _listed(text: str, place: Span, offset: int) -> Span:
    """Of names between commas the one at an offset, without the blanks around it."""
    start = text.rfind(",", place.start, offset) + 1 or place.start
    end = text.find(",", offset, place.end)
    end = place.end if end < 0 else end
    name = text[start:end]
    return Span(start + len(name) - len(name.lstrip()), start + len(name.rstrip()))


def _in_data_file(view: View, offset: int) -> _Name:
    """A key in its table or file, a label or guide in the index, a label in a file of labels."""
    collection, document = view.collection, view.document
    name = collection.structure.data_name(view.path)
    if name.startswith(LINKS):
        return _key(view, Span(offset, offset), name.removeprefix(LINKS))
    for entry in document.data:
        spans = (*entry.above, entry.key_span)
        if name == LINKS_TABLE and _holds(spans[0], offset):
            return _key(view, spans[0], entry.keys[0])
        if name == INDEX and (_holds(entry.key_span, offset) or _holds(entry.value_span, offset)):
            return _in_index(view, entry, _holds(entry.value_span, offset))
        if LABELS.fullmatch(name) and _holds(entry.value_span, offset):
            return _label(view, entry, name)
    raise UserError("nothing here can be renamed: put the cursor on a name")


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _in_index(view: View, entry: DataEntry, is_address: bool) -> _Name:
    collection = view.collection
    item = next(item for item in outline(collection.structure.data) if item.entry is entry)
    pages = collection.folders.get(item.folder, {}) if item.kind == "guide" else {}
    if is_address and pages:
        return _of_page(view, min(pages.values()), entry.value_span)
    if item.kind == "guide":
        raise UserError(
            "readers see the title of the guide's page: change it there, or rename its address"
        )
    return _Name(
        entry.key_span,
        item.label,
        lambda name: relabelled(view.workspace, collection, item, "", name),
    )


def _label(view: View, entry: DataEntry, name: str) -> _Name:
    collection = view.collection
    found = LABELS.fullmatch(name)
    items = outline(collection.structure.data)
    item = next((item for item in items if item.ref == entry.keys[0]), None)
    if found is None or item is None:
        raise UserError(f"`{entry.keys[0]}` is in no index, so its label is shown nowhere")
    return _Name(
        entry.value_span,
        entry.value,
        lambda text: relabelled(view.workspace, collection, item, found[1], text),
    )
