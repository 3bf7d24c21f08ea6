"""How collections are laid out: a module a layout. A new one is a module here and a line below."""

from balise.collection.layouts.base import Layout, Pages, Place
from balise.collection.layouts.tree import TreeLayout

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (TreeLayout(),)}
"""All layouts by name, in the order in which a folder is asked whether it has them."""

__all__ = ["LAYOUTS", "Layout", "Pages", "Place"]
