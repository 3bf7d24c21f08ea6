"""Whether what is kept between runs can be believed: nobody else must have been able to write it.

What is kept decides what is told and what is published. It comes from a run of one's own; a folder
that came with a commit, say one of a pull request, or that others can write to, may say anything.
"""

import contextlib
import os
import stat
from functools import cache
from pathlib import Path

from balise.base.errors import UserError

GIT = ".git"
SIGNATURE = b"DIRC"
"""Begins git's index, and the number of its version follows (gitformat-index)."""
PLAIN_VERSIONS = (2, 3)
"""Versions in which each path stands as it is; in others it is shortened."""
SPLIT = b"link\0"
"""Begins the part of an index that says that most paths are in another file."""


@cache
def distrust(folder: Path) -> str:
    """Why the folder of what is kept is not to be believed, as a line for people; empty if it is."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in (folder, *(Path(entry) for entry in os.scandir(folder))):
            if reason := _of_others(path):
                return f"{path}: {reason}; nothing that is kept is used until it is gone"
        return distrust_tracked(folder)
    return ""


@cache
def distrust_tracked(folder: Path) -> str:
    """As `distrust`, of a folder that may belong to whoever has put it there, as a CI does."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        if _is_tracked(folder):
            return (
                f"{folder}: is not used, since git tracks it, and it says what whoever committed it "
                f"wants: `git rm -r --cached {folder.name}` takes it out of the repository"
            )
    return ""


def _of_others(path: Path) -> str:
    """Why others may have made a file or folder what it is."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "is a symbolic link, and what is kept may not lie elsewhere"
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        return "belongs to another user"
    if os.name == "posix" and status.st_mode & stat.S_IWOTH:
        return "can be written by every user"
    return ""


def _is_tracked(folder: Path) -> bool:
    """Whether git has anything of the folder in its index, whatever the case of its name."""
    top = next((above for above in folder.parents if os.path.lexists(above / GIT)), None)
    if top is None:
        return False
    path = f"{folder.relative_to(top).as_posix()}/".encode("utf-8", "surrogateescape").lower()
    try:
        index = (top / GIT / "index").read_bytes()
    except FileNotFoundError:
        return False  # nothing was ever added
    except OSError:
        index = b""  # a work tree beside its repository: `.git` is a file
    plain = index[:4] == SIGNATURE and int.from_bytes(index[4:8]) in PLAIN_VERSIONS
    if plain and SPLIT not in index:
        return path in index.lower()
    return _git_tracks(folder)


def _git_tracks(folder: Path) -> bool:
    from balise.workspace.git import Repository  # of an index that takes git to be read

    with contextlib.suppress(UserError):
        return Repository(folder.parent).tracks(folder)
    return False
