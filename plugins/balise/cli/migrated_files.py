"""Files of a migration -> disk: all of them or none, in the place of the guides or in a new folder."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.migrate.model import Migration
from balise.publish.staging import Staging, files_below
from balise.workspace.git import Repository

BESIDE = "../"
"""Begins the names of files beside the folder of the guides."""
PAGES = "pages"
"""What the folder of the guides is called in a new folder."""
OVER = "use `--output` to have the result in another folder"


def require_safe(guides: Path, migration: Migration, *, force: bool) -> None:
    """Raise UserError where guides that are written over could not be had back, or are in the way."""
    require_free(guides, migration)
    links = next(_links_to_folders(guides), None)
    if links:
        raise UserError(
            f"{path_here(links)}: is a symbolic link to a folder, which would be lost; {OVER}"
        )
    if force:
        return
    try:
        changed = Repository(guides).changes("HEAD", [str(guides)], [], lambda _: False).touched
    except UserError as error:
        raise UserError(
            f"{path_here(str(guides))}: git could not bring the guides back ({error}); "
            f"commit them, {OVER}, or `--force`"
        ) from error
    if changed:
        raise UserError(
            f"{path_here(min(changed))}: is not committed as it is ({count(len(changed), 'such file')}); "
            f"commit it, {OVER}, or `--force`"
        )


def require_free(guides: Path, migration: Migration) -> None:
    """Raise UserError where there is another file in the place of a new one."""
    for name in sorted(migration.new):
        file = Path(os.path.normpath(guides / name))
        there = next((path for path in (file, file.parent) if path.is_file()), file)
        if os.path.lexists(there) and not _has(there, migration.files[name]):
            raise UserError(
                f"{path_here(str(there))}: is in the way of a file of the new layout; "
                "move it, or take it out of the collection"
            )


def write_in_place(guides: Path, migration: Migration) -> None:
    """Put the files in the place of those of today. What a kill leaves undone, the next call does."""
    beside: dict[Path, dict[str, bytes]] = {}
    inside: dict[str, bytes] = {}
    for name, data in migration.files.items():
        if name.startswith(BESIDE):
            top, _, below = name.removeprefix(BESIDE).partition("/")
            beside.setdefault(guides.parent / top, {})[below] = data
        else:
            inside[name] = data
    for folder, files in beside.items():
        with _staged(folder) as staging:
            _write(staging.folder, files)
            staging.publish(files.keys(), _others(folder, files.keys()))
    with _staged(guides) as staging:
        _write(staging.folder, inside)
        staging.publish(inside.keys(), _others(guides, inside.keys()) - migration.removed)


def require_new(output: Path, guides: Path) -> None:
    """Raise UserError where a folder to be made is there, or would be in that of the guides."""
    if os.path.lexists(output) and (not output.is_dir() or any(output.iterdir())):
        raise UserError(f"`--output {output}`: is there already; name a folder that is not")
    if output.absolute().resolve().is_relative_to(guides.resolve()):
        raise UserError(f"`--output {output}`: lies in the folder of the guides; name another one")


def write_into(output: Path, guides: Path, migration: Migration) -> None:
    """Make a new folder with the guides as they are after the migration. Raises UserError."""
    top = str(guides)

    def left_out(folder: str, names: list[str]) -> list[str]:
        if folder == top:
            return [name for name in names if name.startswith(".")]
        return []

    with _staged(output) as staging:
        pages = staging.folder / PAGES
        shutil.copytree(guides, pages, symlinks=True, ignore=left_out)
        for name in migration.removed:
            (pages / name).unlink()
        _write(pages, migration.files)
        staging.publish({f"{PAGES}/index.md"}, frozenset())


def finish_in_place(guides: Path) -> None:
    """Do what an earlier call was killed in the middle of."""
    Staging(guides).discard()


@contextmanager
def _staged(folder: Path) -> Iterator[Staging]:
    """A folder beside another one, which is gone behind the block whatever happens."""
    staging = Staging(folder)
    try:
        staging.begin()
        yield staging
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path_here(str(folder))}: cannot be written: {reason}") from error
    finally:
        staging.discard()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(data)


def _others(folder: Path, written: Iterable[str]) -> set[str]:
    return set(files_below(folder)) - set(written)


def _has(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def _links_to_folders(folder: Path) -> Iterator[str]:
    for where, folders, _ in os.walk(folder):
        yield from (str(path) for name in folders if (path := Path(where, name)).is_symlink())
