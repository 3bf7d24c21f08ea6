"""Work on all cores: in order, and with no process left whatever happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.base.workers import fork_map, process_map
from tests.helpers.platforms import on_posix


def square(number: int) -> int:
    return number * number


def fail_at_five(number: int) -> int:
    if number == 5:
        raise ValueError("out of order")
    return number


def die_at_five(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def of_owner(owner: list[int], number: int) -> int:
    return owner[number]


def children() -> list[int]:
    """The processes that this one has started and that still run."""
    own = os.getpid()
    status = Path("/proc").glob("[0-9]*/stat")
    found = []
    for file in status:
        try:
            fields = file.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == own and fields[0] != "Z":
            found.append(int(file.parent.name))
    return found


@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_results_are_in_the_order_of_the_tasks(count: int) -> None:
    assert list(process_map(square, range(count), 2)) == [n * n for n in range(count)]


def test_a_copy_has_what_its_owner_has() -> None:
    owner = [number * 3 for number in range(20)]
    assert list(fork_map(owner, of_owner, range(20), 2)) == owner


def test_an_error_is_raised_here_with_the_place_where_it_happened() -> None:
    with pytest.raises(ValueError, match="out of order") as error:
        list(process_map(fail_at_five, range(20), 2))
    assert "fail_at_five" in error.value.__notes__[0]


@on_posix
def test_a_process_that_is_killed_is_one_clear_line() -> None:
    with pytest.raises(UserError, match="was ended from outside"):
        list(process_map(die_at_five, range(20), 2))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux lists processes in /proc")
@pytest.mark.parametrize("work", [square, fail_at_five, die_at_five])
def test_no_process_is_left(work: Callable[[int], int]) -> None:
    before = children()
    results = process_map(work, range(20), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert children() == before


OWNER = """
import signal

from balise.base.workers import process_map
from tests.base.test_workers import nap

signal.signal(signal.SIGINT, signal.default_int_handler)  # where tests run in the background
list(process_map(nap, range(9), 2))
"""


def nap(number: int) -> None:
    sys.stdout.write("asleep\n")
    sys.stdout.flush()
    time.sleep(1)


@on_posix
@pytest.mark.parametrize("signal_", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_workers_end_with_their_owner(signal_: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.send_signal(signal.Signals[signal_])
        # At its end when every process that can write to it has ended: none does another task.
        assert run.stdout.read() in (b"", b"asleep\n")


def echo(text: bytes) -> bytes:
    return text


def test_tasks_and_results_may_be_larger_than_what_a_pipe_holds() -> None:
    large = [bytes([number]) * 3_000_000 for number in range(8)]
    assert list(process_map(echo, large, 2)) == large
