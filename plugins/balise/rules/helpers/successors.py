"""What has become of a page that there was once."""

from collections.abc import Mapping

from balise.collection import Collection
from balise.document import Document, page_name


def is_answered(url: str, collection: Collection) -> bool:
    """Whether a reader who comes to an address of the site gets something."""
    return url in collection.by_url or collection.redirects.end(url) is not None


def successor(path: str, new: Collection, moved: Mapping[str, str]) -> Document | None:
    """The page that was at `path`: where it has moved to, or what its folder has in its locale."""
    for found in (moved.get(path, ""), path):
        if found in new.documents:
            return new.documents[found]
    name = page_name(path)
    pages = new.folders.get(new.folder(path), {})
    if name is None:
        return None
    return next(
        (page for (_, locale), page in sorted(pages.items(), key=_key) if locale == name.locale),
        None,
    )


def _key(item: tuple[tuple[str, str], Document]) -> tuple[str, str]:
    return item[0]
