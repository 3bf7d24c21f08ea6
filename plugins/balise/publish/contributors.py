"""Who has written each file of the collection, by its commits. Nobody is asked but git."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import msgspec

from balise.publish.history import Kept, Question, ask_history
from balise.publish.project import Project
from balise.workspace.git import Repository
from balise.workspace.store import Store

CONTRIBUTORS_FILE = "contributors.json"
BOT = "[bot]"
"""How the names of programs end that commit by themselves."""


class Contributions(msgspec.Struct):
    """Path of a file -> how many commits each author has changed it by; what files are called today."""

    counts: dict[str, dict[str, int]] = {}
    moved: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.counts)


def authors_of(project: Project) -> Mapping[str, tuple[str, ...]]:
    """As `contributors`, of the guides of a project that names them."""
    if not project.contributors:
        return {}
    return contributors(project.configuration.guides, project.store)


def contributors(folder: Path, store: Store) -> Mapping[str, tuple[str, ...]]:
    """Path of a file, from `folder`, -> the names of its authors, who has changed it most often first.

    A file that was moved keeps its authors. Nothing where git knows none.
    """
    asked = Question(
        CONTRIBUTORS_FILE,
        msgspec.json.Decoder(Kept[Contributions]),
        partial(_read, folder),
        _joined,
    )
    found = ask_history(asked, folder, store) or Contributions()
    return {
        path: tuple(sorted(counts, key=lambda name: (-counts[name], name)))
        for path, counts in found.counts.items()
    }


def _read(folder: Path, repository: Repository, since: str) -> Contributions:
    counts: dict[str, Counter[str]] = {}
    moved: dict[str, str] = {}
    for author, files in repository.contributions(str(folder), since):
        before: dict[str, str] = {}
        for path, old in files:
            today = moved.get(path, path)
            if not author.endswith(BOT):
                counts.setdefault(today, Counter())[author] += 1
            if old:
                before[old] = today
        moved |= before
    return Contributions({path: dict(found) for path, found in counts.items()}, moved)


def _joined(old: Contributions, new: Contributions) -> Contributions:
    counts = {path: Counter(found) for path, found in new.counts.items()}
    for path, found in old.counts.items():
        counts.setdefault(new.moved.get(path, path), Counter()).update(found)
    return Contributions({path: dict(found) for path, found in counts.items()})
