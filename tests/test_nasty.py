"""What has to hold for any input holds for each that broke it once, and a fuzzer keeps what breaks."""

import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.helpers.fuzz_targets import Target, grows_evenly
from tests.helpers.nasty_inputs import Repeated
from tests.helpers.properties import FILES, Property
from tests.helpers.support import NASTY
from tests.scripts import fuzz
from tests.scripts.fuzz import Trial, by_hypothesis


def cases() -> list[object]:
    return [
        pytest.param(file, holds, id=f"{kind}/{file.name}: {name}")
        for kind, properties in FILES.items()
        for file in sorted((NASTY / kind).iterdir())
        for name, holds in properties.items()
    ]


@pytest.mark.parametrize(("file", "holds"), cases())
def test_what_has_to_hold_for_any_input_holds(file: Path, holds: Property) -> None:
    holds(file.read_bytes())


def trial_of_nuls(folder: Path) -> Trial:
    """A trial that ends with the first NUL."""

    def has_no_nul(data: bytes) -> float:
        if b"\0" in data:
            trial.until = 0
        assert b"\0" not in data, "there is a NUL"
        return len(data)

    target = Target("pages", st.binary(), has_no_nul)
    trial = Trial("nul", target, folder, time.monotonic() + 600)
    return trial


def test_a_fuzzer_keeps_the_smallest_input_that_breaks_something(tmp_path: Path) -> None:
    trial = trial_of_nuls(tmp_path)
    by_hypothesis(trial, first=1)
    assert [file.read_bytes() for file in (tmp_path / "pages").iterdir()] == [b"\0"]
    assert "1 broke something new" in trial.report()


def test_what_breaks_is_told_though_the_time_is_up_before_it_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "GRACE", -1)
    trial = trial_of_nuls(tmp_path)
    by_hypothesis(trial, first=1)
    assert "1 broke something new" in trial.report()


def no_work(data: bytes) -> None:
    """What is never called, as times are made up."""


@pytest.mark.parametrize("power", [1.6, 2, 3])
def test_what_is_not_linear_is_told_however_little_it_is_of_a_small_input(power: float) -> None:
    holds = grows_evenly(no_work, lambda work, data: len(data) / 1e5 + (len(data) / 2e4) ** power)
    with pytest.raises(AssertionError, match="where a quarter takes"):
        holds(Repeated("", "a", ""))


def test_a_time_that_is_long_once_is_no_verdict() -> None:
    noise = iter((1, 9, 1, 1, 1, 1, 7, 3, 1))
    holds = grows_evenly(no_work, lambda work, data: len(data) / 1e4 * next(noise, 1))
    holds(Repeated("", "a", ""))
