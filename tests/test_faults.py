"""A kill or a full disk at a step of each kind: what is left is whole, and the next run is as ever."""

import subprocess
import sys

import pytest

from tests.helpers.platforms import on_posix
from tests.helpers.support import ROOT


@on_posix
@pytest.mark.parametrize(
    ("command", "state", "fault", "most"),
    [
        ("check", "cold", "tear", 10),
        ("check", "warm", "fill", 6),
        ("fix", "cold", "kill", 12),
        ("fix", "warm", "fail", 6),
        ("build", "warm", "kill", 3),
        ("mv", "cold", "kill", 8),
        ("mv", "warm", "fail", 5),
        ("rm", "warm", "tear", 5),
    ],
)
def test_after_a_fault_all_is_whole_and_the_next_run_is_as_ever(
    command: str, state: str, fault: str, most: int
) -> None:
    arguments = ["-m", "tests.scripts.faults", "steps", command, state, fault, str(most)]
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *troubles, summary = done.stdout.splitlines()
    assert troubles == []
    assert 0 < int(summary.split()[0]) <= most
