"""Which of many pages or files are near one: in its folder, in the folders around it, in its locale."""

from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname

from balise.document import PageName


def nearest_first(paths: Iterable[str], path: str, names: Mapping[str, PageName]) -> Sequence[str]:
    """The paths by their distance to one; those in another locale are behind all others."""
    own = names.get(path)
    folders = dirname(path).split("/")
    distances: dict[str, int] = {}

    def distance(folder: str) -> int:
        parts = folder.split("/")
        shared = 0
        for ours, theirs in zip(folders, parts, strict=False):
            if ours != theirs:
                break
            shared += 1
        return len(folders) + len(parts) - 2 * shared

    def order(other: str) -> tuple[bool, int]:
        name, folder = names.get(other), dirname(other)
        if folder not in distances:
            distances[folder] = distance(folder)
        foreign = bool(own and name and own.locale != name.locale)
        return foreign, distances[folder]

    return sorted(paths, key=order)
