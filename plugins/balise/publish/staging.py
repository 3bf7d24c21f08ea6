"""A site is made beside the one that readers see, and takes its place when all of it is there."""

import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from balise.base.errors import UserError

SUFFIX = ".building"
OWNER = ".process"
"""The file in which the number of the process that builds there stands."""


class Staging:
    """The folder in which what is new of a site is made: `.site.building` beside `site`.

    Until `publish`, the site is as it was, whatever happens.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.folder = site.parent / f".{site.name}{SUFFIX}"

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
        """Remove the folder and what is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self, made: AbstractSet[str], kept: AbstractSet[str]) -> None:
        """Move all files into the site, and remove from it what is neither among them nor `kept`.

        Paths count from the site; `made` are those that must be there to be moved. A file that
        says what it said before is left alone, and so are hidden files directly in the site's
        folder, as MkDocs does it. Raises OSError.
        """
        for name in (".gitignore", OWNER):
            (self.folder / name).unlink(missing_ok=True)
        staged = set(files_below(self.folder)) - kept
        for path in made - staged:
            raise FileNotFoundError(
                errno.ENOENT, "it was made, and is gone", str(self.folder / path)
            )
        if not self.site.exists():
            self.folder.replace(self.site)
            return
        for path in sorted(staged):
            _move(self.folder / path, self.site / path)
        for path in files_below(self.site):
            if path not in staged and path not in kept and not path.startswith("."):
                (self.site / path).unlink()
        _remove_empty_folders(self.site)
        self.discard()


def files_below(folder: Path) -> Iterator[str]:
    """The files of a folder, at any depth, by their paths from it."""
    start = len(str(folder)) + 1
    for where, folders, names in os.walk(folder):
        folders.sort()
        prefix = Path(where).as_posix()[start:]
        for name in sorted(names):
            yield f"{prefix}/{name}" if prefix else name


def _move(source: Path, target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    elif target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    for parent in target.parents:
        if parent.is_file():
            parent.unlink()  # what was a page's file is a folder now
        if parent.is_dir():
            break
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError:  # another file system: beside it first, then in its place
        beside = target.with_name(f".{target.name}.new")
        shutil.copy2(source, beside)
        beside.replace(target)


def _remove_empty_folders(folder: Path) -> None:
    """Hidden ones directly in the folder are no part of the site: a repository, for one."""
    for top in sorted(folder.iterdir()):
        if not top.is_dir() or top.is_symlink() or top.name.startswith("."):
            continue
        for where, _, _ in os.walk(top, topdown=False):
            if not os.listdir(where):  # noqa: PTH208 - thousands of folders
                Path(where).rmdir()


def _builder_in(folder: Path) -> int:
    """The process that builds in a folder; 0 if there is none any more."""
    try:
        process = int((folder / OWNER).read_text(encoding="utf-8"))
        os.kill(process, 0)
    except (OSError, ValueError):
        return 0
    return process
