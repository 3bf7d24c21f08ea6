"""How collections are laid out: a module a layout. A new one is a module here and a line below."""

from collections.abc import Set as AbstractSet

from balise.collection.layouts.base import DataKind, Layout, Pages, Place
from balise.collection.layouts.index import IndexLayout
from balise.collection.layouts.tree import TreeLayout

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (TreeLayout(), IndexLayout())}
"""All layouts by name."""


def layouts_of(names: AbstractSet[str]) -> list[str]:
    """The layouts of which a folder with files of these `names` may be the root."""
    return [name for name, layout in LAYOUTS.items() if layout.is_root(names)]


__all__ = ["LAYOUTS", "DataKind", "Layout", "Pages", "Place", "layouts_of"]
