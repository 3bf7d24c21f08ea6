"""Paths of files: whether one lies in a folder, and how one that is not UTF-8 is shown."""

import os
import re
from itertools import accumulate

ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


def is_within(path: str, folder: str) -> bool:
    """Whether `path` really is below `folder`, whichever way symbolic links lead."""
    return _is_plainly_below(path, folder) or is_below(path, os.path.realpath(folder or "."))


def is_below(path: str, real_folder: str) -> bool:
    """As `is_within`, of a folder whose path has no symbolic link in it."""
    return os.path.realpath(path).startswith(real_folder.rstrip("/") + "/")


def relative_path(path: str | os.PathLike[str]) -> str:
    """`path` as findings show it: from the current folder, with `/`."""
    return os.path.relpath(path).replace(os.sep, "/")


def _is_plainly_below(path: str, folder: str) -> bool:
    """Whether there is no way out: neither a symbolic link nor a step upwards. Most are like that."""
    prefix = f"{folder}/" if folder else ""
    parts = path.removeprefix(prefix).split("/")
    if not path.startswith(prefix) or not {"", ".."}.isdisjoint(parts):
        return False
    ways = accumulate(parts, lambda above, name: f"{above}/{name}")
    return not any(os.path.islink(prefix + way) for way in ways)  # noqa: PTH114 - thousands


def is_utf8(name: str) -> bool:
    """Whether a name, as the system gives it, can be shown and stored as it is.

    Python writes the bytes of others as lone surrogates, which no output and no store takes.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def display_path(path: str) -> str:
    """A path as it can be shown and stored: its bytes that are not UTF-8 as `\\xe9`."""
    return path if is_utf8(path) else os.fsencode(path).decode("utf-8", "backslashreplace")


def is_display_path(path: str) -> bool:
    """Whether a path is the `display_path` of a file whose name is not UTF-8."""
    escaped = path.encode("utf-8", "surrogateescape")
    written = ESCAPED.sub(lambda byte: bytes([int(byte[1], 16)]), escaped)
    return written != escaped and os.path.lexists(written)
