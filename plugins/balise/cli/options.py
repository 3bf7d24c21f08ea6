"""Options that several commands have, and how their values are read."""

from pathlib import Path

import click

from balise.base.paths import real_path

format_option = click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print on stdout.",
)


def split_names(values: tuple[str, ...]) -> tuple[str, ...]:
    """The names in the values of an option, which separates them by commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def first_folder(paths: tuple[Path, ...]) -> Path:
    """Where the search for the configuration begins."""
    if not paths or paths[0] == Path("-"):
        return Path(real_path(Path.cwd()))
    first = Path(real_path(paths[0]))
    return first if first.is_dir() else first.parent
