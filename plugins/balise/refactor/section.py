"""A section of a product gets another name: on the pages of the product, and in the guides that are in it."""

import re
from collections.abc import Iterator

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import Edit, Span
from balise.base.suggestions import did_you_mean
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, Item, Labels, outline
from balise.collection.layouts.tree import product_above, section_of, sections_listed
from balise.document.yaml_text import yaml_like, yaml_text
from balise.refactor.label import relabelled
from balise.refactor.model import Refactoring
from balise.refactor.pages import text_of
from balise.workspace.workspace import Workspace

SECTION, SECTIONS = "section", "sections"
ITEM = re.compile(r"[^,\s](?:[^,]*[^,\s])?")


def rename_section(workspace: Workspace, product: str, old: str, new: str) -> Refactoring:
    """Rename a section of a product, whose folder or page is at `product`, in all locales that call it so.

    Raises UserError where the product has no such section, or has the new one already.
    """
    old, new = " ".join(old.split()), " ".join(new.split())
    root = next(
        (r for r, c in workspace.collections.items() if c.structure.contains(product)), None
    )
    if root is None:
        raise UserError(f"{path_here(product)}: is in no collection")
    collection = workspace.collections[root]
    folder = collection.folder(product) if product.endswith(".md") else collection.relative(product)
    if not new or "," in new:
        raise UserError(f"`{new}`: the name of a section has a text, and no comma")
    if collection.layout.name == IndexLayout.name:
        return _in_index(workspace, collection, folder, old, new)
    pages = [
        path
        for (type_, _), path in collection.folders.get(folder, {}).items()
        if type_ == "product"
    ]
    if not pages:
        raise UserError(f"{path_here(product)}: there is no page of a product in it")
    named = {path: _sections(path, collection) for path in pages}
    asked = [path for path in pages if old in named[path]]
    if not asked:
        known = dict.fromkeys(name for names in named.values() for name in names)
        raise UserError(f"{path_here(product)}: has no section “{old}”{did_you_mean(old, known)}")
    taken = next((path for path in asked if new in named[path]), None)
    if taken:
        raise UserError(f"{path_here(taken)}: has a section “{new}” already")
    edits = {path: [*_listed(workspace, path, old, new)] for path in asked}
    for path in collection.names:
        page = collection.pages[path]
        if section_of(page) == old and product_above(path, collection) in asked:
            edits[path] = [*_value(workspace, path, new)]
    return Refactoring(
        f"rename the section “{old}” to “{new}”", {p: e for p, e in edits.items() if e}
    )


def _sections(product: str, collection: Collection) -> list[str]:
    """The sections that a product lists, and those that only its guides name."""
    listed = sections_listed(collection.pages[product])
    return [*listed, *collection.structure.sections_named.get(product, ())]


def _listed(workspace: Workspace, path: str, old: str, new: str) -> Iterator[Edit]:
    """Another name in the list of a product's page."""
    front_matter = workspace.facts(path).document.front_matter
    entry = front_matter.get(SECTIONS) if front_matter else None
    if entry is None:
        return
    text = text_of(workspace, path).text
    if entry.items:
        places = [span for name, span in entry.items if " ".join(name.split()) == old]
        yield from (Edit(span, yaml_like(text[span.start], new)) for span in places)
        return
    start, end = entry.value_span.start, entry.value_span.end
    if text[start:end] == entry.value and yaml_text(new) == new:
        items = [item for item in ITEM.finditer(entry.value) if " ".join(item[0].split()) == old]
        yield from (Edit(Span(start + item.start(), start + item.end()), new) for item in items)
        return
    value = ITEM.sub(lambda item: new if " ".join(item[0].split()) == old else item[0], entry.value)
    yield Edit(entry.value_span, yaml_like(text[start:end], value))


def _value(workspace: Workspace, path: str, new: str) -> Iterator[Edit]:
    """Another section in the front matter of a guide."""
    front_matter = workspace.facts(path).document.front_matter
    entry = front_matter.get(SECTION) if front_matter else None
    if entry is not None:
        text = text_of(workspace, path).text
        yield Edit(entry.value_span, yaml_like(text[entry.value_span.start], new))


def _in_index(
    workspace: Workspace, collection: Collection, product: str, old: str, new: str
) -> Refactoring:
    """The label of a section in the index, or in the file of labels that calls it so."""
    data = collection.structure.data
    inside = [
        item
        for item in outline(data)
        if item.kind == "section" and any(above.folder == product for above in item.above)
    ]
    item = next((item for item in inside if old in (item.label, item.ref)), None)
    if item is not None:
        edit = Edit(item.entry.key_span, new)
        return Refactoring(f"rename the section “{old}” to “{new}”", {data[INDEX].path: [edit]})
    for locale in sorted(collection.structure.locales.values()):
        found = next((i for i in inside if _label(collection, i, locale) == old), None)
        if found is not None:
            return relabelled(workspace, collection, found, locale, new)
    known = [item.label for item in inside]
    raise UserError(f"/{product}: has no section “{old}”{did_you_mean(old, known)}")


def _label(collection: Collection, item: Item, locale: str) -> str:
    return Labels(collection.structure.data).of(item, locale)
