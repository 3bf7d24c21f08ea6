"""A check whose pages stay in memory: where texts have changed, nothing else is read again."""

import os
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from balise.base.memory import no_garbage_collection
from balise.check.live import LiveCheck
from balise.cli.output import page_sources
from balise.cli.request import CheckRequest, CheckResult
from balise.cli.run_check import configuration_for, open_workspace, settings_for
from balise.workspace.sources import read_source


class LiveRequest:
    """The check of a request, as the files were when it was opened, and whose texts may change."""

    def __init__(self, live: LiveCheck) -> None:
        self.live = live

    @classmethod
    def open(cls, request: CheckRequest) -> "LiveRequest | None":
        """Read the pages of a request; None of one that has to be carried out anew each time.

        Raises UserError as a check.
        """
        if request.compares or request.fixes.fix or request.fixes.diff:
            return None
        configuration = configuration_for(request)
        settings = settings_for(request, configuration)
        with no_garbage_collection(), open_workspace(request, configuration, settings) as workspace:
            return cls(LiveCheck(configuration, settings, workspace))

    def covers(self, changed: Iterable[str]) -> bool:
        """Whether what has changed are texts of pages alone."""
        records = self.live.workspace.records
        return all(path in records and os.path.isfile(path) for path in changed)  # noqa: PTH113 - texts

    def result(self, changed: AbstractSet[str]) -> CheckResult:
        """What is found after these pages were written. Raises OSError where one is gone."""
        live = self.live
        bounds = live.workspace.scope.bounds
        texts = [read_source(path, bounds.get(path)) for path in sorted(changed)]
        with no_garbage_collection():
            live.workspace = live.workspace.with_texts(texts)
            report = live.everything()
        live.workspace.close()
        live.forget()
        configuration = live.configuration
        fail_on = configuration.config.fail_on
        return CheckResult(report, page_sources(), configuration.root, fail_on)
