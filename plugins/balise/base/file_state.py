"""Whether a file or folder is the same as it was, without reading it where that can be told.

As in git's index: what has kept its times, its size and its inode is the same, unless it was
written so shortly before it was looked at that a further change may bear the same time.
"""

import hashlib
import os
import stat
import time

import msgspec

COARSEST = 2 * 10**9
"""Nanoseconds: the coarsest clock of a file system, that of FAT."""

State = tuple[int, int, int, int]
"""Times of the last change of content and of the inode, in nanoseconds; size; inode."""


class Stamp(msgspec.Struct, array_like=True, frozen=True):
    """What a file or folder was like: `sure` if an equal `state` is enough to know it again.

    `hash` stands for the bytes of a file, or for the names and kinds of what is in a folder.
    """

    state: State
    sure: bool
    hash: bytes


def state_of(path: str) -> os.stat_result:
    """What the system says of a path. Raises OSError."""
    return os.stat(path)  # noqa: PTH116 - thousands of pages


def stamp(status: os.stat_result, hash_: bytes, *, plain: bool = True) -> Stamp:
    """The stamp of what was in `status` before it was hashed; `plain` if nothing leads elsewhere."""
    settled = max(status.st_mtime_ns, status.st_ctime_ns) + COARSEST < time.time_ns()
    return Stamp(_state(status), settled and plain, hash_)


def hash_of(data: bytes) -> bytes:
    """Stands for the bytes of a file."""
    return hashlib.blake2b(data, digest_size=16).digest()


def read_bytes(path: str) -> tuple[os.stat_result, bytes]:
    """The bytes of a regular file, and its status before it was read. Raises OSError."""
    # Looked at before it is opened: opening a pipe would wait for its other end.
    status = state_of(path)
    if not stat.S_ISREG(status.st_mode):
        folder = stat.S_ISDIR(status.st_mode)
        raise OSError(0, "it is a folder" if folder else "it is not a regular file")
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return status, file.read()


def stamp_of(path: str) -> Stamp:
    """The stamp of a file or folder. Raises OSError where it cannot be read, or is neither."""
    status = state_of(path)
    if not stat.S_ISDIR(status.st_mode):
        status, data = read_bytes(path)
        return stamp(status, hash_of(data))
    with os.scandir(path or ".") as entries:
        # What a symbolic link leads to changes without the folder.
        found = sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink()) for e in entries)
    plain = not any(link for *_, link in found)
    return stamp(status, hash_of(repr(found).encode("utf-8", "surrogateescape")), plain=plain)


def renewed(path: str, known: Stamp) -> Stamp | None:
    """The stamp of today if `path` is the same as it was, `known` itself where that still says so."""
    try:
        if known.sure and _state(state_of(path)) == known.state:
            return known
        today = stamp_of(path)
    except (OSError, ValueError):
        return None
    return today if today.hash == known.hash else None


def _state(status: os.stat_result) -> State:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
