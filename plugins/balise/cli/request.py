"""What `balise check` is asked to do, and what comes of it."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from balise.base.findings import Finding, Severity
from balise.base.paths import real_path
from balise.check.replay import request_of
from balise.check.report import Report
from balise.cli.options import first_folder
from balise.reporters import Sources


@dataclass(frozen=True)
class CheckRequest:
    """Which pages to check, by which rules, compared with which revisions; what to do with fixes.

    With `stdin` the one page is that text, under the name `stdin_filename`; if the user has named it
    (`stdin_named`), it is judged within the collection that a file of that name would be in. Without
    `cached` nothing is taken from earlier runs, and nothing is kept.
    """

    paths: tuple[Path, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed_since: str | None
    new_since: str | None
    against: str | None
    stdin: bytes | None
    stdin_filename: Path
    stdin_named: bool
    force_exclude: bool
    fix: bool
    unsafe_fixes: bool
    diff: bool
    cached: bool

    @property
    def start(self) -> Path:
        """Where the search for the configuration begins."""
        return first_folder((self.stdin_filename,) if self.stdin_named else self.paths)

    @property
    def digest(self) -> bytes:
        """The digest of all that tells which report a run in this folder makes."""
        paths = sorted(real_path(path) for path in self.paths) or [str(self.start)]
        names = (self.select, self.extend_select, self.ignore)
        return request_of(bool(self.paths), paths, *names, self.force_exclude)

    @property
    def replayable(self) -> bool:
        """Whether the report of an earlier run may answer."""
        return self.cached and self.stdin is None and not self.fix and not self.compares

    @property
    def compares(self) -> bool:
        """Whether pages are compared with a revision."""
        return any(ref is not None for ref in (self.changed_since, self.new_since, self.against))


class CheckResult(msgspec.Struct, frozen=True):
    """A report, the texts that it is about, and what the configuration says of it.

    `root` is the folder of the configuration, `unwritten` how many fixed pages could not be
    written. A report that is `replayed` is that of the last run. The `new` ones of its findings are
    known only where they are asked for.
    """

    report: Report
    sources: Sources
    root: Path
    fail_on: Severity
    unwritten: int = 0
    replayed: bool = False
    new: frozenset[Finding] = frozenset()
