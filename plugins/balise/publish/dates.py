"""On which day each file of the collection changed last, by its commits."""

import contextlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from balise.base.errors import UserError
from balise.workspace.git import Repository
from balise.workspace.store import Store

DATES_FILE = "dates.json"


class _KeptDates(msgspec.Struct):
    """What was found the last time, at the commit `head`."""

    folder: str
    head: str
    days: dict[str, date]


def last_changes(folder: Path, store: Store) -> Mapping[str, date]:
    """Path of a file, from `folder`, -> the day of its last commit; nothing where git knows none.

    What earlier commits say is kept in the store.
    """
    try:
        repository = Repository(folder)
        head = repository.commit("HEAD")
        known = _known(store, folder)
        if known and known.head == head:
            days = known.days
        elif known and repository.is_ancestor(known.head):
            days = {**known.days, **_days(repository.last_changes(str(folder), known.head))}
        else:
            days = _days(repository.last_changes(str(folder)))
    except UserError:
        return {}
    if known is None or known.head != head:
        with contextlib.suppress(UnicodeEncodeError):  # a name that is not UTF-8
            kept = _KeptDates(str(folder.absolute()), head, days)
            store.write_file(DATES_FILE, msgspec.json.encode(kept))
    return days


def _days(found: Mapping[str, str]) -> dict[str, date]:
    return {path: date.fromisoformat(day) for path, day in found.items()}


def _known(store: Store, folder: Path) -> _KeptDates | None:
    try:
        known = msgspec.json.decode(store.read_file(DATES_FILE), type=_KeptDates)
    except msgspec.MsgspecError:
        return None
    return known if known.folder == str(folder.absolute()) and known.days else None
