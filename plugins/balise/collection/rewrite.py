"""Addresses as an author would write them, for fixes and suggestions."""

from posixpath import dirname, relpath
from urllib.parse import quote

from balise.collection.collection import Collection
from balise.collection.forms import IN_BRACES, Form

SAFE = "/:@!$&'*+,;=~-._"
"""What needs no escape in the path of an address, nor in Markdown's round brackets."""


def with_fragment(href: str, fragment: str) -> str:
    """`href`, as the parser gives it, with another fragment, ready to be written in a page."""
    bare = href.partition("#")[0].replace("%7B", "{").replace("%7D", "}")
    return f"{bare}#{quote(fragment, safe=SAFE)}" if fragment else bare


def address_like(form: Form, page: str, path: str, fragment: str, collection: Collection) -> str:
    """The address of the page at `path` to write on `page`, in the form of the one that stands there.

    An absolute address to the published site stays one; everything else becomes what the layout of
    the collection has for it, or the path of the source file.
    """
    mark = f"#{quote(fragment, safe=SAFE)}" if fragment else ""
    if form == "published" and path in collection.urls:
        return collection.scheme.site + quote(collection.urls[path], safe=SAFE) + mark
    folder, name, own = (
        collection.folder(path),
        collection.names.get(path),
        collection.names.get(page),
    )
    written = collection.layout.address_of(folder, name.type) if name else ""
    if written and own and name and name.locale == own.locale:
        return quote(written, safe=SAFE) + mark
    if form == "folder":
        return f"/pages/{quote(folder, safe=SAFE)}{mark}"
    return source_path(page, path) + mark


def source_path(page: str, path: str) -> str:
    """The path of a file from the page at `page`."""
    return quote(relpath(f"/{path}", f"/{dirname(page)}"), safe=SAFE)


def picture_path(src: str, page: str, path: str) -> str:
    """The path of a picture, written with the prefix that `src` has (`{attach}`)."""
    braces = IN_BRACES.match(src)
    return (f"{{{braces[1]}}}" if braces else "") + source_path(page, path)
