"""On which day and by which commit each file of the collection changed last."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from balise.publish.history import Kept, Question, ask_history
from balise.workspace.git import Repository
from balise.workspace.store import Store

DATES_FILE = "dates.json"
SHORT = 12
"""Digits of a commit's id, which are enough to find it in any repository."""


class Change(msgspec.Struct, frozen=True, array_like=True):
    """The day of a commit, and the beginning of its id."""

    day: date
    commit: str


Changes = Mapping[str, Change]


def last_changes(folder: Path, store: Store) -> Changes:
    """Path of a file, from `folder`, -> its last commit; nothing where git knows none.

    What earlier commits say is kept in the store.
    """
    asked = Question(
        DATES_FILE,
        msgspec.json.Decoder(Kept[dict[str, Change]]),
        partial(_read, folder),
        lambda old, new: {**old, **new},
    )
    return ask_history(asked, folder, store) or {}


def _read(folder: Path, repository: Repository, since: str) -> dict[str, Change]:
    found = repository.last_changes(str(folder), since)
    return {
        path: Change(date.fromisoformat(day), commit[:SHORT])
        for path, (day, commit) in found.items()
    }
