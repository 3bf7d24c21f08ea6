"""Writing a page: all of it or nothing, and never over what somebody else has written since."""

import contextlib
import os
import stat
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from balise.base.errors import UserError
from balise.base.source import BOM


def encoded(text: str, *, has_bom: bool) -> bytes:
    """The bytes of a page with this text."""
    return (BOM if has_bom else b"") + text.encode("utf-8")


SUFFIX = ".balise"
"""Ends the name of the hidden file that is to take the place of a page."""
LEFT_BEHIND = 60
"""Seconds after which such a file can only be what a killed run has left."""


def sweep(folders: Iterable[Path]) -> None:
    """Remove what killed runs have left in folders of pages."""
    oldest = time.time() - LEFT_BEHIND
    for folder in folders:
        for left in folder.glob(f".*.md.*{SUFFIX}"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < oldest:
                    left.unlink()


def write_page(path: str, before: bytes, after: bytes) -> None:
    """Replace the bytes of the page at `path`, which were `before` when it was read.

    The new bytes are written beside it and moved in its place, so that no moment sees half of
    them; a symbolic link stays one. Raises UserError where the page has changed or is gone, or
    cannot be written; it is then as it was.
    """
    target = Path(path).resolve()
    name = ""
    try:
        if target.read_bytes() != before:
            raise UserError(
                f"{path}: it has changed since it was read, so it was not fixed; run again"
            )
        mode = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            raise UserError(f"{path}: it may not be written, so it was not fixed")
        descriptor, name = tempfile.mkstemp(SUFFIX, f".{target.name}.", target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
        name = ""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path}: cannot be written: {reason}") from error
    finally:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink()
