"""A site is made beside the one that readers see, and takes its place when all of it is there."""

import contextlib
import errno
import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath

import msgspec

from balise.base.errors import UserError
from balise.base.paths import ignores_case
from balise.base.processes import is_running

SUFFIX = ".building"
OLD = ".old"
PLAN = ".plan"
OWNER = ".process"
"""The file in which the number of the process that builds there stands."""
FEW = 64
"""Changes that are made in the site itself, within milliseconds. For more it is swapped as a whole."""


class Plan(msgspec.Struct, frozen=True):
    """How a site takes its place, once nothing more can go wrong but a kill: swapped, or file by file.

    It is kept beside the site until all of it is done. Paths count from the site.
    """

    swap: bool
    changed: list[str] = []
    gone: list[str] = []


class Staging:
    """The folder in which what is new of a site is made: `.site.building` beside `site`.

    Until `publish`, the site is as it was, whatever happens. What a kill has left undone of that is
    done by the next command that has to do with the site.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.folder = site.parent / f".{site.name}{SUFFIX}"
        self.old = site.parent / f".{site.name}{OLD}"
        self.plan = site.parent / f".{site.name}{PLAN}"

    def begin(self) -> None:
        """Make the folder, empty.

        Raises OSError where that is not possible, UserError while another build is under way.
        """
        builder = _builder_in(self.folder)
        if builder and builder != os.getpid():
            raise UserError(
                f"{self.site}: another build of this site is under way (process {builder}); "
                f"wait for its end, or remove {self.folder}"
            )
        self.discard()
        self.folder.mkdir(parents=True)
        (self.folder / OWNER).write_text(str(os.getpid()), encoding="utf-8")
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")

    def discard(self) -> None:
        """Remove the folder and what is in it; what was begun of a `publish` is finished first."""
        try:
            self._carry_out()
        except OSError:
            return  # what is there is needed the next time
        for folder in (self.folder, self.old):
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, made: AbstractSet[str], kept: AbstractSet[str]) -> None:
        """Let the site be what was made, and what it has that is `kept`, and nothing else.

        Paths count from the site; `made` are those that must be there. A file that says what it
        said before is left alone, and so are hidden files directly in the site's folder, as MkDocs
        does it. Raises OSError, and UserError where it has begun and cannot end.
        """
        for name in (".gitignore", OWNER):
            (self.folder / name).unlink(missing_ok=True)
        staged = set(files_below(self.folder)) - kept
        fold = str.casefold if ignores_case(self.folder) else str
        found = {fold(path) for path in staged}
        for path in made:
            if fold(path) not in found:
                raise FileNotFoundError(
                    errno.ENOENT, "it was made, and is gone", str(self.folder / path)
                )
        if not self.site.exists():
            self.folder.replace(self.site)
            return
        new = {fold(path) for path in (*staged, *kept)}
        changed = [path for path in sorted(staged) if not self._is_there(path)]
        there = [path for path in files_below(self.site) if not path.startswith(".")]
        gone = [path for path in there if fold(path) not in new]
        other = {fold(path) for path in (*changed, *gone)}
        same = {path for path in there if fold(path) not in other}
        if len(changed) + len(gone) > FEW and self._completed(same):
            plan = Plan(swap=True)
        else:
            plan = Plan(swap=False, changed=changed, gone=gone)
            self._make_folders(changed)
        part = self.folder / PLAN
        part.write_bytes(msgspec.json.encode(plan))
        part.replace(self.plan)
        try:
            self._carry_out()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UserError(
                f"{self.site}: not all of it could be put in its place: {reason}; "
                "the next build goes on where this one ended"
            ) from error
        self.discard()

    def _make_folders(self, changed: Sequence[str]) -> None:
        """Make the folders of new files as long as the site is the old one: it takes space."""
        for folder in {(self.site / path).parent for path in changed}:
            with contextlib.suppress(FileExistsError, NotADirectoryError):  # a file stands there
                folder.mkdir(parents=True, exist_ok=True)

    def _is_there(self, path: str) -> bool:
        """Whether the site has a file already, as it was made."""
        old = self.site / path
        return old.is_file() and filecmp.cmp(self.folder / path, old, shallow=False)

    def _completed(self, same: AbstractSet[str]) -> bool:
        """Put what stays the `same` beside what is new; whether the folder can be the site then."""
        # `Path.is_mount` is not for Windows before Python 3.12.
        if self.site.is_symlink() or os.path.ismount(self.site) or _stands_in(self.site):
            return False
        try:
            for folder in {path.rpartition("/")[0] for path in same}:
                os.makedirs(f"{self.folder}/{folder}", exist_ok=True)  # noqa: PTH103 - thousands of folders
            for path in same:
                _link(f"{self.site}/{path}", f"{self.folder}/{path}")
            shutil.copymode(self.site, self.folder)
        except OSError:  # a file system without such links, or a file where there was a folder
            return False
        return True

    def _carry_out(self) -> None:
        """Do what is left of a plan. Each step may have been done."""
        try:
            plan = msgspec.json.decode(self.plan.read_bytes(), type=Plan)
        except (OSError, msgspec.MsgspecError):
            return
        if not all(self._is_inside(path) for path in (*plan.changed, *plan.gone)):
            self.plan.unlink()  # no build has written that: it may have come with a commit
            return
        if plan.swap:
            self._swap()
        else:
            for path in plan.changed:
                if (self.folder / path).exists():
                    _move(self.folder / path, self.site / path)
            for path in plan.gone:
                (self.site / path).unlink(missing_ok=True)
            _remove_empty_folders(self.site, plan.gone)
        self.plan.unlink()

    def _is_inside(self, path: str) -> bool:
        """Whether a path leads nowhere but into the site, by whichever links there are in it."""
        root, folder = os.path.realpath(self.site), os.path.realpath((self.site / path).parent)
        return (folder == root or folder.startswith(root + os.sep)) and not path.endswith("..")

    def _swap(self) -> None:
        if self.folder.exists():
            if self.site.exists():
                self.site.replace(self.old)
            self.folder.replace(self.site)
        for hidden in self.old.glob(".*"):
            if not (self.site / hidden.name).exists():
                hidden.replace(self.site / hidden.name)


def _stands_in(folder: Path) -> bool:
    """Whether the current folder is there: a site that is swapped would be gone for its shell."""
    with contextlib.suppress(OSError):
        return Path.cwd().is_relative_to(folder.absolute())
    return False


def files_below(folder: Path) -> Iterator[str]:
    """The files of a folder, at any depth, by their paths from it."""
    left = [""]
    while left:  # `os.walk` costs four times as much
        prefix = left.pop()
        folders: list[str] = []
        names: list[str] = []
        with contextlib.suppress(OSError), os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif not (entry.is_symlink() and _is_folder(entry)):
                    names.append(entry.name)
        yield from (prefix + name for name in sorted(names))
        left += [f"{prefix}{name}/" for name in sorted(folders, reverse=True)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a symbolic link to itself
        return False


def _link(source: str, target: str) -> None:
    """Another name for a file, in place of what may be there."""
    try:
        os.link(source, target)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108 - as above
        os.link(source, target)


def _move(source: Path, target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    for parent in target.parents:
        if parent.is_file():
            parent.unlink()  # what was a page's file is a folder now
        if parent.is_dir():
            break
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Another file system: beside it first, then in its place.
        beside = target.with_name(f".{target.name}.new")
        shutil.copy2(source, beside)
        beside.replace(target)


def _remove_empty_folders(site: Path, gone: Iterable[str]) -> None:
    """Remove the folders that files which are `gone` have left empty; the site itself stays."""
    left = {parent for path in gone for parent in PurePosixPath(path).parents} - {PurePosixPath()}
    for folder in sorted(left, key=lambda folder: -len(folder.parts)):
        with contextlib.suppress(OSError):  # not empty
            (site / folder).rmdir()


def _builder_in(folder: Path) -> int:
    """The process that builds in a folder; 0 if there is none any more."""
    try:
        process = int((folder / OWNER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
    return process if is_running(process) else 0
