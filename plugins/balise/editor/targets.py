"""What the things that a cursor can be on lead to: a page, a heading, a file, the line of a key."""

from collections.abc import Iterator

from balise.collection import Collection, Target, find_picture, own_picture, resolve
from balise.collection.layouts.tree import product_above
from balise.collection.page import IMG
from balise.document import Image, Include, Link
from balise.editor.cursor import Value
from balise.editor.model import Place
from balise.editor.places import TOP, heading_place, target_place
from balise.editor.view import View
from balise.rules.helpers.front_matter_spans import value_span

SECTION, SECTIONS = "section", "sections"
"""Keys of the front matter: the section of a guide, those of a product."""
KEYED = frozenset({"key", "variable"})
"""The forms of addresses that stand in a table, by key and locale."""


def target_of(link: Link, view: View) -> Target:
    """What a link of the page means."""
    return resolve(link.href, view.path, view.collection, html=link.kind == "html")


def key_of(target: Target) -> str:
    """The key that an address names; empty of one that is written in full."""
    written = target.written
    return (written.name or written.rest) if written.form in KEYED else ""


def link_places(link: Link, view: View) -> list[Place]:
    """The line of the address that a link names by key, else what the link leads to; nothing on this page for an anchor that it lacks."""
    target = target_of(link, view)
    if target.dead_anchor and target.path == view.path:
        return []
    lines = list(key_places(key_of(target), view.locale, view.collection))
    return lines or section_places(target, view.collection)


def section_places(target: Target, collection: Collection) -> list[Place]:
    """The page that a link leads to, or the section there with its heading selected; nothing elsewhere."""
    heading = target.anchor.heading if target.anchor else None
    if heading:
        document = collection.documents[target.path]
        return [heading_place(document, document.headings.index(heading))]
    place = target_place(target, collection)
    return [place] if place else []


def key_places(key: str, locale: str, collection: Collection) -> Iterator[Place]:
    """Where the address of a key stands for a locale, or for all others."""
    data, table = collection.structure.data, collection.layout.key_table
    for name, above in ((table, (key,)), (f"../{table}/{key}", ())):
        document = data.get(name) if key else None
        if document is None:
            continue
        rows = [row for row in document.data if row.keys[: len(above)] == above]
        for row in [row for row in rows if row.keys[-1] == locale] or rows[:1]:
            yield Place(document.path, row.value_span)


def picture_path_of(image: Image, view: View) -> str:
    """The path of a picture, also where its name is written otherwise; empty of one that is not there."""
    picture = find_picture(image.src, view.path, view.collection, html=image.html)
    return picture.there or (picture.path if picture.kind == "file" else "")


def include_path(include: Include, view: View) -> str:
    """The path of a file that is included; empty of one that is not there."""
    structure = view.collection.structure
    path = structure.included(include.path)
    return path if path in structure.files or path in structure.pages else ""


def value_places(value: Value, view: View) -> list[Place]:
    """What a value of the front matter leads to: its picture, or the sections of the product."""
    collection = view.collection
    if value.entry.key == IMG:
        path = own_picture(view.document, collection)
        return [Place(path, TOP)] if path else []
    product = product_above(view.path, collection.structure)
    if value.entry.key == SECTION and product:
        return [Place(product, value_span(collection.documents[product], SECTIONS))]
    return []
