"""On which day each file of the collection changed last, by its commits."""

import contextlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from balise.errors import UserError
from balise.repository import Repository

FILE = "dates.json"


class _Known(msgspec.Struct):
    """What was found the last time, at the commit `head`."""

    folder: str
    head: str
    days: dict[str, str]


def last_changes(folder: Path, cache: Path) -> Mapping[str, date]:
    """Path of a file, from `folder`, -> the day of its last commit; nothing where git knows none.

    What earlier commits say is kept in the folder `cache`.
    """
    try:
        repository = Repository(folder)
        head = repository.commit("HEAD")
        known = _known(cache / FILE, folder)
        if known and known.head == head:
            days = known.days
        elif known and repository.is_ancestor(known.head):
            days = {**known.days, **repository.last_changes(str(folder), known.head)}
        else:
            days = dict(repository.last_changes(str(folder)))
    except UserError:
        return {}
    if known is None or known.head != head:
        _keep(cache, _Known(str(folder.absolute()), head, days))
    return {path: date.fromisoformat(day) for path, day in days.items()}


def _known(file: Path, folder: Path) -> _Known | None:
    try:
        known = msgspec.json.decode(file.read_bytes(), type=_Known)
    except (OSError, msgspec.MsgspecError):
        return None
    return known if known.folder == str(folder.absolute()) and known.days else None


def _keep(cache: Path, known: _Known) -> None:
    if cache.is_dir():
        with contextlib.suppress(OSError):
            (cache / FILE).write_bytes(msgspec.json.encode(known))
