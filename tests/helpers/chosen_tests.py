"""A plugin of pytest that runs the tests that a file names, line by line, in that order and no others."""

import os
from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    named = Path(os.environ["CHOSEN"]).read_text(encoding="utf-8").split("\n")
    places = {name: place for place, name in enumerate(named)}
    items[:] = sorted(
        (item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid]
    )
