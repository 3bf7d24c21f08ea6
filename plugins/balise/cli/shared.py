"""What several commands need."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise.base.errors import UserError

if TYPE_CHECKING:
    from balise.base.source import SourceFile
    from balise.check.report import Report
    from balise.config import Configuration
    from balise.workspace.discovery import Scope

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""Exit statuses: nothing to say, findings, the command could not do what it was asked to do."""

format_option = click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print on stdout.",
)


def configuration_for(paths: tuple[Path, ...]) -> "Configuration":
    from balise.check.severity import CATALOG
    from balise.config import load_configuration

    return load_configuration(first_folder(paths), CATALOG)


def names_in(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def first_folder(paths: tuple[Path, ...]) -> Path:
    """Where the search for the configuration begins."""
    if not paths or paths[0] == Path("-"):
        return Path.cwd()
    return paths[0] if paths[0].is_dir() else paths[0].parent


def discovered(paths: tuple[Path, ...], configuration: "Configuration") -> "Scope":
    from balise.workspace.discovery import discover

    if Path("-") in paths:
        raise UserError("`-` (stdin) is for `check` alone, without other paths")
    if not paths:
        guides = configuration.guides
        if not guides.is_dir():
            raise UserError(
                f"{guides}: there is no such folder; name the pages to check, "
                "or set `guides` in [tool.balise] of pyproject.toml"
            )
        paths = (guides.relative_to(Path.cwd()) if guides.is_relative_to(Path.cwd()) else guides,)
    scope = discover(paths, configuration)
    if not scope.pages:
        click.echo("balise: no pages there: nothing to check", err=True)
    return scope


class Sources:
    """The texts of pages with findings, read again when they are shown."""

    def __init__(self) -> None:
        self.last: tuple[str, SourceFile | None] = ("", None)

    def __call__(self, path: str) -> "SourceFile | None":
        from balise.workspace.reading import source_of

        if self.last[0] != path:
            self.last = (path, source_of(path))
        return self.last[1]


def utf8_stdout() -> Any:
    """stdout in UTF-8 whatever the locale says: pages are."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def compared(
    scope: "Scope", configuration: "Configuration", changed_since: str | None, against: str | None
) -> "Scope":
    """The scope with what is different since the commits that the user has named."""
    if changed_since is None and against is None:
        return scope
    from msgspec.structs import replace

    from balise.workspace.discovery import was_page
    from balise.workspace.gathering import DATA_FILES
    from balise.workspace.git import Repository

    read = (*scope.pages, *scope.around)
    pages = [page.path for page in read]
    roots = list(dict.fromkeys([*(page.root for page in read), *sorted(scope.whole)]))
    repository = Repository(Path(roots[0]) if roots else configuration.guides)

    def readable(path: str) -> bool:
        return path.rpartition("/")[2] in DATA_FILES or was_page(path, configuration)

    found = {
        ref: repository.changes(ref, roots, pages, readable)
        for ref in dict.fromkeys((changed_since, against))
        if ref is not None
    }
    return replace(
        scope,
        since=None if changed_since is None else found[changed_since],
        against=None if against is None else found[against],
    )


def count(number: int, noun: str) -> str:
    """A number of things, as people write it."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def without_known(
    report: "Report",
    sources: "Callable[[str], SourceFile | None]",
    root: Path,
) -> "Report":
    """The report without the findings that the baseline knows; says how many are left out."""
    from balise.check import baseline as baselines

    baseline = baselines.read_baseline(root / baselines.FILE)
    left = baselines.without_known(report, baseline, sources, root)
    left_out = len(report.findings) - len(left.findings)
    if baseline is not None and left_out:
        of = f"{left_out} of {count(len(baseline), 'known finding')}"
        click.echo(f"{of} left out; the baseline is {baseline.age()}", err=True)
    return left
