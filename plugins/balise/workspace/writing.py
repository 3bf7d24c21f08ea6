"""Writing a page: all of it or nothing, and never over what somebody else has written since."""

import contextlib
import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

from balise.base.errors import UserError
from balise.base.paths import is_within
from balise.base.processes import is_running
from balise.base.source import BOM


def encoded(text: str, *, has_bom: bool) -> bytes:
    """The bytes of a page with this text."""
    return (BOM if has_bom else b"") + text.encode("utf-8")


SUFFIX = ".balise"
"""Ends the name of the hidden file that is to take the place of a page."""
LEFT_ALONE = "so it was not fixed"
"""What becomes of a page that cannot be written."""
CHANGED = f"it has changed since it was read, {LEFT_ALONE}; run again"
"""Why a page is left alone that somebody has saved meanwhile."""
LEFT_BEHIND = 60
"""Seconds after which such a file can only be what a killed run has left."""


def sweep(folders: Iterable[Path]) -> None:
    """Remove what killed runs have left in folders of pages."""
    for folder in folders:
        for left in folder.glob(f".*.*-*{SUFFIX}"):
            with contextlib.suppress(OSError):
                if _is_left_behind(left):
                    left.unlink()


def _is_left_behind(part: Path) -> bool:
    """Whether nobody writes this file any more: its process has ended, here or on another machine."""
    writer = part.name.removesuffix(SUFFIX).rpartition(".")[2].partition("-")[0]
    if not writer.isdecimal():
        return False
    if not is_running(int(writer)):
        return True
    return part.stat().st_mtime < time.time() - LEFT_BEHIND


def write_page(
    path: str, before: bytes, after: bytes, folder: str, left_alone: str = LEFT_ALONE
) -> None:
    """Replace the bytes of the page at `path`, which were `before` when it was read.

    The new bytes are written beside it and moved in its place, so that no moment sees half of
    them; a symbolic link stays one. A page of several names (hard links) is written where it is,
    and has all of them afterwards. Raises UserError where the page has changed or is gone, leads
    out of the `folder` of its collection, or cannot be written; it is then as it was, and
    `left_alone` says so.
    """
    target = Path(path).resolve()
    name = ""
    try:
        if not is_within(path, folder):
            raise UserError(
                f"{path}: it is a symbolic link to {target}, outside of its collection, "
                f"{left_alone}; check that file itself"
            )
        status = target.stat()
        if not os.access(target, os.W_OK):
            raise UserError(f"{path}: it may not be written, {left_alone}")
        name = _part(target, after)
        alike = _like(Path(name), status)
        # As late as can be: somebody may save the page while all this is written.
        if target.read_bytes() != before:
            raise UserError(f"{path}: it has changed since it was read, {left_alone}; run again")
        if status.st_nlink > 1 or not alike:
            _overwrite(target, before, after)
        else:
            Path(name).replace(target)
            name = ""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path}: cannot be written: {reason}") from error
    finally:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink()


def create_file(path: str, data: bytes) -> None:
    """Make a file, all of it or nothing. Raises OSError, where there is one already as well."""
    target = Path(path)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
    name = None
    try:
        name = Path(_part(target, data))
        name.chmod(0o666 & ~_umask())
        name.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
    finally:
        if name is not None:
            name.unlink(missing_ok=True)


def _part(target: Path, data: bytes) -> str:
    """A file with these bytes beside another one, whose place it is to take. Raises OSError."""
    descriptor, name = tempfile.mkstemp(SUFFIX, f".{target.name}.{os.getpid()}-", target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    return name


def _umask() -> int:
    """What new files may not be; the system tells it only to who sets it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _like(file: Path, status: os.stat_result) -> bool:
    """Give a new file the permissions and the owner of another one; whether it has them."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(file, status.st_uid, status.st_gid)
    file.chmod(stat.S_IMODE(status.st_mode))
    now = file.stat()
    return (now.st_uid, now.st_gid) == (status.st_uid, status.st_gid)


def _overwrite(file: Path, before: bytes, after: bytes) -> None:
    """Write over the bytes of a file, which stays the same file. What fails is taken back."""
    with file.open("r+b", buffering=0) as opened:
        try:
            _put(opened, after)
        except BaseException:
            _put(opened, before)
            raise


def _put(file: FileIO, data: bytes) -> None:
    """Let these be all bytes of a file. Raises OSError."""
    file.seek(0)
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    file.truncate(len(data))
    os.fsync(file.fileno())
