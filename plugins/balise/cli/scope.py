"""From the paths on a command line to the configuration and the pages that are meant."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.check.severity import CATALOG
from balise.cli.options import first_folder
from balise.collection import DATA_FILES
from balise.config import Configuration, load_configuration
from balise.workspace.changes import Changes
from balise.workspace.discovery import Scope, discover, is_page_path
from balise.workspace.git import Repository


class Revisions(NamedTuple):
    """The commits that pages are compared with, as a user names them; see `Scope`."""

    since: str | None
    new_since: str | None
    against: str | None


def configuration_for(paths: tuple[Path, ...]) -> Configuration:
    """The configuration that counts for these paths. Raises UserError if it is wrong."""
    return load_configuration(first_folder(paths), CATALOG)


def discover_pages(paths: tuple[Path, ...], configuration: Configuration) -> Scope:
    """The pages at these paths; without any, those of the folder of guides. Raises UserError."""
    if Path("-") in paths:
        raise UserError("`-` (stdin) is for `check` alone, without other paths")
    if not paths:
        guides = configuration.guides
        if not guides.is_dir():
            raise UserError(
                f"{guides}: there is no such folder; name the pages to check, "
                "or set `guides` in [tool.balise] of pyproject.toml"
            )
        paths = (guides,)
    scope = discover(paths, configuration)
    if not scope.pages:
        click.echo("balise: no pages there: nothing to check", err=True)
    return scope


def compared_with(scope: Scope, configuration: Configuration, revisions: Revisions) -> Scope:
    """The scope with what is different since the revisions that are named. Raises UserError."""
    if not any(name is not None for name in revisions):
        return scope
    read = (*scope.pages, *scope.around)
    pages = [page.path for page in read]
    roots = list(dict.fromkeys([*(page.root for page in read), *sorted(scope.whole)]))
    repository = Repository(Path(roots[0]) if roots else configuration.guides)

    def readable(path: str) -> bool:
        return path.rpartition("/")[2] in DATA_FILES or is_page_path(path, configuration)

    @cache
    def changes(commit: str) -> Changes:
        return repository.changes(commit, roots, pages, readable)

    since, new_since, against = revisions
    return replace(
        scope,
        since=None if since is None else changes(repository.merge_base(since)),
        new_since=None if new_since is None else changes(repository.merge_base(new_since)),
        against=None if against is None else changes(repository.commit(against)),
    )
