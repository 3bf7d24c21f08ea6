"""A workspace that is kept current, and its checks: rules run where a change matters, and nowhere else.

What `balise check --watch`, the server for writers and the language server have in common.
"""

from collections.abc import Callable, Collection, Generator
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from balise.base.source import SourceFile
from balise.check.baseline import Baseline, without_known
from balise.check.pipeline import AT_HAND, CheckSettings, check, check_steps
from balise.check.report import Report
from balise.check.trace_store import TraceStore
from balise.config import Configuration
from balise.workspace.sources import source_of
from balise.workspace.workspace import Workspace


class LiveCheck:
    """The check of a `workspace`, which is another one after each change.

    What the `baseline` knows is not reported of single pages; `source` gives the text of a page or
    data file.
    """

    def __init__(
        self,
        configuration: Configuration,
        settings: CheckSettings,
        workspace: Workspace,
        baseline: Baseline | None = None,
        source: Callable[[str], SourceFile | None] = source_of,
    ) -> None:
        self.configuration = configuration
        self.settings = settings
        self.workspace = workspace
        self.baseline = baseline
        self.source = source
        self.traces = TraceStore.load(workspace.store)

    def steps(self) -> Generator[None, None, Report]:
        """Check everything, in steps as of `check_steps`; nothing is known of it."""
        report = yield from self._steps()
        return replace(report, manual=self.configuration.config.manual)

    def _steps(self, about: AbstractSet[str] | None = None) -> Generator[None, None, Report]:
        """A check in steps, which begins again where the workspace has become another one meanwhile.

        What it would go on to find is true of the one before, and traces of the two must not mix.
        """
        while True:
            workspace = self.workspace
            asked = workspace if about is None else workspace.asking_for(about, judged=True)
            steps = check_steps(asked, self.settings, self.traces, about)
            while self.workspace is workspace:
                try:
                    next(steps)
                except StopIteration as end:
                    report: Report = end.value
                    return report
                yield

    def everything(self) -> Report:
        """As `steps`, at once."""
        report = check(self.workspace, self.settings, self.traces)
        return replace(report, manual=self.configuration.config.manual)

    def page(self, path: str) -> Report:
        """What is wrong with a page, by all rules about single pages."""
        asked = self.workspace.asking_for([path])
        return self._told(check(asked, self.settings, self.traces))

    def steps_of(self, paths: Collection[str]) -> Generator[None, None, Report]:
        """What is wrong with some pages and data files, by all rules, in steps."""
        return self._told((yield from self._steps(frozenset(paths))))

    def _told(self, report: Report) -> Report:
        report = replace(report, manual=self.configuration.config.manual)
        return without_known(report, self.baseline, self.source, self.configuration.root)

    def forget(self) -> bool:
        """Keep the memory within bounds, however long this goes on; whether facts were let go of."""
        return self.workspace.forget(AT_HAND)

    def save(self) -> None:
        """Keep what was read and found for the next time, and let go of the store."""
        self.traces.save(self.workspace)
        self.workspace.close()
