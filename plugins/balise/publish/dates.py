"""On which day each file of the collection changed last, by its commits."""

import contextlib
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from balise.base.errors import UserError
from balise.workspace.git import Repository

DATES_FILE = "dates.json"


class _KeptDates(msgspec.Struct):
    """What was found the last time, at the commit `head`."""

    folder: str
    head: str
    days: dict[str, date]


def last_changes(folder: Path, cache: Path) -> Mapping[str, date]:
    """Path of a file, from `folder`, -> the day of its last commit; nothing where git knows none.

    What earlier commits say is kept in the folder `cache`.
    """
    try:
        repository = Repository(folder)
        head = repository.commit("HEAD")
        known = _known(cache / DATES_FILE, folder)
        if known and known.head == head:
            days = known.days
        elif known and repository.is_ancestor(known.head):
            days = {**known.days, **_days(repository.last_changes(str(folder), known.head))}
        else:
            days = _days(repository.last_changes(str(folder)))
    except UserError:
        return {}
    if known is None or known.head != head:
        _keep(cache, _KeptDates(str(folder.absolute()), head, days))
    return days


def _days(found: Mapping[str, str]) -> dict[str, date]:
    return {path: date.fromisoformat(day) for path, day in found.items()}


def _known(file: Path, folder: Path) -> _KeptDates | None:
    try:
        known = msgspec.json.decode(file.read_bytes(), type=_KeptDates)
    except (OSError, msgspec.MsgspecError):
        return None
    return known if known.folder == str(folder.absolute()) and known.days else None


def _keep(cache: Path, known: _KeptDates) -> None:
    """Keep it for the next build, whole or not at all; a build is none the worse without."""
    if not cache.is_dir():
        return
    # A build that runs beside this one must not read half of it, nor write into the same part.
    part = cache / f".{DATES_FILE}.{os.getpid()}"
    try:
        part.write_bytes(msgspec.json.encode(known))
        part.replace(cache / DATES_FILE)
    except (OSError, UnicodeEncodeError):  # a full disk; a name that is not UTF-8
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
