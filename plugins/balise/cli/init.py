"""`balise init`"""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from posixpath import dirname

import click
import msgspec

from balise.base.counting import count
from balise.base.errors import UserError
from balise.cli.exit_status import ExitStatus
from balise.cli.output import print_crashes, print_summary
from balise.cli.request import CheckRequest
from balise.config import load_configuration
from balise.document import page_name

CONFIG_FILE = "balise.toml"
SKIPPED = ("node_modules", "site", "site-packages", "venv")
"""Folders whose pages are nobody's guides."""
INDEX = "index.md"
"""The navigation of guides that have no home, in the folder of all of them."""
NEARLY_ALL = 0.8
"""Which part of all pages lies in the folder of guides, where others have a few as well."""

TEMPLATE = """\
# Settings of balise for these guides.
# `balise config` prints all that are in force, `balise config --schema` describes them to editors.

# The folder of the guides: {found}.
guides = "{folder}"

# Rules or groups to use besides those that are on by default; `balise rules` lists all.
# extend-select = ["empty-alt", "insecure-link"]

# Rules or groups not to use.
# ignore = ["claims"]

# What is neither checked nor published, in the form of .gitignore.
# exclude = ["drafts/"]

# The least severity that makes `balise check` fail: "error", "warning" or "info".
# fail-on = "error"

# The severity of rules or groups: "error", "warning", "info", or "off".
# [severity]
# images = "info"
"""


class FoundGuides(msgspec.Struct, frozen=True):
    """The folder of guides, as seen from the current one, and the paths of the pages in it."""

    folder: str
    pages: Sequence[str]

    def __str__(self) -> str:
        locales = {name.locale for page in self.pages if (name := page_name(page))}
        return f"{count(len(self.pages), 'page')} in {count(len(locales), 'locale')}"


@click.command()
@click.option("--baseline", is_flag=True, help="Take today's findings for known as well.")
def init(baseline: bool) -> ExitStatus:
    """Find the guides below the current folder, and write balise.toml for them.

    Nothing is asked, and nothing is overwritten.
    """
    _require_no_configuration()
    found = find_guides(_pages_below("."))
    if found is None:
        raise UserError(
            f"{Path.cwd()}: there are no pages such as guide.en-gb.md below it: go to the folder "
            f"that the guides are in, or write a {CONFIG_FILE} that names it"
        )
    _write(TEMPLATE.format(folder=found.folder, found=found))
    where = "here" if found.folder == "." else f"in {found.folder}"
    click.echo(f"{CONFIG_FILE} is written; the guides are {where}: {found}", err=True)
    return _take_baseline() if baseline else _tell_what_is_next()


def find_guides(pages: Sequence[str]) -> FoundGuides | None:
    """The folder that a collection with these pages is in, None without any.

    It is the one with home pages that has the most below it. Without such, it is the folder of
    nearly all pages, and of these the one where they part, or where their navigation is.
    """
    if not pages:
        return None
    homes = {dirname(page) for page in pages if _is_home(page)}
    below = {folder: [page for page in pages if _is_in(page, folder)] for folder in homes}
    if below:
        folder = max(below, key=lambda folder: (len(below[folder]), -folder.count("/")))
        return FoundGuides(folder or ".", below[folder])
    folder, inside = "", list(pages)
    while not Path(folder, INDEX).is_file() or not folder:
        tops = Counter(page.removeprefix(f"{folder}/").split("/")[0] for page in inside)
        (name, number), *others = tops.most_common(2)
        deeper = f"{folder}/{name}" if folder else name
        parts = number < NEARLY_ALL * len(inside) or (folder and others)
        if parts or deeper in inside or any(dirname(page) == deeper for page in inside):
            break
        folder, inside = deeper, [page for page in inside if _is_in(page, deeper)]
    return FoundGuides(folder or ".", inside)


def _is_home(page: str) -> bool:
    name = page_name(page)
    return name is not None and name.type == "home"


def _is_in(page: str, folder: str) -> bool:
    return not folder or page.startswith(f"{folder}/")


def _pages_below(top: str) -> list[str]:
    """The pages of any collection below a folder, by their paths from there."""
    found: list[str] = []
    for where, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in SKIPPED)
        paths = (f"{where}/{name}".removeprefix(f"{top}/") for name in sorted(names))
        found += [path for path in paths if page_name(path)]
    return found


def _require_no_configuration() -> None:
    """Raise UserError where the current folder has a configuration."""
    here = load_configuration(Path()).file
    if here is not None and here.parent == Path.cwd():
        raise UserError(f"{here}: there is a configuration already, which stays as it is")
    if os.path.lexists(CONFIG_FILE):
        raise UserError(f"{Path.cwd() / CONFIG_FILE}: there is such a file already; it stays")


def _write(text: str) -> None:
    try:
        with Path(CONFIG_FILE).open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{CONFIG_FILE}: cannot be written: {reason}") from error


def _take_baseline() -> ExitStatus:
    from balise.cli.baseline import take_baseline  # it loads the rules

    status = take_baseline(load_configuration(Path()))
    click.echo("`balise check` tells what is new from now on", err=True)
    return status


def _tell_what_is_next() -> ExitStatus:
    from balise.cli.run_check import run  # as above

    report = run(CheckRequest()).report
    print_crashes(report)
    print_summary(report)
    if report.findings:
        click.echo(
            "`balise check` lists the findings; `balise baseline` takes them for known, "
            "so that only new ones count",
            err=True,
        )
    return ExitStatus.FAILED if report.crashes else ExitStatus.CLEAN
