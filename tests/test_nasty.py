"""What has to hold for any input holds for each that broke it once, and a fuzzer keeps what breaks."""

import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.helpers.fuzz_targets import Target
from tests.helpers.properties import FILES, Property
from tests.scripts.fuzz import Trial, by_hypothesis

NASTY = Path(__file__).parent / "nasty"


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


def has_no_nul(data: bytes) -> float:
    assert b"\0" not in data, "there is a NUL"
    return len(data)


def test_a_fuzzer_keeps_the_smallest_input_that_breaks_something(tmp_path: Path) -> None:
    trial = Trial("nul", Target("pages", st.binary(), has_no_nul), tmp_path, time.monotonic() + 1)
    by_hypothesis(trial, first=1)
    assert [file.read_bytes() for file in (tmp_path / "pages").iterdir()] == [b"\0"]
    assert "1 broke something new" in trial.report()
