"""From the paths on a command line to the configuration and the pages that are meant."""

import errno
import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from balise.base.errors import UserError
from balise.check.severity import CATALOG
from balise.cli.options import ConfigSource, Exclusion
from balise.config import (
    Configuration,
    load_configuration,
    no_configuration,
    read_configuration,
)
from balise.workspace.changes import Changes
from balise.workspace.discovery import Scope, discover, is_page_path
from balise.workspace.git import Repository
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace


class Revisions(NamedTuple):
    """The commits that pages are compared with, as a user names them; see `Scope`."""

    since: str | None
    new_since: str | None
    against: str | None


def configuration_of(
    source: ConfigSource, start: Path, exclusion: Exclusion | None = None
) -> Configuration:
    """The configuration from a source, looked for from the folder `start`, with an exclusion.

    Raises UserError if it is wrong, or cannot be had.
    """
    if source.file is not None and source.isolated:
        raise UserError("`--config` and `--isolated` exclude each other: leave one away")
    if source.file is not None:
        configuration = read_configuration(source.file, CATALOG)
    elif source.isolated:
        configuration = no_configuration(start)
    else:
        configuration = load_configuration(start, CATALOG)
    if exclusion is None:
        return configuration
    config = configuration.config
    exclude = (*config.exclude, *exclusion.exclude)
    force = config.force_exclude or exclusion.force_exclude
    return replace(configuration, config=replace(config, exclude=exclude, force_exclude=force))


def discover_pages(paths: tuple[Path, ...], configuration: Configuration) -> Scope:
    """The pages at these paths; without any, those of the folder of guides. Raises UserError."""
    if Path("-") in paths:
        raise UserError("`-` (stdin) is for `check` alone, without other paths")
    if not paths:
        _require_folder(configuration.guides)
        paths = (configuration.guides,)
    return discover(paths, configuration)


def open_pages(scope: Scope, configuration: Configuration) -> Workspace:
    """The pages of a scope, through the store beside a configuration that is a file."""
    store = Store(configuration.root) if configuration.file is not None else None
    usable = store if store is not None and not store.refusal else None
    return Workspace.open(scope, configuration.config.urls, usable)


def _require_folder(guides: Path) -> None:
    """Raise UserError where the folder of guides cannot be read."""
    way_out = "name the pages to check, or set `guides` in the configuration"
    try:
        with os.scandir(guides):
            return
    except FileNotFoundError as error:
        reason = "there is no such folder"
        if guides.is_symlink():
            reason = "it is a symbolic link to nothing"
        raise UserError(f"{guides}: {reason}; {way_out}") from error
    except OSError as error:
        circle = error.errno == errno.ELOOP
        reason = "it is a symbolic link in a circle" if circle else (error.strerror or "").lower()
        raise UserError(f"{guides}: cannot be read: {reason}; {way_out}") from error


def compared_with(scope: Scope, configuration: Configuration, revisions: Revisions) -> Scope:
    """The scope with what is different since the revisions that are named. Raises UserError."""
    if not any(name is not None for name in revisions):
        return scope
    read = (*scope.pages, *scope.around)
    pages = [page.path for page in read]
    roots = list(dict.fromkeys([*(page.root for page in read), *sorted(scope.whole)]))
    folders = [*roots, *filter(None, map(scope.folder_beside, roots))]
    repository = Repository(Path(roots[0]) if roots else configuration.guides)

    def readable(path: str) -> bool:
        return scope.is_data(path) or is_page_path(path, configuration)

    @cache
    def changes(commit: str) -> Changes:
        return repository.changes(commit, folders, pages, readable)

    since, new_since, against = revisions
    return replace(
        scope,
        since=None if since is None else changes(repository.merge_base(since)),
        new_since=None if new_since is None else changes(repository.merge_base(new_since)),
        against=None if against is None else changes(repository.commit(against)),
    )
