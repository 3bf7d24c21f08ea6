"""Options that several commands have, and how their values are read."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import click

from balise.base.errors import UserError
from balise.base.ignore import wrong_with
from balise.base.paths import real_path
from balise.cli.completion import complete_names
from balise.cli.sections import Section, option

format_option = click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print on stdout.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong.")


def _split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The names in the values of an option, which separates them by commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


names_option = partial(option, metavar="NAMES", callback=_split, shell_complete=complete_names)
"""An option whose value is names of rules or groups, separated by commas."""


def output_format_option(formats: Sequence[str]) -> object:
    """The option of a command that prints one of these formats on stdout."""
    return option(
        "--output-format",
        type=click.Choice(formats),
        metavar="FORMAT",
        show_default=True,
        help=f"What to print on stdout: {', '.join(formats)}.",
    )


def output_option() -> object:
    """The option of a command that writes its formats to files as well."""
    return option(
        "--output",
        metavar="FORMAT=FILE",
        help="Write a format to a file as well; a FILE alone takes the place of stdout.",
    )


def prints_on_stdout(files: Sequence[str]) -> bool:
    """Whether stdout is printed on: no file of `--output` has taken its place."""
    return all("=" in value for value in files)


class ConfigSource(Section, frozen=True):
    """Where the configuration is taken from: a `file`, nowhere if `isolated`, else as it is found."""

    title = "Configuration"

    file: Annotated[
        Path | None,
        option(
            "--config",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="This configuration and no other; paths in it count from its folder.",
        ),
    ] = None
    isolated: Annotated[bool, option("--isolated", help="No configuration, just the defaults.")] = (
        False
    )

    def start(self, paths: Sequence[Path]) -> Path:
        """The folder of the configuration, or where the search for one begins."""
        return self.file.absolute().parent if self.file is not None else first_folder(paths)


def _checked_patterns(
    _: click.Context, __: click.Parameter, patterns: tuple[str, ...]
) -> tuple[str, ...]:
    wrong = [
        f"`--exclude`: the pattern `{pattern}` {reason}"
        for pattern in patterns
        if (reason := wrong_with(pattern))
    ]
    if wrong:
        raise UserError(*wrong)
    return patterns


class Exclusion(Section, frozen=True):
    """What is left out of the pages."""

    title = "Pages"

    exclude: Annotated[
        tuple[str, ...],
        option(
            "--exclude",
            metavar="PATTERN",
            callback=_checked_patterns,
            help="Leave out these files and folders as well; may be given several times.",
        ),
    ] = ()
    force_exclude: Annotated[
        bool,
        option("--force-exclude", help="Leave out what is excluded even if it is in PATHS."),
    ] = False


def first_folder(paths: Sequence[Path]) -> Path:
    """Where the search for the configuration begins."""
    if not paths or paths[0] == Path("-"):
        return Path(real_path(Path.cwd()))
    first = Path(real_path(paths[0]))
    return first if first.is_dir() else first.parent
