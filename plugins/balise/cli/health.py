"""`balise health`"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import click
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean
from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.cli.exit_status import ExitStatus
from balise.cli.options import (
    ConfigSource,
    Exclusion,
    output_format_option,
    output_option,
    prints_on_stdout,
)
from balise.cli.output import parse_outputs, print_crashes, utf8_stdout, write_output
from balise.cli.request import (
    CheckRequest,
    OutputSettings,
    PageSelection,
    RuleSelection,
    RunSettings,
)
from balise.cli.run_check import WholeRun, run_whole
from balise.cli.sections import Section, option, sectioned
from balise.health import badge, markdown
from balise.health.history import has_history, months_of
from balise.health.matrix import health_of
from balise.health.model import RULES, Health, State

FORMATS = ("text", "json", "html", "markdown")
"""The formats. Each is a module of `balise.health` with a function `render(health)`."""
MOST_MONTHS = 120


class HealthOutput(Section, frozen=True):
    """What is printed and written."""

    title = "Output"

    format: Annotated[
        str,
        output_format_option(FORMATS),
    ] = "text"
    files: Annotated[
        tuple[str, ...],
        output_option(),
    ] = ()
    badge: Annotated[
        Path | None,
        option(
            "--badge",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write a picture (SVG) of the one figure to a file.",
        ),
    ] = None
    locales: Annotated[
        tuple[str, ...],
        option(
            "--locale",
            metavar="LOCALE",
            help="Only this locale, in Markdown with all that is to do there; may be given several times.",
        ),
    ] = ()
    history: Annotated[
        int,
        option(
            "--history",
            metavar="N",
            type=click.IntRange(0, MOST_MONTHS),
            help="How many pages there were in each locale in the last N months as well, from git.",
        ),
    ] = 0
    quiet: Annotated[bool, option("--quiet", "-q", help="Say nothing but what went wrong.")] = False


class HealthRun(Section, frozen=True):
    """How the command runs."""

    title = "Options"

    no_cache: Annotated[
        bool, option("--no-cache", help="Read all pages anew, and keep nothing.")
    ] = False


@sectioned(
    output=HealthOutput,
    rules=RuleSelection,
    pages=Exclusion,
    config=ConfigSource,
    running=HealthRun,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def health(
    paths: tuple[Path, ...],
    output: HealthOutput,
    rules: RuleSelection,
    pages: Exclusion,
    config: ConfigSource,
    running: HealthRun,
) -> ExitStatus:
    """Tell how a collection is: each guide in each locale.

    That is whether a page is there, up to date, in its own language and without findings. PATHS are
    pages or folders of pages; without any, the folder of guides that the configuration names.
    Exit status 0, whatever is told; 2: the command could not be carried out.
    """
    outputs = parse_outputs(output.files, output.format, FORMATS)
    run = run_whole(
        CheckRequest(
            paths=paths,
            rules=rules,
            pages=PageSelection(exclude=pages.exclude, force_exclude=pages.force_exclude),
            output=OutputSettings(quiet=output.quiet),
            config=config,
            running=RunSettings(no_cache=running.no_cache),
        )
    )
    found = _health(run, output)
    for name, file in outputs:
        write_output(_renderer(name, output)(found), file)
    if output.badge is not None:
        write_output(badge.render(found), output.badge, "--badge")
    if prints_on_stdout(output.files):
        out = utf8_stdout()
        out.write(_renderer(output.format, output)(found))
        out.flush()
    print_crashes(run.result.report.seen_from(Path.cwd()))
    return ExitStatus.FAILED if run.result.report.crashes else ExitStatus.CLEAN


def _health(run: WholeRun, output: HealthOutput) -> Health:
    """The health that a run tells of, with the history and of the locales that are asked for."""
    result = run.result
    known = read_baseline(result.root / BASELINE_FILE)
    report = without_known(result.report, known, result.sources, result.root)
    roots = [structure.root for structure in run.structures]
    rules = run.rules
    if not all(map(has_history, roots)):
        rules -= {RULES[State.STALE]}
    found = health_of(report, run.structures, rules)
    if output.history:
        found = replace(found, months=months_of(roots, output.history))
    if output.locales:
        _require_locales(output.locales, found.locales)
        found = found.only(output.locales)
    return found


def _require_locales(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Raise UserError with a line for each locale that is not there."""
    unknown = [
        f"`--locale {name}`: no page is in this locale{did_you_mean(name, known)}"
        for name in wanted
        if name not in known
    ]
    if unknown:
        raise UserError(*unknown)


def _renderer(name: str, output: HealthOutput) -> Callable[[Health], str]:
    if name == "markdown" and output.locales:
        return markdown.render_work
    render: Callable[[Health], str] = import_module(f"balise.health.{name}").render
    return render
