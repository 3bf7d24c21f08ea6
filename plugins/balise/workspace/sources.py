"""The texts of pages, read from their files."""

from pathlib import Path

from balise.base.file_state import read_bytes
from balise.base.paths import is_within
from balise.base.source import SourceFile

ASTRAY = (
    "it is a symbolic link to a file outside of the collection; put the file itself here, "
    "or lead the link to one in the collection"
)


def read_source(path: str, folder: str | None = None) -> SourceFile:
    """The text of the page at `path`.

    Raises OSError where it cannot be read, or lies outside of the `folder` that is given.
    """
    keep_within(path, folder)
    return SourceFile.from_bytes(path, read_bytes(path)[1])


def source_of(path: str) -> SourceFile | None:
    """The text of the page at `path`; None where it cannot be read."""
    try:
        return read_source(path)
    except OSError:
        return None


def keep_within(path: str, folder: str | None) -> None:
    """Raise OSError where a path leads out of the `folder` that is given."""
    # One that is not there leads nowhere.
    if folder is not None and not is_within(path, folder) and Path(path).exists():
        raise OSError(0, ASTRAY)
