"""A product or universe gets another label: the title of its page, or its entry in the navigation."""

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import Edit, Span
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, Item, label_files, label_names, outline
from balise.document import Document, page_name
from balise.document.yaml_text import yaml_like, yaml_text
from balise.refactor.model import Refactoring
from balise.refactor.pages import text_of
from balise.workspace.workspace import Workspace

TITLE = "title"
BRACKETS = "[]()"
"""What cannot stand in a label of the index."""


def rename_label(workspace: Workspace, path: str, text: str) -> Refactoring:
    """Let the page at `path`, of a product or universe, be called `text` in its locale. Raises UserError."""
    text = " ".join(text.split())
    root = next((r for r, c in workspace.collections.items() if path in c.pages), None)
    name = page_name(path)
    if root is None or name is None or name.type not in ("product", "universe"):
        raise UserError(f"{path_here(path)}: is no page of a product or universe")
    if not text:
        raise UserError(f"{path_here(path)}: a label needs a text")
    collection = workspace.collections[root]
    if collection.pages[path].made:
        return _in_navigation(workspace, collection, path, text)
    entry = workspace.facts(path).document.front_matter
    title = entry.get(TITLE) if entry else None
    if title is None:
        raise UserError(f"{path_here(path)}: has no `title`; write one")
    source = text_of(workspace, path)
    written = source.text[title.value_span.start : title.value_span.end]
    glued = " " if source.text.endswith(":", 0, title.value_span.start) else ""
    edit = Edit(title.value_span, glued + yaml_like(written, text))
    return Refactoring(f"call “{title.value}” “{text}”", {path: [edit]})


def _in_navigation(
    workspace: Workspace, collection: Collection, path: str, text: str
) -> Refactoring:
    """The change of the label that the data files have for the locale of a page that is made."""
    data = collection.structure.data
    folder = collection.folder(path)
    item = next(item for item in outline(data) if item.folder == folder)
    return relabelled(workspace, collection, item, collection.structure.names[path].locale, text)


def relabelled(
    workspace: Workspace, collection: Collection, item: Item, locale: str, text: str
) -> Refactoring:
    """Another label of an item of the index: in the file of labels of a locale, or in the index.

    That is where labels in no locale stand, and those of one without a file.
    """
    data = collection.structure.data
    files = dict(label_files(data))
    title = f"call “{item.label}” “{text}”"
    table = next((files[name] for name in label_names(locale) if name in files), None)
    if table is not None:
        return Refactoring(title, {table.path: [_entry(workspace, table, item.ref, text)]})
    if set(BRACKETS) & set(text):
        raise UserError(f"“{text}”: a label has no brackets, which would end it")
    return Refactoring(title, {data[INDEX].path: [Edit(item.entry.key_span, text)]})


def _entry(workspace: Workspace, table: Document, ref: str, text: str) -> Edit:
    """Write a label into a file of labels, below the others if it is not there yet."""
    source = text_of(workspace, table.path)
    entry = next((e for e in table.data if e.keys[0] == ref), None)
    if entry is not None:
        written = source.text[entry.value_span.start : entry.value_span.end]
        return Edit(entry.value_span, yaml_like(written, text))
    end = len(source.text)
    glued = "" if source.text.endswith(("\n", "\r")) or not source.text else source.newline
    return Edit(Span(end, end), f"{glued}{ref}: {yaml_text(text)}{source.newline}")
