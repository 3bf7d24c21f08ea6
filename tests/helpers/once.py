"""Folders that are filled once a session, whichever of its processes needs them first."""

import fcntl
from collections.abc import Callable
from pathlib import Path

Once = Callable[[str, Callable[[Path], object]], Path]
"""Name of a folder and what fills it -> the folder, filled."""


def filled(folder: Path, filling: Callable[[Path], object]) -> Path:
    """The folder, filled by this process or by another; one that failed is filled again."""
    with folder.with_name(f"{folder.name}.lock").open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            folder.mkdir(exist_ok=True)
            filling(folder)
            lock.write("filled")
    return folder
