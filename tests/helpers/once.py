"""Folders that are filled once a session, whichever of its processes needs them first."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

Once = Callable[[str, Callable[[Path], object]], Path]
"""Name of a folder and what fills it -> the folder, filled."""


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        """Wait for the file, ten seconds at a time; it is free again when it is closed."""
        while True:
            try:
                file.seek(0)
                return msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                continue

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        """Wait for the file; it is free again when it is closed."""
        fcntl.flock(file, fcntl.LOCK_EX)


def filled(folder: Path, filling: Callable[[Path], object]) -> Path:
    """The folder, filled by this process or by another; one that failed is filled again."""
    with folder.with_name(f"{folder.name}.lock").open("a+", encoding="utf-8") as lock:
        _lock(lock)
        lock.seek(0)
        if not lock.read():
            folder.mkdir(exist_ok=True)
            filling(folder)
            lock.write("filled")
    return folder
