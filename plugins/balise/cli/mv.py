"""`balise mv`"""

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

import click

from balise.base.errors import UserError
from balise.base.paths import real_path
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource
from balise.cli.refactoring import Doing, refactor
from balise.cli.sections import Section, option, sectioned
from balise.refactor.heading import rename_heading
from balise.refactor.key import rename_key
from balise.refactor.model import Refactoring
from balise.refactor.move import move
from balise.refactor.section import rename_section
from balise.workspace.workspace import Workspace

KEYS = "links/"


class What(Section, frozen=True):
    """What of OLD is meant, and what is kept of it."""

    locale: Annotated[
        tuple[str, ...],
        option(
            "--locale",
            metavar="LOCALE",
            help="Move the pages in this locale alone; may be given several times.",
        ),
    ] = ()
    section: Annotated[
        Path | None,
        option(
            "--section",
            metavar="PRODUCT",
            type=click.Path(path_type=Path),
            help="OLD and NEW are names of a section of this product.",
        ),
    ] = None
    no_keep: Annotated[
        bool, option("--no-keep", help="Keep no anchor for the id that a heading had.")
    ] = False


@sectioned(what=What, doing=Doing, config=ConfigSource)
@click.argument("old")
@click.argument("new")
def mv(old: str, new: str, what: What, doing: Doing, config: ConfigSource) -> ExitStatus:
    """Rename or move what is at OLD to NEW, and let all links follow.

    OLD is the path of a guide, a product, a universe or a picture, PATH#ANCHOR for a heading, whose
    new text NEW is, or links/KEY. Nothing is changed without --yes: what would change is printed.
    """
    start = what.section or Path(old.partition("#")[0])
    return refactor(config, _start(start), doing, lambda space: _plan(space, old, new, what))


def _start(path: Path) -> Path:
    """Where the configuration is looked for: at what is there, else in the current folder."""
    return path if path.exists() else Path.cwd()


def _plan(workspace: Workspace, old: str, new: str, what: What) -> Refactoring:
    path, mark, anchor = old.partition("#")
    if what.section is None and mark and not os.path.lexists(old):
        _refuse_locales(what, "a heading")
        text = unquote(anchor)
        return rename_heading(workspace, real_path(path), text, new, keep=not what.no_keep)
    if what.no_keep:
        raise UserError("`--no-keep` is for headings: write `PATH#ANCHOR` to rename one")
    if what.section is not None:
        _refuse_locales(what, "a section")
        return rename_section(workspace, real_path(what.section), old, new)
    root, key = _key(workspace, old)
    if key:
        _refuse_locales(what, "a key")
        return rename_key(workspace, root, key, new.removeprefix("/").removeprefix(KEYS))
    target = real_path(new)
    if new.endswith("/") and Path(new).is_dir():
        target += f"/{Path(real_path(old)).name}"
    return move(workspace, real_path(old), target, what.locale)


def _refuse_locales(what: What, thing: str) -> None:
    if what.locale:
        raise UserError(f"`--locale` is for pages: {thing} is renamed wherever it stands")


def _key(workspace: Workspace, old: str) -> tuple[str, str]:
    """The collection and the key that `links/KEY` names; no key where it names something else."""
    path = real_path(old)
    for root in workspace.collections:
        beside = workspace.scope.folder_beside(root)
        if beside and path.startswith(f"{beside}/"):
            return root, path.removeprefix(f"{beside}/")
    name = old.removeprefix("/")
    if name.startswith(KEYS) and not os.path.lexists(old) and workspace.collections:
        return next(iter(workspace.collections)), name.removeprefix(KEYS)
    return "", ""
