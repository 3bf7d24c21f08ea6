"""git's index follows files that move or go, as with `git mv` and `git rm`, and nothing else is staged."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from balise.base.errors import UserError
from balise.base.paths import resolved_path
from balise.workspace.git import Repository

Staged = Mapping[str, str]
"""Path of a file -> what the index has of it, as `Repository.staged` tells it."""


def staged(folders: Sequence[str], paths: Iterable[str]) -> Staged:
    """What the index has of files in these folders; nothing outside of any repository."""
    try:
        index = _index(Repository(Path(folders[0])), folders)
    except UserError:
        return {}
    return {path: index[real] for path in paths if (real := _real(path)) in index}


def follow(folders: Sequence[str], before: Staged, moves: Mapping[str, str]) -> None:
    """Let the index have the files where they are after the moves; those that have none go.

    Raises UserError.
    """
    if before:
        there = {moves[path]: blob for path, blob in before.items() if path in moves}
        Repository(Path(folders[0])).stage(before, there)


def go_back(folders: Sequence[str], before: Staged, moves: Mapping[str, str]) -> None:
    """Let the index have the files where they were, as far as nobody has staged others. Raises UserError."""
    if not before:
        return
    repository = Repository(Path(folders[0]))
    index = _index(repository, folders)
    back = {path: blob for path, blob in before.items() if _real(path) not in index}
    gone = [
        moves[path]
        for path, blob in back.items()
        if path in moves and index.get(_real(moves[path])) == blob
    ]
    if back:
        repository.stage(gone, back)


def _index(repository: Repository, folders: Sequence[str]) -> dict[str, str]:
    """What the index has of the files in these folders, as far as they are there."""
    there = [folder for folder in folders if Path(folder).is_dir()]
    return {path: blob for folder in there for path, blob in repository.staged(folder).items()}


def _real(path: str) -> str:
    """A path as git has it: with no symbolic link in the folders above."""
    folder, _, name = path.rpartition("/")
    return f"{resolved_path(folder)}/{name}"
