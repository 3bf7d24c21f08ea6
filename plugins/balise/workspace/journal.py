"""Changes of many files at once: all of them or none, whatever happens meanwhile.

What is to be done is written into a journal first, which goes when all of it is done. Where it fails,
or somebody has saved one of the files, all is taken back; what a kill has left of it, the next call of
`take_back` takes back. The journal lies in the collection's own folder: there it can be written
wherever anything can be changed, and whoever has to do with the collection finds it.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname

import msgspec

from balise.base.errors import UserError
from balise.base.paths import is_within, path_here
from balise.base.processes import is_running
from balise.workspace import git_index
from balise.workspace.file_changes import (
    NOTHING,
    FileChanges,
    changed_since,
    is_inside,
    is_other_case,
    reason_of,
    require_possible,
)
from balise.workspace.writing import create_file, sweep, write_page

NAME = ".balise.journal"
GOES_ON = "not all is as it was; the next `balise mv` or `balise rm` goes on where this one ended"
LEFT = "so it was left as it is"
SAVED = f"somebody has saved it meanwhile, {LEFT}"


class _Journal(msgspec.Struct, frozen=True):
    """What a process is doing: `modes` are of the files that go, `staged` is what git's index has of them."""

    process: int
    changes: FileChanges
    modes: Mapping[str, int] = {}
    staged: Mapping[str, str] = {}


def apply(root: str, changes: FileChanges, beside: str = "") -> None:
    """Make these changes in the collection at `root`, and in the folder `beside` it if there is one.

    Raises UserError where that is not possible; all files are then as they were. Where even that
    cannot be had, a line says so, and the next `take_back` goes on.
    """
    folders = _folders(root, beside)
    require_possible(changes, folders)
    file = Path(root, NAME)
    modes = {path: stat.S_IMODE(Path(path).stat().st_mode) for path in changes.removed}
    staged = git_index.staged(folders, [*changes.moves, *changes.removed])
    journal = _Journal(os.getpid(), changes, modes, staged)
    _begin(file, journal)
    written: set[str] = set()
    try:
        _do(journal, folders, written)
        file.unlink()
    except BaseException as error:
        left = _undo(root, journal, folders, written)
        if isinstance(error, OSError):
            raise UserError(_told(error), *left) from error
        if isinstance(error, UserError):
            raise UserError(*error.lines, *left) from error
        raise


def is_under_way(root: str) -> bool:
    """Whether changes of the collection at `root` have begun and not ended."""
    return Path(root, NAME).exists()


def take_back(root: str, beside: str = "") -> Sequence[str] | None:
    """Take back what a killed process has begun; None if there is nothing, else what was saved since.

    Raises UserError where that process still runs, or where not all can be taken back yet.
    """
    file, folders = Path(root, NAME), _folders(root, beside)
    sweep([Path(root)])
    try:
        journal = msgspec.msgpack.decode(file.read_bytes(), type=_Journal)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(
            f"{path_here(str(file))}: cannot be read; look at it, and remove it"
        ) from error
    if journal.process != os.getpid() and is_running(journal.process):
        raise UserError(
            f"{path_here(root)}: another change is under way (process {journal.process}); wait for "
            f"its end, or remove {path_here(str(file))}"
        )
    changes = journal.changes
    named = {*changes.written, *changes.created, *changes.removed, *changes.moves}
    for path in (*named, *changes.moves.values()):
        if not is_inside(path, folders):  # it may have come with a commit
            raise UserError(
                f"{path_here(str(file))}: names {path}, outside of the collection; remove it"
            )
    sweep({Path(path).parent for path in (*named, str(file))})
    left = _undo(root, journal, folders, None)
    if file.exists():
        raise UserError(*left)
    return left


def _folders(root: str, beside: str) -> Sequence[str]:
    return [root or ".", *filter(None, [beside])]


def _told(error: OSError) -> str:
    """A line about what the system did not do."""
    shown = path_here(os.fsdecode(error.filename or "."))
    return f"{shown}: cannot be changed: {reason_of(error)}"


def _begin(file: Path, journal: _Journal) -> None:
    """Write the journal. Raises UserError where that is not possible."""
    try:
        create_file(str(file), msgspec.msgpack.encode(journal))
    except FileExistsError as error:
        raise UserError(
            f"{path_here(str(file))}: another change is under way, {NOTHING}"
        ) from error
    except OSError as error:
        raise UserError(_told(error)) from error


# Doing it


def _do(journal: _Journal, folders: Sequence[str], written: set[str]) -> None:
    """Make the changes; `written` gets the paths of texts that are. Raises OSError and UserError."""
    changes = journal.changes
    for path, (before, after) in changes.written.items():
        folder = next(folder for folder in folders if is_within(path, folder))
        written.add(path)  # an interrupt may come when it is
        try:
            write_page(path_here(path), before, after, folder, NOTHING)
        except UserError:
            written.remove(path)
            raise
    for old, new in changes.moves.items():
        if os.path.lexists(new) and not is_other_case(old, new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), new)
        _move(old, new)
    for path, data in changes.created.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        create_file(path, data)
    for path, data in changes.removed.items():
        if troubles := list(changed_since(path, data)):
            raise UserError(*troubles)
        Path(path).unlink()
    _remove_empty({*changes.moves, *changes.removed}, folders)
    git_index.follow(folders, journal.staged, changes.moves)


def _move(old: str, new: str) -> None:
    Path(new).parent.mkdir(parents=True, exist_ok=True)
    Path(old).rename(new)


def _remove_empty(paths: Iterable[str], folders: Sequence[str]) -> None:
    """Remove the folders of files that are gone, and those above, as far as they are empty."""
    above = {parent for path in paths for parent in _folders_above(path, folders)}
    for folder in sorted(above, key=len, reverse=True):
        with contextlib.suppress(OSError):  # it is not empty
            Path(folder).rmdir()


def _folders_above(path: str, folders: Sequence[str]) -> Iterator[str]:
    """The folders that a path lies in, inside one of these."""
    root = next((folder for folder in folders if path.startswith(f"{folder}/")), None)
    while root is not None and len(path := dirname(path)) > len(root):
        yield path


# Taking it back


def _undo(
    root: str, journal: _Journal, folders: Sequence[str], written: set[str] | None
) -> Sequence[str]:
    """Let all files be as they were, as far as nobody else has changed them; what is left to tell.

    The journal goes, but where the system did not let it be. Of texts only those that are `written`
    are looked at, if that is known.
    """
    changes = journal.changes
    told: list[str] = []
    failed = False

    def tried(step: Callable[..., None], *arguments: object) -> None:
        nonlocal failed
        try:
            step(*arguments)
        except UserError as error:
            failed = failed or isinstance(error.__cause__, OSError)
            told.extend(error.lines)
        except OSError as error:
            failed = True
            told.append(_told(error))

    tried(git_index.go_back, folders, journal.staged, changes.moves)
    for path, data in changes.removed.items():
        tried(_put_back, path, data, journal.modes.get(path, 0o644))
    for path, data in changes.created.items():
        tried(_discard, path, data)
    for old, new in changes.moves.items():
        tried(_move_back, old, new)
    for path, (before, after) in changes.written.items():
        if written is None or path in written:
            folder = next(folder for folder in folders if is_within(path, folder))
            tried(_unwrite, path, before, after, folder)
    _remove_empty((*changes.moves.values(), *changes.created), folders)
    if not failed:
        tried(Path(root, NAME).unlink)
    if failed:
        told.append(f"{path_here(root)}: {GOES_ON}")
    return told


def _put_back(path: str, data: bytes, mode: int) -> None:
    if not os.path.lexists(path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        create_file(path, data)
        Path(path).chmod(mode)


def _discard(path: str, data: bytes) -> None:
    if not os.path.lexists(path):
        return
    if Path(path).read_bytes() != data:
        raise UserError(f"{path_here(path)}: {SAVED}")
    Path(path).unlink()


def _move_back(old: str, new: str) -> None:
    if not os.path.lexists(new):
        return
    if os.path.lexists(old) and not is_other_case(old, new):
        return  # it has not been moved, or somebody has made one anew
    _move(new, old)


def _unwrite(path: str, before: bytes, after: bytes, folder: str) -> None:
    try:
        now = Path(path).read_bytes()
    except FileNotFoundError:
        now = b""
    if now == after:
        write_page(path_here(path), after, before, folder, LEFT)
    elif now != before:
        raise UserError(f"{path_here(path)}: {SAVED}")
