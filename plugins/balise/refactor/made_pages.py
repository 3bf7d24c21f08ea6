"""Products in the layout `index`, whose pages are made: they have other paths where the index names them otherwise."""

import os
from posixpath import join

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, PRODUCTS


def made_moves(collection: Collection, old: str, new: str) -> dict[str, str]:
    """The old and new paths of the made pages in a folder; empty where it is none of these. Raises UserError."""
    folder = collection.relative(old)
    pages = collection.folders.get(folder, {})
    if os.path.lexists(old) or not all(collection.pages[path].made for path in pages.values()):
        return {}
    if pages and not folder.startswith(PRODUCTS):
        raise UserError(
            f"{path_here(old)}: is made of the label of a universe in `{INDEX}`: write another one there"
        )
    ref = collection.relative(new).removeprefix(PRODUCTS)
    if pages and (join(collection.root, PRODUCTS, ref) != new or not ref or "/" in ref):
        raise UserError(
            f"{path_here(new)}: is no place of a product, which is called `{PRODUCTS}NAME`"
        )
    if pages and collection.relative(new) in collection.folders:
        raise UserError(f"{path_here(new)}: is a product already; choose another name")
    return {path: new + path[len(old) :] for path in pages.values()}
