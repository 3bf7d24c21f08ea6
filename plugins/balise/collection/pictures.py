"""Where a picture is: there, elsewhere, missing, or there under a slightly other name."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from balise.collection.collection import Collection
from balise.collection.forms import read_address
from balise.collection.github_links import plain_picture
from balise.collection.page import IMG, Described
from balise.collection.structure import PICTURES


class Picture(msgspec.Struct, frozen=True):
    """What the address of a picture means.

    `path` is the file's, or where it was looked for; `there` the path of the one file that differs
    by capitals (`other-case`) or by what its name ends in (`other-extension`) alone.
    """

    kind: Literal[
        "file", "external", "empty", "outside", "missing", "other-case", "other-extension",
        "script", "local", "malformed",
    ]  # fmt: skip
    path: str = ""
    there: str = ""


def find_picture(src: str, page: str, collection: Collection, *, html: bool = False) -> Picture:
    """What `src`, as the parser gives it, means on the page at `page`. No file is read for it.

    `html` says that it stands in raw HTML, which site generators leave as it is.
    """
    if not src.strip():
        return Picture("empty")
    if src.lower().startswith("data:image/"):
        return Picture("external")
    link = read_address(src, collection.scheme)
    if link.form == "script":
        return Picture("script")
    if link.form == "local":
        return Picture("local")
    path = (
        plain_picture(src, page, collection, html=html)
        if collection.plain
        else collection.path_of(src, page)
    )
    if link.form == "malformed" and path not in collection.files:
        return Picture("malformed")
    if path is None:
        return Picture("external")
    if path in collection.files:
        return Picture("file", path)
    if not collection.contains(path):
        return Picture("outside", path)
    if there := _only(collection.files_by_folded_path.get(path.casefold(), ())):
        return Picture("other-case", path, there)
    stem = path.casefold().rpartition(".")[0]
    if path.lower().endswith(PICTURES) and (
        there := _only(collection.pictures_by_stem.get(stem, ()))
    ):
        return Picture("other-extension", path, there)
    return Picture("external" if collection.generated.has_page(path) else "missing", path)


def own_picture(page: Described, collection: Collection) -> str:
    """The path of the picture that stands for a page in lists, its `img`; empty if it has none.

    As any picture it is named from the page's folder, or by its name alone if it is in `images/`.
    """
    name = (page.value(IMG) or "").strip()
    for src in (name, f"images/{name}") if name else ():
        picture = find_picture(src, page.path, collection)
        if picture.kind in ("file", "other-case"):
            return picture.there or picture.path
    return ""


def _only(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else ""
