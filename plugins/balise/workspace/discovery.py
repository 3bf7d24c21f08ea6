"""Which pages there are at the paths that a user names, and what they are judged by."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from posixpath import dirname

import msgspec
from msgspec import field

from balise.base.errors import UserError
from balise.base.ignore import Patterns
from balise.base.paths import (
    absolute_path,
    display_path,
    is_utf8,
    path_here,
    real_path,
    with_slashes,
)
from balise.collection import PICTURES, Reading
from balise.collection.layouts import LAYOUTS, Layout, layouts_of
from balise.collection.layouts.tree import TreeLayout
from balise.config import USUAL_FOLDERS, Configuration, Generated, LayoutChoice
from balise.workspace.changes import Changes
from balise.workspace.dialect import is_plain
from balise.workspace.files import folder_beside

MARKDOWN = frozenset[str]().union(*(layout.markdown for layout in LAYOUTS.values()))
"""Names of Markdown files that are data files where a layout says so."""


class PageFile(msgspec.Struct, frozen=True):
    """A page to be read: its path as it is shown, and the folder that its links may not leave."""

    path: str
    root: str


class Scope(msgspec.Struct, frozen=True, dict=True):
    """What is to be checked: the pages asked for, and what they are judged by.

    `around` are the other pages of their collections, `whole` the roots that hold a collection
    as a whole, as far as one can see, with the names of their layouts, `plain` those that are not in the dialect. `generated`
    is what other tools make of them. `folders` are those asked for. Of the pages only
    those count that the changes `since` a commit can matter to; what was lost since the commit
    `against` is told as well, and what was found at the commit `new_since` is not. Which pages
    there are follows from the files and folders that were `looked_at`, and from whether there is
    something at the `marks`. Collections that are `judged` by themselves are so even if only some of
    their pages are asked for.
    """

    pages: Sequence[PageFile]
    around: Sequence[PageFile] = ()
    whole: Mapping[str, str] = {}
    folders: Sequence[str] = ()
    since: Changes | None = None
    against: Changes | None = None
    new_since: Changes | None = None
    looked_at: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    generated: Generated = Generated()
    judged: frozenset[str] = frozenset()

    @cached_property
    def bounds(self) -> Mapping[str, str]:
        """Path of a page -> the folder of its collection, out of which no symbolic link may lead.

        Of a part of a collection it is not known what else belongs to it.
        """
        pages = (*self.pages, *self.around)
        return {page.path: page.root for page in pages if page.root in self.whole}

    def reading(self, root: str) -> Reading:
        """How the collection at `root` is read."""
        layout = self.whole.get(root, TreeLayout.name)
        return Reading(root in self.whole, root in self.plain, self.generated, layout)

    def layout(self, root: str) -> Layout:
        """How the collection at `root` is laid out."""
        return LAYOUTS[self.reading(root).layout]

    def folder_beside(self, root: str) -> str:
        """The folder beside that of a collection that belongs to it; empty if none does."""
        return folder_beside(root, self.layout(root))

    def is_data(self, path: str) -> bool:
        """Whether a path, of a file that may be gone, is that of a data file of a collection."""
        return any(
            LAYOUTS[layout].data_kind(os.path.relpath(path, root))
            for root, layout in self.whole.items()
        )

    def asks_for(self, path: str) -> bool:
        """Whether `path`, of a file that may be gone, was asked for."""
        return path in self._asked or any(path.startswith(f"{folder}/") for folder in self.folders)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(page.path for page in self.pages)

    def before(self, changes: Changes, roots: Mapping[str, str]) -> "Scope":
        """The scope before some changes: `roots` are of the pages of then among what has changed.

        Pages are asked for that are so today, and whole collections that are so today.
        """
        now = {page.path for page in self.pages}
        partly = {page.root for page in self.around}
        was = [page for page in (*self.pages, *self.around) if page.path not in changes.touched]
        was += [PageFile(path, root) for path, root in roots.items()]
        asked = {
            page.path
            for page in was
            if page.path in now
            or page.root not in partly
            or (page.path in roots and self.asks_for(changes.name_now(page.path)))
        }
        return Scope(
            [page for page in was if page.path in asked],
            [page for page in was if page.path not in asked],
            self.whole,
            self.folders,
            plain=self.plain,
            generated=self.generated,
        )


def discover(
    paths: Iterable[Path], configuration: Configuration, *, must_exist: bool = True
) -> Scope:
    """The pages at `paths`: files as they are, folders with every page below them.

    With `force-exclude`, a file counts as in its folder. Those that need not exist stand for a text
    that is there: they count always. Raises UserError with a line for every path that is not there,
    and for every picture and data file.
    """
    paths = list(paths)
    missing = [f"{path}: there is no such file or folder" for path in paths if not _there(path)]
    if missing and must_exist:
        raise UserError(*missing)
    guides = _storable(Path(absolute_path(configuration.guides)))
    asked = [canonical_path(path, guides) for path in paths]
    pages: dict[str, PageFile] = {}
    roots: dict[str, Path] = {}
    seen = _Seen(configuration.config.layout)
    if not configuration.config.guides:
        seen.marks |= {(configuration.root / name).as_posix() for name in USUAL_FOLDERS}
    if must_exist and configuration.config.force_exclude:
        asked = [p for p in asked if p.is_dir() or is_page_path(p.as_posix(), configuration, seen)]
    if must_exist and (others := [line for p in asked if (line := _no_page(p, guides, seen))]):
        raise UserError(*others)
    collection = guides if _is_collection(guides, configuration, seen) else None
    folders: dict[str, Path] = {}
    for path in asked:
        root, whole = _root_of(path, collection, seen)
        if collection is not None and path != collection and collection.is_relative_to(path):
            roots[display_path(guides.as_posix())] = guides
        folders[display_path(root.as_posix())] = root
        if whole:
            roots[display_path(root.as_posix())] = root
        shown = display_path(path.as_posix())
        found = pages_below(path, configuration, seen) if path.is_dir() else [shown]
        for page in found:
            own = next((name for name in roots if page.startswith(f"{name}/")), None)
            pages.setdefault(page, PageFile(page, own or display_path(root.as_posix())))
    around: dict[str, PageFile] = {}
    named = frozenset(asked)
    for name, root in roots.items():
        if not named.isdisjoint((root, *root.parents)):
            continue
        for page in pages_below(root, configuration, seen):
            if page not in pages:
                around[page] = PageFile(page, name)
    by_root: dict[str, list[str]] = defaultdict(list)
    for file in (*pages.values(), *around.values()):
        by_root[file.root].append(file.path)
    plain = [
        name
        for name, root in (folders | roots).items()
        if is_plain(root, by_root[name], configuration)
    ]
    return Scope(
        list(pages.values()),
        list(around.values()),
        {name: seen.layout_of_root(root) for name, root in roots.items()},
        [display_path(path.as_posix()) for path in asked if path.is_dir()],
        looked_at=frozenset(seen.contents),
        marks=frozenset(seen.marks),
        plain=frozenset(plain),
        generated=configuration.config.generated,
    )


def _no_page(path: Path, guides: Path, seen: "_Seen") -> str:
    """Why a file of the collection cannot be asked for; empty for what may be a page."""
    shown = path_here(str(path))
    if path.suffix.lower() in PICTURES and not path.is_dir():
        return f"{shown}: is a picture and no page; `--new-since HEAD` tells what a change of it breaks"
    if not path.is_dir() and _is_data(path, guides, seen):
        return f"{shown}: is a data file and no page; it is checked with the whole folder of guides"
    return ""


def _is_data(path: Path, guides: Path, seen: "_Seen") -> bool:
    """Whether a file is a data file of the collection that it is in."""
    root, whole = _root_of(path, guides if path.is_relative_to(guides) else None, seen)
    layout = LAYOUTS[seen.layout_of_root(root)] if whole else TreeLayout()
    return layout.data_kind(path.relative_to(root).as_posix()) is not None


def _is_collection(guides: Path, configuration: Configuration, seen: "_Seen") -> bool:
    """Whether the configured folder has a collection: one that nobody has named may be any folder."""
    if not guides.is_dir():
        return configuration.file is not None
    if configuration.file is not None:
        return True
    return not is_plain(guides, pages_below(guides, configuration, seen), configuration)


def canonical_path(path: Path, guides: Path) -> Path:
    """The one name of what a user names, however it is written.

    In the folder of guides it is the way from there, even where that is a symbolic link itself.
    """
    real, inside = Path(real_path(path)), Path(real_path(guides))
    if real.is_relative_to(inside):
        return guides / real.relative_to(inside)
    return _storable(real)


def _storable(path: Path) -> Path:
    """An absolute path; from the current folder where the one above it has a name that is no UTF-8."""
    return path if is_utf8(str(path)) else Path(os.path.relpath(path))


class _Seen(msgspec.Struct):
    """Files and folders that were looked into, and paths that were looked for."""

    choice: LayoutChoice = LayoutChoice.AUTO
    contents: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    layouts: dict[Path, list[str]] = field(default_factory=dict)

    def layouts_at(self, folder: Path) -> list[str]:
        """The layouts of which a folder may be the root; it is looked into once."""
        if folder not in self.layouts:
            self.contents.add(folder.as_posix())
            names: list[str] = []
            with suppress(OSError):
                names = os.listdir(folder)  # noqa: PTH208 - names are all that is asked for
            self.layouts[folder] = layouts_of(frozenset(names))
        return self.layouts[folder]

    def layout_of_root(self, root: Path) -> str:
        """The layout of the collection at `root`. Raises UserError where that cannot be told."""
        if self.choice is not LayoutChoice.AUTO:
            return str(self.choice.value)
        found = self.layouts_at(root)
        if len(found) > 1:
            ways = " or ".join(f'`layout = "{name}"`' for name in found)
            raise UserError(
                f"{path_here(str(root))}: there are marks of more than one layout; "
                f"write {ways} into the configuration"
            )
        return found[0] if found else TreeLayout.name

    def is_data(self, folder: Path, name: str) -> bool:
        """Whether a Markdown file is a data file of a collection whose root is its folder."""
        layouts = [layout for layout in LAYOUTS.values() if name in layout.markdown]
        return bool(layouts) and any(
            layout.name == self.choice.value
            or (self.choice is LayoutChoice.AUTO and layout.name in self.layouts_at(folder))
            for layout in layouts
        )


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _root_of(path: Path, guides: Path | None, seen: _Seen) -> tuple[Path, bool]:
    """The collection's folder, and whether it is a whole one.

    That is the configured folder if `path` is in it, or the nearest folder upwards with the marks of
    a layout. Elsewhere it is the folder itself, or the one of the file: a part of a collection.
    """
    if guides is not None and path.is_relative_to(guides):
        return guides, True
    folder = path if path.is_dir() else path.parent
    for above in (folder, *folder.parents):
        if seen.layouts_at(above):
            return above, True
    return folder, False


def pages_below(
    folder: Path, configuration: Configuration, seen: _Seen | None = None
) -> Iterator[str]:
    """The path of every page of a folder, in order: no hidden folders, no `default.*`, which is no page.

    `.gitignore` files on the way count, and the configuration's `include` and `exclude`. A folder
    that cannot be listed stands for the pages in it: it is one that cannot be read.
    """
    settings = configuration.config
    base = configuration.root.absolute()
    patterns = Patterns.of(base, settings.include, settings.exclude)
    seen = seen or _Seen(settings.layout)
    above = tuple(
        p for file in _gitignores_above(folder, seen) for p in Patterns.of_gitignore(file)
    )
    ignored: dict[str, tuple[Patterns, ...]] = {}
    unlisted: list[str] = []

    def note(error: OSError) -> None:
        unlisted.append(with_slashes(str(error.filename)))

    for found, folders, names in os.walk(folder, onerror=note):
        where = with_slashes(found)
        ignoring = ignored.get(dirname(where), above)
        # Of a path that comes from a `Path` only `./` is left to take off.
        prefix = f"{where}/".removeprefix("./")
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
            if name in MARKDOWN and seen.is_data(Path(where), name):
                continue
            if not any(p.excludes(f"{where}/{name}") for p in (patterns, *ignoring)):
                yield display_path(f"{prefix}{name}")
    yield from map(display_path, unlisted)


def is_page_path(path: str, configuration: Configuration, seen: _Seen | None = None) -> bool:
    """Whether a file of this path, which may be gone, is one of `pages_below` its collection."""
    folder, _, name = path.rpartition("/")
    if not name.endswith(".md") or name.startswith("default."):
        return False
    if name in MARKDOWN and _Seen(configuration.config.layout).is_data(Path(folder), name):
        return False
    bases = map(absolute_path, (configuration.guides, configuration.root))
    base = next((base for base in bases if path.startswith(f"{base}/")), folder)
    if any(part.startswith(".") for part in folder.removeprefix(base).split("/")):
        return False
    settings = configuration.config
    own = Patterns.of(configuration.root.absolute(), settings.include, settings.exclude)
    files = _gitignores_above(Path(folder, name), seen or _Seen(settings.layout))
    ignored = [patterns for file in files for patterns in Patterns.of_gitignore(file)]
    parts = folder.split("/")
    above = ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]
    return not any(
        p.excludes(part) for p in (own, *ignored) for part in (*above, path) if part != "/"
    )


def _gitignores_above(folder: Path, seen: _Seen) -> Iterator[Path]:
    """The `.gitignore` files between a folder and the root of its repository."""
    above = folder.absolute().parents
    root = None
    for parent in (folder.absolute(), *above):
        seen.marks.add((parent / ".git").as_posix())
        if (parent / ".git").exists():
            root = parent
            break
    for parent in above:
        if root is None or not parent.is_relative_to(root):
            return
        seen.contents.add((parent / ".gitignore").as_posix())
        if (parent / ".gitignore").is_file():
            yield parent / ".gitignore"
