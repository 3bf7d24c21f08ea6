"""What an address means on a page of plain Markdown: as on GitHub, or on a site made of the tree.

A site generator makes `guide/` of `guide.md`, so raw HTML on that page counts from there.
"""

from collections.abc import Iterator

from balise.collection.collection import Collection
from balise.collection.folder import Folder
from balise.collection.forms import Address, read_address
from balise.collection.targets import Target, on_page
from balise.document import Document

INDEXES = ("index.md", "README.md", "readme.md", "_index.md")
"""Names of the page that stands for its folder."""

TEMPLATE = ("{", "<")
"""Signs of an address that a template completes."""


def resolve_plain(href: str, page: str, collection: Collection, *, html: bool = False) -> Target:
    """As `resolve`, where the collection is plain Markdown."""
    link = read_address(href, collection.scheme)
    match link.form:
        case "empty":
            return Target("missing", link, reason="empty")
        case "anchor":
            return on_page(page, link, collection)
        case "malformed" | "script" | "local":
            return Target("missing", link, address=link.mended, reason=link.form)
        case "relative":
            return _by_path(link, page, collection, html=html)
        case "external" | "other-scheme" | "published" | "number-address":
            return Target("external", link, address=href)
        case _:
            return Target("unknown", link, address=href)


def plain_picture(src: str, page: str, collection: Collection, *, html: bool = False) -> str | None:
    """The path of a picture that is in the tree, or should be; None of one that is elsewhere."""
    if src.startswith("/") or any(sign in src for sign in TEMPLATE):
        return None
    bases = (page, site_base(page)) if html else (page,)
    paths = [path for base in bases if (path := collection.path_of(src, base)) is not None]
    inside = [path for path in paths if collection.contains(path)]
    return next((path for path in inside if path in collection.files), next(iter(inside), None))


def plain_places(document: Document, root: Folder) -> Iterator[str | None]:
    """Paths whose folders may have what a page of plain Markdown names, besides those from the page.

    An address that ends in `/` or has no extension may be a folder itself.
    """
    base = site_base(document.path)
    yield from (root.path_of(image.src, base) for image in document.images if image.html)
    for link in document.links:
        from_here = root.path_of(link.href, document.path)
        if from_here is not None and "." not in from_here.rpartition("/")[2]:
            yield f"{from_here}/{INDEXES[0]}"
        if link.kind == "html":
            yield root.path_of(link.href, base)


def site_base(page: str) -> str:
    """A path in the folder that a site generator makes of the page at `page`."""
    folder, slash, name = page.rpartition("/")
    if name in INDEXES:
        return page
    return f"{folder}{slash}{name.removesuffix('.md')}/{INDEXES[0]}"


def _by_path(link: Address, page: str, collection: Collection, *, html: bool) -> Target:
    if not link.rest:
        return on_page(page, link, collection)
    if any(sign in link.rest for sign in TEMPLATE):
        return Target("unknown", link, address=link.rest)
    bases = (page, site_base(page)) if html else (page,)
    paths = [collection.joined(link.rest, base) for base in bases]
    for path in paths:
        for form in _forms(path):
            if form in collection.pages:
                return on_page(form, link, collection)
        if path in collection.files or path in collection.known_folders:
            return Target("file", link, path, link.fragment)
    inside = [path for path in paths if collection.contains(path)]
    made_by_a_site = html and "." not in paths[0].rpartition("/")[2]
    if not inside or made_by_a_site:
        return Target("unknown", link, address=paths[0], reason="outside")
    return Target("missing", link, address=inside[0], reason="no-file")


def _forms(path: str) -> Iterator[str]:
    """The pages that an address may name by this path."""
    yield path
    stem = path.removesuffix(".html").removesuffix("/index")
    yield f"{stem}.md"
    yield from (f"{stem}/{name}" for name in INDEXES)
