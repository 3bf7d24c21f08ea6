"""Whether a file lies in a folder, whichever way symbolic links lead."""

import os


def lies_in(path: str, folder: str) -> bool:
    """Whether `path` really is below `folder`."""
    return is_below(path, os.path.realpath(folder or "."))


def is_below(path: str, inside: str) -> bool:
    """As `lies_in`, of a folder whose path has no symbolic link in it."""
    return os.path.realpath(path).startswith(inside.rstrip("/") + "/")
