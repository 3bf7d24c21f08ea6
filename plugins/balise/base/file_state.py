"""Whether a file or folder is the same as it was, without reading it where that can be told.

As in git's index: what has kept its times, its size and its inode is the same, unless it was
written so shortly before it was looked at that a further change may bear the same time.
"""

import os
import stat
import time

import msgspec

from balise.base.digests import digest_of, digest_of_file

COARSEST = 2 * 10**9
"""Nanoseconds: the coarsest clock of a file system, that of FAT."""

INODE = 2**64 - 1
"""What is kept of an inode: some file systems of Windows have longer ones than the store takes."""

StatKey = tuple[int, int, int, int]
"""Times of the last change of content and of the inode, in nanoseconds; size; inode."""


class FileState(msgspec.Struct, array_like=True, frozen=True):
    """What a file or folder was like.

    It is `racy` (git's word) if an equal `stat` is not enough to know it again. `digest` stands
    for the bytes of a file, or for the names and kinds of what is in a folder.
    """

    stat: StatKey
    racy: bool
    digest: bytes


def status_of(path: str) -> os.stat_result:
    """What the system says of a path. Raises OSError."""
    return os.stat(path)  # noqa: PTH116 - thousands of pages


def state_of_bytes(status: os.stat_result, data: bytes) -> FileState:
    """The state of a file that had this `status` before these bytes were read from it."""
    return _state(status, digest_of(data))


def state_unread(status: os.stat_result) -> FileState:
    """The state of a file of which nothing is kept that tells its bytes: its `stat` alone knows it again."""
    return _state(status, b"")


def is_as_seen(status: os.stat_result, known: FileState) -> bool:
    """Whether a file that has this `status` is what it was, as far as that tells."""
    return not known.racy and _stat_key(status) == known.stat


def read_bytes(path: str) -> tuple[os.stat_result, bytes]:
    """The bytes of a regular file, and its status before it was read. Raises OSError."""
    status = _status_of_file(path)
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return status, file.read()


def _status_of_file(path: str) -> os.stat_result:
    """The status of a regular file, looked at before it is opened: opening a pipe would wait for its other end."""
    status = status_of(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, _kind_of(path, status))
    return status


def _kind_of(path: str, status: os.stat_result) -> str:
    """What is there instead of a regular file, for people."""
    if not stat.S_ISDIR(status.st_mode):
        return "it is not a regular file"
    try:
        os.scandir(path).close()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return f"it is a folder that cannot be listed ({reason}), so nothing in it is checked"
    return "it is a folder"


def file_state(path: str) -> FileState:
    """The state of a file or folder. Raises OSError where it cannot be read, or is neither."""
    status = status_of(path)
    if not stat.S_ISDIR(status.st_mode):
        status = _status_of_file(path)
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return _state(status, digest_of_file(file))
    with os.scandir(path or ".") as entries:
        # What a symbolic link leads to changes without the folder.
        found = sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink()) for e in entries)
    linked = any(link for *_, link in found)
    return _state(status, digest_of(repr(found).encode("utf-8", "surrogateescape")), linked)


def refreshed(path: str, known: FileState) -> FileState | None:
    """The state of today if `path` is what it was; None if it differs or cannot be read.

    It is `known` itself where that still says so.
    """
    try:
        if is_as_seen(status_of(path), known):
            return known
        today = file_state(path)
    except (OSError, ValueError):
        return None
    return today if today.digest == known.digest else None


def _state(status: os.stat_result, digest: bytes, linked: bool = False) -> FileState:
    young = max(status.st_mtime_ns, status.st_ctime_ns) + COARSEST >= time.time_ns()
    return FileState(_stat_key(status), young or linked, digest)


def _stat_key(status: os.stat_result) -> StatKey:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino & INODE
