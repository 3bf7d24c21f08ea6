"""What an earlier version has promised is still there."""

import json

import pytest

from tests.helpers.contract import RECORD, contract

RECORDED: dict[str, list[str]] = json.loads(RECORD.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def today() -> dict[str, list[str]]:
    return dict(contract())


@pytest.mark.parametrize("kind", RECORDED)
def test_nothing_that_was_promised_is_gone(today: dict[str, list[str]], kind: str) -> None:
    assert set(RECORDED[kind]) - set(today[kind]) == set()
