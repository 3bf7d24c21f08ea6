"""Which pages there are at the paths that a user names, and what they are judged by."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from posixpath import dirname

import msgspec
from msgspec import field

from balise.base.errors import UserError
from balise.base.ignore import Patterns
from balise.base.paths import display_path
from balise.config import Configuration
from balise.document import page_name
from balise.workspace.changes import Changes


class PageFile(msgspec.Struct, frozen=True):
    """A page to be read: its path as it is shown, and the folder that its links may not leave."""

    path: str
    root: str


class Scope(msgspec.Struct, frozen=True, dict=True):
    """What is to be checked: the pages asked for, and what they are judged by.

    `around` are the other pages of their collections, `whole` the roots that hold a collection
    from its home down, as far as one can see. `folders` are those asked for. Of the pages only
    those count that the changes `since` a commit can matter to; what was lost since the commit
    `against` is told as well. Which pages there are follows from the files and folders that were
    `looked_at`, and from whether there is something at the `marks`.
    """

    pages: Sequence[PageFile]
    around: Sequence[PageFile] = ()
    whole: frozenset[str] = frozenset()
    folders: Sequence[str] = ()
    since: Changes | None = None
    against: Changes | None = None
    looked_at: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    @cached_property
    def bounds(self) -> Mapping[str, str]:
        """Path of a page -> the folder of its collection, out of which no symbolic link may lead.

        Of a part of a collection it is not known what else belongs to it.
        """
        pages = (*self.pages, *self.around)
        return {page.path: page.root for page in pages if page.root in self.whole}

    def asks_for(self, path: str) -> bool:
        """Whether `path`, of a file that may be gone, was asked for."""
        return any(page.path == path for page in self.pages) or any(
            folder in ("", ".") or path.startswith(f"{folder}/") for folder in self.folders
        )


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
    seen = _Seen()
    for path in paths:
        root, whole = _root_of(path, configuration.guides, seen)
        if whole:
            roots[display_path(root.as_posix())] = root
        own = display_path(root.as_posix())
        found = (
            pages_below(path, configuration, seen)
            if path.is_dir()
            else [display_path(path.as_posix())]
        )
        for page in found:
            pages.setdefault(page, PageFile(page, own))
    around: dict[str, PageFile] = {}
    for name, root in roots.items():
        if any(root == path for path in paths):
            continue
        for page in pages_below(root, configuration, seen):
            if page not in pages:
                around[page] = PageFile(page, name)
    return Scope(
        list(pages.values()),
        list(around.values()),
        frozenset(roots),
        [display_path(path.as_posix()) for path in paths if path.is_dir()],
        looked_at=frozenset(seen.contents),
        marks=frozenset(seen.marks),
    )


class _Seen(msgspec.Struct):
    """Files and folders that were looked into, and paths that were looked for."""

    contents: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _root_of(path: Path, guides: Path, seen: _Seen) -> tuple[Path, bool]:
    """The collection's folder, and whether it is a whole one.

    That is the configured folder if `path` is in it, or the nearest folder upwards with a home
    page. Elsewhere it is the folder itself, or the one of the file: a part of a collection.
    """
    if path.absolute().is_relative_to(guides.absolute()):
        return _as_given(guides, path), True
    folder = path if path.is_dir() else path.parent
    for above in (folder.absolute(), *folder.absolute().parents):
        seen.contents.add(str(above))
        if any(_is_home(file) for file in above.glob("home.*.md")):
            return _as_given(above, path), True
    return folder, False


def _is_home(file: Path) -> bool:
    name = page_name(file.name)
    return name is not None and name.type == "home"


def _as_given(folder: Path, path: Path) -> Path:
    """`folder` from the current one, unless the user gave an absolute path."""
    return folder.absolute() if path.is_absolute() else Path(os.path.relpath(folder))


def pages_below(
    folder: Path, configuration: Configuration, seen: _Seen | None = None
) -> Iterator[str]:
    """The path of every page of a folder, in order: no hidden folders, no `default.*`, which is no page.

    `.gitignore` files on the way count, and the configuration's `include` and `exclude`.
    """
    settings = configuration.config
    base = configuration.root.absolute()
    patterns = Patterns.of(base, settings.include, settings.exclude)
    seen = seen or _Seen()
    above = tuple(
        p for file in _gitignores_above(folder, seen) for p in Patterns.of_gitignore(file)
    )
    ignored: dict[str, tuple[Patterns, ...]] = {}
    for where, folders, names in os.walk(folder):
        ignoring = ignored.get(dirname(where), above)
        # Of a path that comes from a `Path` only `./` is left to take off.
        prefix = f"{where.replace(os.sep, '/')}/".removeprefix("./")
        seen.contents.add(where)
        if ".gitignore" in names:
            seen.contents.add(f"{prefix}.gitignore")
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
                yield display_path(f"{prefix}{name}")


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
    ignored = [
        p for f in _gitignores_above(Path(folder, name), _Seen()) for p in Patterns.of_gitignore(f)
    ]
    above = ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]
    return not any(
        p.excludes(part) for p in (own, *ignored) for part in (*above, path) if part != "/"
    )


def _gitignores_above(folder: Path, seen: _Seen) -> Iterator[Path]:
    """The `.gitignore` files between a folder and the root of its repository."""
    above = folder.absolute().parents
    root = None
    for parent in (folder.absolute(), *above):
        seen.marks.add(str(parent / ".git"))
        if (parent / ".git").exists():
            root = parent
            break
    for parent in above:
        if root is None or not parent.is_relative_to(root):
            return
        seen.contents.add(str(parent / ".gitignore"))
        if (parent / ".gitignore").is_file():
            yield parent / ".gitignore"
