"""Which pages there are at the paths that a user names, and what they are judged by."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname

from balise.collection import Changes
from balise.config import Configuration
from balise.document import page_name
from balise.errors import UserError
from balise.patterns import Patterns


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page to be read: its path as it is shown, and the folder that its links may not leave."""

    path: str
    root: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be checked: the pages asked for, and what they are judged by.

    `around` are the other pages of their collections, `whole` the roots that hold a collection
    from its home down, as far as one can see. `folders` are those asked for. Of the pages only
    those count that the changes `since` a commit can matter to; what was lost since the commit
    `against` is told as well.
    """

    pages: Sequence[PageFile]
    around: Sequence[PageFile] = ()
    whole: frozenset[str] = frozenset()
    folders: Sequence[str] = ()
    since: Changes | None = None
    against: Changes | None = None

    def asks_for(self, path: str) -> bool:
        """Whether `path`, of a file that may be gone, was asked for."""
        return any(page.path == path for page in self.pages) or any(
            folder in ("", ".") or path.startswith(f"{folder}/") for folder in self.folders
        )


EVERYTHING = Scope(())
"""A scope that compares with nothing."""


def discover(paths: Iterable[Path], configuration: Configuration) -> Scope:
    """The pages at `paths`: files as they are, folders with every page below them.

    Raises UserError with a line for every path that is not there.
    """
    paths = list(paths)
    missing = [f"{path}: there is no such file or folder" for path in paths if not _there(path)]
    if missing:
        raise UserError(*missing)
    pages: dict[str, PageFile] = {}
    roots: dict[str, Path] = {}
    for path in paths:
        root, whole = _root_of(path, configuration.guides)
        if whole:
            roots[root.as_posix()] = root
        shown_root = root.as_posix()
        for shown in pages_below(path, configuration) if path.is_dir() else [path.as_posix()]:
            pages.setdefault(shown, PageFile(shown, shown_root))
    around: dict[str, PageFile] = {}
    for shown, root in roots.items():
        for page in pages_below(root, configuration):
            if page not in pages:
                around[page] = PageFile(page, shown)
    folders = [path.as_posix() for path in paths if path.is_dir()]
    return Scope(list(pages.values()), list(around.values()), frozenset(roots), folders)


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _root_of(path: Path, guides: Path) -> tuple[Path, bool]:
    """The collection's folder, and whether it is a whole one.

    That is the configured folder if `path` is in it, or the nearest folder upwards with a home
    page. Elsewhere it is the folder itself, or the one of the file: a part of a collection.
    """
    if path.absolute().is_relative_to(guides.absolute()):
        return _as_given(guides, path), True
    folder = path if path.is_dir() else path.parent
    for above in (folder.absolute(), *folder.absolute().parents):
        if any(_is_home(file) for file in above.glob("home.*.md")):
            return _as_given(above, path), True
    return folder, False


def _is_home(file: Path) -> bool:
    name = page_name(file.name)
    return name is not None and name.type == "home"


def _as_given(folder: Path, path: Path) -> Path:
    """`folder` from the current one, unless the user gave an absolute path."""
    return folder.absolute() if path.is_absolute() else Path(os.path.relpath(folder))


def pages_below(folder: Path, configuration: Configuration) -> Iterator[str]:
    """The path of every page of a folder, in order: no hidden folders, no `default.*`, which is no page.

    `.gitignore` files on the way count, and the configuration's `include` and `exclude`.
    """
    settings = configuration.config
    base = configuration.root.absolute()
    patterns = Patterns.of(base, settings.include, settings.exclude)
    above = tuple(p for file in _gitignores_above(folder) for p in Patterns.of_gitignore(file))
    ignored: dict[str, tuple[Patterns, ...]] = {}
    for where, folders, names in os.walk(folder):
        ignoring = ignored.get(dirname(where), above)
        prefix = f"{Path(where).as_posix()}/" if where != "." else ""
        if ".gitignore" in names:
            ignoring = (*ignoring, *Patterns.of_gitignore(Path(where, ".gitignore")))
        ignored[where] = ignoring
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not any(p.excludes(f"{where}/{name}/") for p in (patterns, *ignoring))
        )
        pages = [
            n for n in (*names, *folders) if n.endswith(".md") and not n.startswith("default.")
        ]
        for name in sorted(pages):
            if not any(p.excludes(f"{where}/{name}") for p in (patterns, *ignoring)):
                yield f"{prefix}{name}"


def was_page(path: str, configuration: Configuration) -> bool:
    """Whether a file that is gone would be one of `pages_below` its collection, if it were there."""
    folder, _, name = path.rpartition("/")
    if not name.endswith(".md") or name.startswith("default."):
        return False
    parts = folder.split("/")
    if any(part.startswith(".") and part not in (".", "..") for part in parts):
        return False
    settings = configuration.config
    own = Patterns.of(configuration.root.absolute(), settings.include, settings.exclude)
    ignored = [p for f in _gitignores_above(Path(folder, name)) for p in Patterns.of_gitignore(f)]
    above = ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]
    return not any(
        p.excludes(part) for p in (own, *ignored) for part in (*above, path) if part != "/"
    )


def _gitignores_above(folder: Path) -> Iterator[Path]:
    """The `.gitignore` files between a folder and the root of its repository."""
    above = folder.absolute().parents
    root = next((p for p in (folder.absolute(), *above) if (p / ".git").exists()), None)
    for parent in above:
        if root is not None and parent.is_relative_to(root) and (parent / ".gitignore").is_file():
            yield parent / ".gitignore"
