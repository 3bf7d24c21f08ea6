"""What `balise check` is asked to do, and what comes of it.

Each section is a class whose fields are the options of `balise check --help`.
"""

import contextlib
from functools import partial
from pathlib import Path
from typing import Annotated

import click
import msgspec

from balise.base.errors import UserError
from balise.base.findings import Finding, Severity
from balise.base.paths import real_path
from balise.check.last_report import LastReport
from balise.check.replay import Replay, request_of
from balise.check.report import Report
from balise.check.tally import Tally
from balise.cli.exit_status import ExitStatus
from balise.cli.options import (
    ConfigSource,
    Exclusion,
    names_option,
    output_format_option,
    output_option,
    prints_on_stdout,
)
from balise.cli.sections import Section, option
from balise.reporters import FORMATS, Sources

STDIN = (Path("-"),)
"""The paths that stand for a text on stdin."""


class RuleSelection(Section, frozen=True):
    """Which rules run."""

    title = "Rules"

    select: Annotated[
        tuple[str, ...], names_option("--select", help="Only these rules or groups.")
    ] = ()
    extend_select: Annotated[
        tuple[str, ...], names_option("--extend-select", help="These rules or groups besides.")
    ] = ()
    ignore: Annotated[
        tuple[str, ...], names_option("--ignore", help="Not these rules or groups.")
    ] = ()


class FixSettings(Section, frozen=True):
    """What is done with fixes."""

    title = "Fixes"

    fix: Annotated[bool, option("--fix", help="Mend what has a safe fix, and write the pages.")] = (
        False
    )
    unsafe: Annotated[
        bool, option("--unsafe-fixes", help="With --fix or --diff: the other fixes, too.")
    ] = False
    diff: Annotated[
        bool, option("--diff", help="Print what --fix would change, and write nothing.")
    ] = False
    fixable: Annotated[
        tuple[str, ...], names_option("--fixable", help="Fixes of these rules or groups alone.")
    ] = ()
    unfixable: Annotated[
        tuple[str, ...], names_option("--unfixable", help="No fixes of these rules or groups.")
    ] = ()


class PageSelection(Exclusion, frozen=True):
    """Which pages are checked."""

    changed_since: Annotated[
        str | None,
        option(
            "--changed-since",
            metavar="REF",
            help="Only pages that changes since REF can matter to.",
        ),
    ] = None
    new_since: Annotated[
        str | None,
        option("--new-since", metavar="REF", help="Only findings that there were not at REF."),
    ] = None
    against: Annotated[
        str | None,
        option(
            "--against", metavar="REF", help="Also addresses and anchors that are lost since REF."
        ),
    ] = None
    stdin_filename: Annotated[
        Path | None,
        option(
            "--stdin-filename",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="The page that the text on stdin is.",
        ),
    ] = None
    show_files: Annotated[
        bool, option("--show-files", help="Print which pages would be checked, and nothing else.")
    ] = False


def _severity(_: click.Context, __: click.Parameter, value: str | None) -> Severity | None:
    return None if value is None else Severity(value)


severity_option = partial(
    option,
    metavar="LEVEL",
    type=click.Choice([severity.value for severity in reversed(Severity)]),
    callback=_severity,
)
"""An option whose value is a severity."""


class Thresholds(Section, frozen=True):
    """Which findings are reported, and which make the command fail."""

    title = "Findings"

    min_severity: Annotated[
        Severity | None,
        severity_option(
            "--min-severity",
            help="Report nothing below error, warning or info.",
        ),
    ] = None
    fail_on: Annotated[
        Severity | None,
        severity_option(
            "--fail-on",
            help="End with status 1 from error, warning or info on.",
        ),
    ] = None
    exit_zero: Annotated[
        bool, option("--exit-zero", help="End with status 0 even if there are findings.")
    ] = False
    no_baseline: Annotated[
        bool, option("--no-baseline", help="Report findings that the baseline knows, too.")
    ] = False

    def status(self, found: Report | Tally, fail_on: Severity) -> ExitStatus:
        """How a command ends that has found this, where findings from `fail_on` on make it fail."""
        failed = found.worst_at_least(self.fail_on or fail_on)
        return ExitStatus.FINDINGS if failed and not self.exit_zero else ExitStatus.CLEAN


class OutputSettings(Section, frozen=True):
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
    statistics: Annotated[
        bool, option("--statistics", help="Print counts by rule in place of the findings.")
    ] = False
    color: Annotated[
        str,
        option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            metavar="WHEN",
            show_default=True,
            help="Colours: auto, always or never.",
        ),
    ] = "auto"
    quiet: Annotated[
        bool, option("--quiet", "-q", help="Findings and failures alone: no summary, no notes.")
    ] = False
    verbose: Annotated[
        bool, option("--verbose", "-v", help="Say which pages were checked again, and why.")
    ] = False

    @property
    def prints_report(self) -> bool:
        """Whether findings are printed on stdout: no file has taken its place."""
        return prints_on_stdout(self.files)


class RunSettings(Section, frozen=True):
    """How the command runs."""

    title = "Options"

    watch: Annotated[
        bool, option("--watch", help="Check again whenever something changes, until Ctrl-C.")
    ] = False
    no_cache: Annotated[
        bool, option("--no-cache", help="Read all pages anew, and keep nothing.")
    ] = False
    profile: Annotated[
        bool, option("--profile", help="Say on stderr where the time went, by phase.")
    ] = False


class Sharding(Section, frozen=True):
    """What is left to other jobs."""

    title = "Options"

    shard: Annotated[
        str | None,
        option(
            "--shard",
            metavar="K/N",
            help="Do the Kth of N parts, and leave an archive of it for `balise merge`.",
        ),
    ] = None
    shards: Annotated[
        Path,
        option(
            "--shards",
            metavar="FOLDER",
            type=click.Path(path_type=Path, file_okay=False),
            show_default=True,
            help="The folder of such archives.",
        ),
    ] = Path("shards")
    only_read: Annotated[
        bool,
        option(
            "--only-read", help="With --shard: read its pages, and leave the rest to further jobs."
        ),
    ] = False


SECTIONS: dict[str, type[Section]] = {
    "rules": RuleSelection,
    "pages": PageSelection,
    "fixes": FixSettings,
    "thresholds": Thresholds,
    "output": OutputSettings,
    "config": ConfigSource,
    "running": RunSettings,
    "sharding": Sharding,
}
"""The sections of a request, in the order of `balise check --help`."""


class CheckRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a check is asked to do: pages and options as they were given.

    With `stdin` the one page is that text. If it is named, it is judged within the collection that a
    file of that name would be in. It runs in `processes`, 0 for as many as there are cores.
    """

    paths: tuple[Path, ...] = ()
    stdin: bytes | None = None
    processes: int = 0
    rules: RuleSelection = RuleSelection()
    pages: PageSelection = PageSelection()
    fixes: FixSettings = FixSettings()
    thresholds: Thresholds = Thresholds()
    output: OutputSettings = OutputSettings()
    config: ConfigSource = ConfigSource()
    running: RunSettings = RunSettings()
    sharding: Sharding = Sharding()

    @property
    def start(self) -> Path:
        """The folder of the configuration, or where the search for one begins."""
        named = self.pages.stdin_filename
        return self.config.start(self.paths if named is None else (named,))

    @property
    def digest(self) -> bytes:
        """The digest of all that tells which report a run in this folder makes."""
        paths = sorted(real_path(path) for path in self.paths) or [str(self.start)]
        config = self.config.file and real_path(self.config.file), self.config.isolated
        pages = self.pages.exclude, self.pages.force_exclude
        fixes = self.fixes.fixable, self.fixes.unfixable
        return request_of(bool(self.paths), paths, config, pages, self.rules, fixes)

    @property
    def compares(self) -> bool:
        """Whether pages are compared with what they were at a commit."""
        pages = self.pages
        refs = (pages.changed_since, pages.new_since, pages.against)
        return any(ref is not None for ref in refs)

    @property
    def replayable(self) -> bool:
        """Whether the report of an earlier run may answer."""
        others = self.running.no_cache or self.fixes.fix or self.compares
        return self.stdin is None and not others

    def require_consistent(self) -> None:
        """Raise UserError where options cannot be meant together."""
        fixes, pages, running = self.fixes, self.pages, self.running
        of_stdin = self.paths == STDIN
        if fixes.unsafe and not (fixes.fix or fixes.diff):
            raise UserError("`--unsafe-fixes` goes with `--fix` or `--diff`")
        if pages.new_since is not None and (fixes.fix or fixes.diff):
            raise UserError(
                "`--new-since` is about findings, not about fixes: with `--fix` or `--diff`, "
                "`--changed-since` names the pages to mend"
            )
        if self.output.quiet and self.output.verbose:
            raise UserError("`--quiet` and `--verbose` exclude each other: leave one away")
        if of_stdin and self.compares:
            raise UserError("`-` (stdin) is no file that could be compared with a commit")
        if of_stdin and (running.watch or pages.show_files):
            given = "--watch" if running.watch else "--show-files"
            raise UserError(f"`{given}` is about files, and `-` (stdin) is none")
        if running.watch and running.no_cache:
            raise UserError("`--watch` reads only what has changed: leave `--no-cache` away")
        if running.watch and pages.show_files:
            raise UserError("`--watch` and `--show-files` exclude each other: leave one away")
        if pages.stdin_filename is not None and not of_stdin:
            raise UserError("`--stdin-filename` is for a text on stdin: name `-` as the path")
        if self.sharding.only_read and self.sharding.shard is None:
            raise UserError("`--only-read` is for a part of the pages: name it with `--shard`")
        if self.sharding.shard is not None and (other := self._not_for_shards()):
            raise UserError(
                f"`--shard` writes an archive, and tells nothing: leave `{other}` to `balise merge`, "
                "or to a check in one piece"
            )

    def _not_for_shards(self) -> str:
        """The first of the options that tell or change something; empty if there is none."""
        pages, output = self.pages, self.output
        given = {
            "-": self.paths == STDIN,
            "--fix": self.fixes.fix,
            "--diff": self.fixes.diff,
            "--changed-since": pages.changed_since is not None,
            "--new-since": pages.new_since is not None,
            "--against": pages.against is not None,
            "--output-format": output.format != "text",
            "--output": bool(output.files),
            "--statistics": output.statistics,
            "--watch": self.running.watch,
            "--no-cache": self.running.no_cache,
        }
        return next((name for name, is_given in given.items() if is_given), "")


class CheckResult(msgspec.Struct, frozen=True):
    """A report, the texts that it is about, and what the configuration says of it.

    `root` is the folder of the configuration, `unwritten` how many fixed pages could not be
    written. The `new` ones of its findings are known only where they are asked for. A report that is
    kept has the `mark` of its run.
    """

    report: Report
    sources: Sources
    root: Path
    fail_on: Severity
    unwritten: int = 0
    new: frozenset[Finding] = frozenset()
    mark: bytes = b""

    @classmethod
    def of_last_run(cls, last: Replay, mark: bytes, sources: Sources) -> "CheckResult | None":
        """That of the last run, whose report is kept under this mark; None where it is not whole."""
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            kept = LastReport(last.store)
            head = kept.head
            return cls(kept.whole(), sources, Path(head.root), head.fail_on, mark=mark)
        return None
