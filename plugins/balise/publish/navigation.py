"""The navigation of the guides, in the form of MkDocs' `nav` setting."""

from collections.abc import Callable
from html import escape
from typing import Any

from balise.collection import Collection
from balise.collection.tree import Node, locales, section_of, tree
from balise.render.words import interface_words

Nav = list[Any]
"""Items of MkDocs' `nav`: a page's path, or `{title: items}`."""


def guides_navigation(collection: Collection, address: Callable[[str], str]) -> Nav:
    """An entry for each locale with its home, universes, products, sections and guides.

    `address` maps the path of a page to its path in MkDocs.
    """
    entries: Nav = []
    for locale in locales(collection):
        home = tree(collection, locale)
        if home is not None:
            below = [_entry(child, address) for child in home.children]
            entries.append({_name(locale): [address(home.document.path), *below]})
    return entries


def _name(locale: str) -> str:
    language, _, zone = locale.partition("-")
    name = interface_words(language).get("language", locale)
    return name if zone in (language, "gb") else f"{name} ({zone.upper()})"


def _entry(node: Node, address: Callable[[str], str]) -> Any:
    path = address(node.document.path)
    if not node.children:
        return path
    entries: Nav = [path]
    for section in ("", *node.sections):
        inside = [
            _entry(child, address)
            for child in node.children
            if section_of(child.document) == section
        ]
        if section and inside:
            entries.append({escape(section): inside})
        else:
            entries += inside
    return {escape(node.title): entries}
