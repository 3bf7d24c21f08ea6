"""A check whose pages stay in memory: where texts have changed, nothing else is read again."""

import os
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from balise.base.memory import no_garbage_collection
from balise.check.pipeline import CheckSettings, check
from balise.check.trace_store import TraceStore
from balise.cli.output import page_sources
from balise.cli.request import CheckRequest, CheckResult
from balise.cli.run_check import configuration_for, open_workspace, settings_for
from balise.config import Configuration
from balise.workspace.sources import read_source
from balise.workspace.workspace import Workspace

AT_HAND = 256
"""Pages whose facts are kept in memory."""


class LiveCheck:
    """The check of a request, as the files were when it was opened, and whose texts may change."""

    def __init__(
        self, configuration: Configuration, settings: CheckSettings, workspace: Workspace
    ) -> None:
        self.configuration = configuration
        self.settings = settings
        self.workspace = workspace
        self.traces = TraceStore.load(workspace.store)

    @classmethod
    def open(cls, request: CheckRequest) -> "LiveCheck | None":
        """Read the pages of a request; None of one that has to be carried out anew each time.

        Raises UserError as a check.
        """
        if request.compares or request.fixes.fix or request.fixes.diff:
            return None
        configuration = configuration_for(request)
        settings = settings_for(request, configuration)
        with no_garbage_collection(), open_workspace(request, configuration, settings) as workspace:
            return cls(configuration, settings, workspace)

    def covers(self, changed: Iterable[str]) -> bool:
        """Whether what has changed are texts of pages alone."""
        return all(path in self.workspace.records and os.path.isfile(path) for path in changed)  # noqa: PTH113 - texts

    def result(self, changed: AbstractSet[str]) -> CheckResult:
        """What is found after these pages were written. Raises OSError where one is gone."""
        bounds = self.workspace.scope.bounds
        texts = [read_source(path, bounds.get(path)) for path in sorted(changed)]
        with no_garbage_collection():
            self.workspace = self.workspace.with_texts(texts)
            report = check(self.workspace, self.settings, self.traces)
        self.workspace.close()
        self.workspace.forget(AT_HAND)
        config, root = self.configuration.config, self.configuration.root
        report = replace(report, manual=config.manual)
        return CheckResult(report, page_sources(), root, config.fail_on)
