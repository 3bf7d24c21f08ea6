"""A plugin of pytest that runs the tests that a file names, line by line, in that order, and tells which fails."""

import os
from pathlib import Path

import pytest

CHOSEN = Path(os.environ["CHOSEN"])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    named = CHOSEN.read_text(encoding="utf-8").split("\n")
    places = {name: place for place, name in enumerate(named)}
    items[:] = sorted(
        (item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid]
    )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        CHOSEN.with_suffix(".failed").write_text(report.nodeid, encoding="utf-8")
