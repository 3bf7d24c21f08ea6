"""What `balise check` is asked to do, and what comes of it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from balise.base.findings import Severity
from balise.base.source import SourceFile
from balise.check.replay import request_of
from balise.check.report import Report
from balise.cli.options import first_folder
from balise.reporters import Sources


@dataclass(frozen=True)
class CheckRequest:
    """Which pages to check, by which rules, compared with which revisions; what to do with fixes.

    With `stdin` the one page is that text, under the name `stdin_filename`. Without `cached`
    nothing is taken from earlier runs, and nothing is kept.
    """

    paths: tuple[Path, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed_since: str | None
    against: str | None
    stdin: bytes | None
    stdin_filename: str
    fix: bool
    unsafe_fixes: bool
    diff: bool
    cached: bool

    @property
    def start(self) -> Path:
        """Where the search for the configuration begins."""
        return first_folder(self.paths)

    @property
    def digest(self) -> bytes:
        """The digest of all that tells which report a run in this folder makes."""
        return request_of(self.paths, self.select, self.extend_select, self.ignore)

    @property
    def replayable(self) -> bool:
        """Whether the report of an earlier run may answer."""
        compares = self.changed_since is not None or self.against is not None
        return self.cached and self.stdin is None and not self.fix and not compares

    @cached_property
    def source(self) -> SourceFile | None:
        """The text on stdin as a page."""
        if self.stdin is None:
            return None
        return SourceFile.from_bytes(self.stdin_filename, self.stdin)


class CheckResult(msgspec.Struct, frozen=True):
    """A report, the texts that it is about, and what the configuration says of it.

    `root` is the folder of the configuration, `unwritten` how many fixed pages could not be
    written. A report that is `replayed` is that of the last run.
    """

    report: Report
    sources: Sources
    root: Path
    fail_on: Severity
    unwritten: int = 0
    replayed: bool = False
