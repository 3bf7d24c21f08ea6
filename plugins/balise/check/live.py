"""A workspace that is kept current, and what is wrong with it: rules run where a change matters."""

from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Mapping, Sequence

from msgspec.structs import replace

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.check.pipeline import CheckSettings, check_steps
from balise.check.report import Report
from balise.check.trace_store import TraceStore
from balise.config import Configuration
from balise.workspace.workspace import Workspace

AT_HAND = 256
"""Pages whose facts are kept in memory: those that a writer goes to and fro between, and more."""


class LiveCheck:
    """The check of a workspace, as it is at the moment.

    `source` gives the text of a page or data file. Raises UserError where the baseline of the
    configuration cannot be read.
    """

    def __init__(
        self,
        configuration: Configuration,
        settings: CheckSettings,
        workspace: Workspace,
        source: Callable[[str], SourceFile | None],
    ) -> None:
        self.configuration = configuration
        self.settings = settings
        self.workspace = workspace
        self.source = source
        self.traces = TraceStore.load(workspace.store)
        self.baseline = read_baseline(configuration.root / BASELINE_FILE)

    def report_steps(self, paths: Collection[str]) -> Generator[None, None, Report]:
        """What is wrong with some pages and data files, by all rules, and is not known before.

        In steps, as of `check_steps`.
        """
        asked = self.workspace.asking_for(paths, judged=True)
        report = yield from check_steps(asked, self.settings, self.traces)
        found = [finding for finding in report.findings if finding.path in paths]
        return self.told(replace(report, findings=found))

    def told(self, report: Report) -> Report:
        """A report as it is told: without what the baseline knows."""
        report = replace(report, manual=self.configuration.config.manual)
        return without_known(report, self.baseline, self.source, self.configuration.root)

    def steps(self) -> Generator[None, None, Mapping[str, Sequence[Finding]]]:
        """Check everything, in steps as of `check_steps`: all findings, by path."""
        report = yield from check_steps(self.workspace, self.settings, self.traces)
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in report.findings:
            found[finding.path].append(finding)
        return found

    def forget(self) -> None:
        """Keep the memory within bounds, however long this goes on."""
        self.workspace.forget(AT_HAND)

    def save(self) -> None:
        """Keep what was read and found for the next time, and let go of the store."""
        self.traces.save(self.workspace)
        self.workspace.close()
