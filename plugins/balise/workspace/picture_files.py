"""The files of pictures: which of them are broken, each looked at once for as long as it stays what it was.

Key: the path. Value: its state and what is wrong with it. Where: the value `pictures` of the store. It counts while
the file has the same times, size and inode.
"""

import os
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from balise.base.file_state import FileState, is_as_seen, state_unread, status_of
from balise.base.picture_faults import PictureFault, picture_fault
from balise.workspace.store import Store

PICTURES = "pictures"
"""The name of the value of the store."""
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico")
"""How the name of a picture ends, in lower case."""


class PictureRecord(msgspec.Struct, array_like=True, frozen=True):
    """The state of the file of a picture, and what is wrong with it."""

    state: FileState
    fault: PictureFault | None = None


RECORDS = msgspec.msgpack.Decoder(dict[str, PictureRecord])
GONE = PictureRecord(FileState((0, 0, 0, 0), True, b""))
"""That of a file that cannot be read: whether it is broken is not known."""


def seen_again(path: str, known: PictureRecord | None) -> PictureRecord:
    """The record of a picture: the one that is known if the file is the same, or one of today."""
    try:
        if known and is_as_seen(status_of(path), known.state):
            return known
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of pictures
            status = os.fstat(file.fileno())
            return PictureRecord(state_unread(status), picture_fault(file, status.st_size, path))
    except (OSError, ValueError):
        return GONE


class PictureFiles:
    """What is known of the pictures of a workspace, and kept in its store."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._records: dict[str, PictureRecord] | None = None
        self._is_saved = True

    def faults(self, files: Iterable[str]) -> dict[str, PictureFault]:
        """What is wrong with the pictures among these files today, for those that are broken."""
        records = self._known()
        faults: dict[str, PictureFault] = {}
        for path in pictures_among(files):
            known = records.get(path)
            record = seen_again(path, known)
            if record is not known and record != known:
                records[path] = record
                self._is_saved = False
            if record.fault:
                faults[path] = record.fault
        return faults

    def records_of(self, files: Iterable[str]) -> dict[str, PictureRecord]:
        """The records of the pictures among files that were looked at."""
        known = self._known()
        return {path: known[path] for path in pictures_among(files) if path in known}

    def unsaved(self) -> Mapping[str, bytes]:
        """What is to be kept in the store, without the files that are gone; empty where that is there already."""
        if self._is_saved:
            return {}
        self._is_saved = True
        records = {path: r for path, r in self._known().items() if os.path.lexists(path)}
        return {PICTURES: msgspec.msgpack.encode(records)}

    def _known(self) -> dict[str, PictureRecord]:
        if self._records is None:
            self._records = _read(self._store.blob(PICTURES) if self._store else None)
        return self._records


def pictures_among(files: Iterable[str]) -> Iterator[str]:
    """The paths of pictures among those of files."""
    return (path for path in files if path.lower().endswith(ENDINGS))


def _read(encoded: bytes | None) -> dict[str, PictureRecord]:
    try:
        return RECORDS.decode(encoded) if encoded else {}
    except (msgspec.MsgspecError, ValueError):
        return {}
