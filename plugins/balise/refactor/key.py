"""The key of an address gets another name: in the table of the collection, and on all pages that name it."""

import os
import re
from collections.abc import Iterator
from urllib.parse import quote

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import Edit, Span
from balise.base.suggestions import did_you_mean
from balise.collection import Collection
from balise.collection.forms import IN_BRACES, read_address
from balise.collection.keys import preset
from balise.collection.layouts.index import key_files
from balise.collection.layouts.tree import LINKS
from balise.document import Link
from balise.refactor.model import Refactoring
from balise.refactor.pages import text_of
from balise.workspace.workspace import Workspace

KEY = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")
IN_ADDRESS = "/links/"
KEY_FORMS = ("key", "variable")
"""Forms of links that name a key."""


def rename_key(workspace: Workspace, root: str, old: str, new: str) -> Refactoring:
    """Call the key `old` of the collection at `root` by another name. Raises UserError."""
    collection = workspace.collections[root]
    _require_names(collection, old, new)
    edits: dict[str, list[Edit]] = {}
    moves: dict[str, str] = {}
    for path in pages_naming(old, collection):
        text = text_of(workspace, path).text
        for link in workspace.facts(path).document.links:
            if names_key(link.href, old, collection):
                edit = _renamed(path, text, link, old, new)
                edits.setdefault(path, []).append(edit)
    table = collection.structure.data.get(LINKS)
    if collection.layout.key_table == LINKS and table is not None:
        text = text_of(workspace, table.path).text
        spans = {(*e.above, e.key_span)[0] for e in table.data if e.keys[0] == old}
        edits[table.path] = [
            Edit(span, _in_quotes_of(text[span.start : span.end], new)) for span in sorted(spans)
        ]
    for key, document in key_files(collection.structure.data):
        if key == old:
            there = document.path.removesuffix(old) + new
            if os.path.lexists(there):
                raise UserError(f"{path_here(there)}: is there already; name another key")
            moves[document.path] = there
    return Refactoring(f"rename the key {old} to {new}", edits, moves)


def _require_names(collection: Collection, old: str, new: str) -> None:
    """Raise UserError where there is no such key to be renamed, or the new one cannot be had."""
    own = collection.structure.keyed_addresses
    if old not in own:
        known = "it is one that balise has itself" if old in preset() else "there is no such key"
        raise UserError(f"`{old}`: {known}, so it cannot be renamed{did_you_mean(old, own)}")
    if not KEY.fullmatch(new):
        raise UserError(f"`{new}`: a key has letters, digits, `-`, `_` and `/` between its parts")
    if new in own or new in preset():
        raise UserError(f"`{new}`: there is such a key already; name another one")


def pages_naming(key: str, collection: Collection) -> Iterator[str]:
    """The pages with a link by a key."""
    for path, references in collection.structure.references.items():
        if any(key in href and names_key(href, key, collection) for href in references.links):
            yield path


def names_key(href: str, key: str, collection: Collection) -> bool:
    """Whether an address is by this key."""
    address = read_address(href, collection.scheme)
    by_name = address.form == "variable" and address.name == key
    return by_name or (address.form == "key" and address.rest == key)


def _renamed(path: str, text: str, link: Link, old: str, new: str) -> Edit:
    """The edit that lets a link name the new key. Raises UserError where it cannot."""
    where = f"{path_here(path)}:{text.count(chr(10), 0, link.span.start) + 1}"
    if link.address is None:
        raise UserError(f"{where}: the address of this link stands elsewhere; write it in the link")
    place = link.address
    raw = text[place.start : place.end]
    if braces := IN_BRACES.match(raw):
        if "/" in new:
            raise UserError(
                f"{where}: `{{{new}}}` is no address: the key has a `/`; name another one"
            )
        return Edit(Span(place.start + braces.start(1), place.start + braces.end(1)), new)
    at = raw.find(IN_ADDRESS) + len(IN_ADDRESS)
    written = next((key for key in (old, quote(old)) if raw.startswith(key, at)), raw[at:])
    return Edit(Span(place.start + at, place.start + at + len(written)), new)


def _in_quotes_of(written: str, key: str) -> str:
    quotation = written[:1] if written[:1] in "\"'" else ""
    return f"{quotation}{key}{quotation}"
