"""What becomes of the files of a collection, and whether it can: told before anything is done."""

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from balise.base.errors import UserError
from balise.base.paths import is_within, path_here

NOTHING = "so nothing is changed"
"""What becomes of all files where one of them cannot be changed."""
CHANGED = f"it has changed since it was read, {NOTHING}; run again"
"""What is told of a file that somebody has saved meanwhile."""


class FileChanges(msgspec.Struct, frozen=True):
    """What becomes of files, by absolute paths.

    `written` has the bytes before and after, by the path before any move; `removed` those that go.
    """

    written: Mapping[str, tuple[bytes, bytes]] = {}
    moves: Mapping[str, str] = {}
    created: Mapping[str, bytes] = {}
    removed: Mapping[str, bytes] = {}


def require_possible(changes: FileChanges, folders: Sequence[str]) -> None:
    """Raise UserError with all that is in the way of the changes."""
    troubles: list[str] = []
    placed = {*changes.moves, *changes.removed}
    for path in dict.fromkeys((*changes.written, *changes.moves, *changes.removed)):
        wrong = _wrong_with(path, folders, stays=path not in placed)
        troubles += (f"{path_here(path)}: {why}, {NOTHING}" for why in wrong)
    for path, (before, _) in changes.written.items():
        troubles += changed_since(path, before)
    for path, before in changes.removed.items():
        troubles += changed_since(path, before)
    for old, new in (*changes.moves.items(), *(("", path) for path in changes.created)):
        troubles += (
            f"{path_here(new)}: {why}, {NOTHING}" for why in _in_the_way(old, new, folders)
        )
    if troubles:
        raise UserError(*dict.fromkeys(troubles))


def _wrong_with(path: str, folders: Sequence[str], *, stays: bool) -> Iterator[str]:
    """Why a file that is there cannot be changed; a symbolic link can, if it `stays` where it is."""
    if not is_inside(path, folders):
        yield "it is a symbolic link out of the collection"
        return
    try:
        mode = Path(path).stat().st_mode if stays else Path(path).lstat().st_mode
    except OSError as error:
        yield f"it cannot be read ({reason_of(error)})"
        return
    if stat.S_ISLNK(mode):
        yield "it is a symbolic link, which would lead elsewhere; move what it leads to, or remove it first"
    elif not stat.S_ISREG(mode):
        yield "it is not a regular file"
    elif not mode & 0o222 or not os.access(path, os.W_OK):
        yield "it may not be written"
    elif not os.access(Path(path).parent, os.W_OK):
        yield "its folder may not be written"


def _in_the_way(old: str, new: str, folders: Sequence[str]) -> Iterator[str]:
    """Why no file can be put at `new`."""
    if not is_inside(new, folders):
        yield "it would be outside of the collection"
    elif os.path.lexists(new) and not is_other_case(old, new):
        yield "it is there already"
    else:
        above = next(folder for folder in Path(new).parents if os.path.lexists(folder))
        if not above.is_dir():
            yield f"{path_here(str(above))} is a file"
        elif not os.access(above, os.W_OK):
            yield f"{path_here(str(above))} may not be written"


def changed_since(path: str, before: bytes) -> Iterator[str]:
    """What to tell where a file has other bytes than these."""
    with contextlib.suppress(OSError):
        if Path(path).read_bytes() != before:
            yield f"{path_here(path)}: {CHANGED}"


def is_other_case(old: str, new: str) -> bool:
    """Whether two names are of one file, on a system that does not tell capitals."""
    return old.casefold() == new.casefold() and os.path.samefile(old, new)  # noqa: PTH121 - strings


def is_inside(path: str, folders: Sequence[str]) -> bool:
    """Whether a path is below one of these folders, whichever way symbolic links lead."""
    return any(is_within(path, folder) for folder in folders)


def reason_of(error: OSError) -> str:
    """What the system says, as a part of a line."""
    return (error.strerror or str(error)).lower()
