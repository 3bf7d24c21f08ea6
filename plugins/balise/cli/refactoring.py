"""What commands that rename and remove have in common: the guides opened, the change shown, or made."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import click

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource
from balise.cli.output import is_colored, utf8_stdout
from balise.cli.patch import colored, patch_lines
from balise.cli.scope import configuration_of, discover_pages, open_pages
from balise.cli.sections import Section, option
from balise.collection.redirects import REDIRECTS
from balise.refactor.files import file_changes
from balise.refactor.model import Note, Refactoring
from balise.workspace.discovery import Scope
from balise.workspace.file_changes import FileChanges
from balise.workspace.journal import apply, take_back
from balise.workspace.workspace import Workspace
from balise.workspace.writing import sweep


class Doing(Section, frozen=True):
    """Whether files are changed."""

    title = "Doing it"

    yes: Annotated[bool, option("--yes", "-y", help="Change the files.")] = False
    dry_run: Annotated[
        bool, option("--dry-run", "-n", help="Print what would change, as without --yes.")
    ] = False


def refactor(
    config: ConfigSource,
    start: Path,
    doing: Doing,
    plan: Callable[[Workspace], Refactoring],
) -> ExitStatus:
    """Show what becomes of the guides by a `plan`, or make it so. Raises UserError."""
    if doing.yes and doing.dry_run:
        raise UserError("`--yes` and `--dry-run` exclude each other: leave one away")
    configuration = configuration_of(config, config.start((start,)))
    scope = discover_pages((), configuration)
    if _took_back(scope):
        scope = discover_pages((), configuration)
    if doing.yes:
        sweep({Path(page.path).parent for page in scope.pages})
    with no_garbage_collection(), open_pages(scope, configuration) as workspace:
        workspace.save()
        refactoring = plan(workspace)
        changes = file_changes(workspace, refactoring)
        for note in refactoring.notes:
            click.echo(f"{_place(workspace, note)}: {note.message}", err=True)
        root = _root(workspace, changes)
        if doing.yes:
            apply(root, changes, workspace.scope.folder_beside(root))
            click.echo(_summary(refactoring, changes, DONE), err=True)
        else:
            _print(changes)
            told = _summary(refactoring, changes, PLANNED)
            click.echo(f"would {told}; nothing is changed: `--yes` does it", err=True)
    return ExitStatus.CLEAN


def _took_back(scope: Scope) -> bool:
    """Take back what a killed command has left of a change; whether there was any."""
    found = False
    for root in dict.fromkeys((*(page.root for page in scope.pages), *sorted(scope.whole))):
        left = take_back(root, scope.folder_beside(root))
        if left is not None:
            found = True
            click.echo(
                f"{path_here(root)}: took back a change of files that was interrupted", err=True
            )
            for line in left:
                click.echo(line, err=True)
    return found


def _place(workspace: Workspace, note: Note) -> str:
    """The file, line and column of a note; of a page without a file its path alone."""
    shown = path_here(note.path)
    root = workspace.root_of_data(note.path)
    if note.path in workspace.records:
        lines = workspace.lines(note.path)
    elif root is not None:
        structure = workspace.collections[root].structure
        lines = structure.data[structure.data_name(note.path)]
    else:
        return shown
    place = lines.position(note.span.start)
    return f"{shown}:{place.line}:{place.column}"


def _root(workspace: Workspace, changes: FileChanges) -> str:
    """The root of the collection whose files change."""
    for path in (*changes.moves, *changes.written, *changes.removed, *changes.created):
        record = workspace.records.get(path)
        root = record.root if record else workspace.root_of_data(path)
        if root is not None:
            return root
    return next(iter(workspace.collections))


def _print(changes: FileChanges) -> None:
    out = utf8_stdout()
    lines = patch_lines(changes)
    out.writelines(map(colored, lines) if is_colored("auto", out) else lines)
    out.flush()


DONE = ("moved", "changed", "added", "made", "removed")
PLANNED = ("move", "change", "add", "make", "remove")


def _summary(refactoring: Refactoring, changes: FileChanges, verbs: tuple[str, ...]) -> str:
    """What is done, in one line: `moved 14 files, changed 230 places in 96 files`."""
    move, change, add, make, remove = verbs
    tables = {path for path in (*changes.written, *changes.created) if _is_table(path)}
    texts = [path for path in changes.written if path not in tables]
    places = sum(len(dict.fromkeys(refactoring.edits[path])) for path in texts)
    redirects = sum(_lines_added(path, changes) for path in tables)
    made = len(changes.created.keys() - tables)
    parts = [
        f"{move} {count(len(changes.moves), 'file')}" if changes.moves else "",
        f"{change} {count(places, 'place')} in {count(len(texts), 'file')}" if texts else "",
        f"{add} {count(redirects, 'redirect')}" if redirects > 0 else "",
        f"{make} {count(made, 'file')}" if made else "",
        f"{remove} {count(len(changes.removed), 'file')}" if changes.removed else "",
    ]
    return ", ".join(filter(None, parts)) or f"{change} nothing"


def _is_table(path: str) -> bool:
    """Whether a file is a table of redirects."""
    return Path(path).name == REDIRECTS


def _lines_added(table: str, changes: FileChanges) -> int:
    before, after = changes.written.get(table, (b"", changes.created.get(table, b"")))
    return after.count(b"\n") - before.count(b"\n")
