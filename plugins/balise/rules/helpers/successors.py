"""What has become of a page that there was once."""

from collections.abc import Mapping

from balise.collection import Collection
from balise.document import page_name


def is_answered(url: str, collection: Collection) -> bool:
    """Whether a reader who comes to an address of the site gets something."""
    return url in collection.by_url or url in collection.redirect_ends


def successor(path: str, new: Collection, moved: Mapping[str, str]) -> str | None:
    """The page that was at `path`: where it has moved to, or what its folder has in its locale."""
    for found in (moved.get(path, ""), path):
        if found in new.pages:
            return found
    name = page_name(path)
    pages = new.folders.get(new.folder(path), {})
    if name is None:
        return None
    return next(
        (found for (_, locale), found in sorted(pages.items()) if locale == name.locale), None
    )
