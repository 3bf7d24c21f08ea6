"""Paths of files: whether one lies in a folder, and how one that is not UTF-8 is shown.

Within balise a path is a text with `/` between its parts, on Windows as well, which takes both. It is
made so here, where it enters.
"""

import os
import re
from contextlib import suppress
from itertools import accumulate
from pathlib import Path

ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


def with_slashes(path: str) -> str:
    """A path of the system as balise has it everywhere: with `/` between its parts."""
    return path.replace(os.sep, "/")


def is_within(path: str, folder: str) -> bool:
    """Whether `path` really is below `folder`, whichever way symbolic links lead."""
    return _is_plainly_below(path, folder) or is_below(path, resolved_path(folder or "."))


def is_below(path: str, real_folder: str) -> bool:
    """As `is_within`, of a folder whose path has no symbolic link in it."""
    return resolved_path(path).startswith(real_folder.rstrip("/") + "/")


def _is_plainly_below(path: str, folder: str) -> bool:
    """Whether there is no way out: neither a symbolic link nor a step upwards. Most are like that."""
    if os.altsep and os.sep in path:  # Windows goes by both
        return False
    prefix = f"{folder}/" if folder else ""
    parts = path.removeprefix(prefix).split("/")
    if not path.startswith(prefix) or not {"", ".."}.isdisjoint(parts):
        return False
    ways = accumulate(parts, lambda above, name: f"{above}/{name}")
    return not any(os.path.islink(prefix + way) for way in ways)  # noqa: PTH114 - thousands


def absolute_path(path: str | os.PathLike[str]) -> str:
    """A path from the root of the file system, without `.` and `..`; symbolic links stay."""
    return with_slashes(os.path.abspath(path))  # noqa: PTH100 - `Path.resolve` follows links


def resolved_path(path: str | os.PathLike[str]) -> str:
    """A path from the root of the file system, without any symbolic link."""
    return with_slashes(os.path.realpath(path))


def real_path(path: str | os.PathLike[str]) -> str:
    """The one name of a file or folder: absolute, with no symbolic link in the folders above it.

    A symbolic link to a folder is the folder; one to a file is a file of its own. Where the file
    system takes names in any case, it is the one that the folders have.
    """
    given = Path(path)
    if given.is_dir() or given.name in ("", ".."):
        return _as_listed(resolved_path(given))
    return _as_listed(resolved_path(given.parent) + f"/{given.name}")


def _as_listed(path: str) -> str:
    """An absolute path, with the case of each name as in the list of its folder."""
    listed, path = os.path.splitdrive(path)
    for name in path.strip("/").split("/"):
        other = name.swapcase()
        mindless = other != name and os.path.lexists(f"{listed}/{other}")
        listed += f"/{_listed_name(listed, name) if mindless else name}"
    return listed


def _listed_name(folder: str, name: str) -> str:
    with suppress(OSError):
        names = os.listdir(f"{folder}/")  # noqa: PTH208 - strings, for thousands
        if name not in names:
            return next((n for n in names if n.casefold() == name.casefold()), name)
    return name


def path_from(path: str, folder: str) -> str:
    """How a path is shown to somebody who stands in a folder; one that is not absolute is as it is."""
    if path.startswith(f"{folder}/"):
        return path[len(folder) + 1 :]
    return relative_path(path, folder) if os.path.isabs(path) else path  # noqa: PTH117


def relative_path(path: str, folder: str | os.PathLike[str]) -> str:
    """The way from a folder to a path; on another drive of Windows there is none, but the path."""
    try:
        return with_slashes(os.path.relpath(path, folder))
    except ValueError:
        return with_slashes(path)


def path_here(path: str) -> str:
    """How a path is shown in the current folder."""
    return path_from(path, with_slashes(os.getcwd()))  # noqa: PTH109 - a string, for thousands


def ignores_case(path: str | os.PathLike[str]) -> bool:
    """Whether the file system has what is at `path`, absolute, under other capitals as well."""
    for there in (Path(path), *Path(path).parents):
        if there.name.swapcase() != there.name:
            with suppress(OSError):
                return there.with_name(there.name.swapcase()).samefile(there)
            return False
    return False


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
