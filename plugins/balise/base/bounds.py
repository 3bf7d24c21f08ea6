"""Whether a file lies in a folder, whichever way symbolic links lead."""

import os
from itertools import accumulate


def lies_in(path: str, folder: str) -> bool:
    """Whether `path` really is below `folder`."""
    return _is_plainly_below(path, folder) or is_below(path, os.path.realpath(folder or "."))


def _is_plainly_below(path: str, folder: str) -> bool:
    """Whether there is no way out: neither a symbolic link nor a step upwards. Most are like that."""
    prefix = f"{folder}/" if folder else ""
    parts = path.removeprefix(prefix).split("/")
    if not path.startswith(prefix) or not {"", ".."}.isdisjoint(parts):
        return False
    ways = accumulate(parts, lambda above, name: f"{above}/{name}")
    return not any(os.path.islink(prefix + way) for way in ways)  # noqa: PTH114 - thousands


def is_below(path: str, inside: str) -> bool:
    """As `lies_in`, of a folder whose path has no symbolic link in it."""
    return os.path.realpath(path).startswith(inside.rstrip("/") + "/")
