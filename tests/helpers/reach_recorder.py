"""A plugin of pytest that writes down which blocks of a watched package each test reaches, itself or by fixtures."""

import json
import os
import sys
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

_probe: Any = import_module("balise._probe")
"""It is there in a copy that is watched."""
_probe.collector = os.getpid()


def _write(name: str, **found: object) -> None:
    line = json.dumps({"name": name, "reached": sorted(_probe.seen), **found})
    with Path(_probe.FOLDER, f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def _cpu_seconds() -> float:
    """Of this process and of those that it has started, as far as these have ended."""
    return time.process_time() + sum(os.times()[2:4])


def _forget() -> None:
    """Let each test reach what it needs, though others have needed it before."""
    _probe.seen.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("balise"):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _forget()
    failed, start = item.session.testsfailed, _cpu_seconds()
    try:
        return (yield)
    finally:
        _write(
            item.nodeid,
            fixtures=getattr(item, "fixturenames", ()),
            seconds=round(_cpu_seconds() - start, 4),
            passed=item.session.testsfailed == failed,
        )


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """What tests share is reached by all that use it, and takes its time of each that is run alone."""
    if fixturedef.scope == "function":
        return (yield)
    name, seen = f"{fixturedef.baseid}::{fixturedef.argname}", set(_probe.seen)
    test, start = os.environ["PYTEST_CURRENT_TEST"], _cpu_seconds()
    _probe.seen.clear()
    os.environ["PYTEST_CURRENT_TEST"] = name
    try:
        return (yield)
    finally:
        _write(name, fixtures=(), seconds=round(_cpu_seconds() - start, 4), passed=False)
        os.environ["PYTEST_CURRENT_TEST"] = test
        _probe.seen |= seen
