"""Commands while something fails: what they leave, and whether the next run is as if nothing had been.

`python -m tests.scripts.faults [SECONDS [SEED [NAME]]]` makes a small collection, and goes on for so
many seconds. Each time it takes a command (or `NAME` alone), cold or warm, and a fault: a kill or a
full disk at a random step (`tests/helpers/faults.py`), a kill of all its processes at a random
moment, a kill at a random system call where there is `strace`, a disk with a little space where a
file system can be mounted, a storm of signals, a slow disk, or somebody who saves, moves or removes
a page. `python -m tests.scripts.faults steps NAME cold|warm FAULT [MOST]` takes a step of each kind, or so many.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from tests.helpers.fault_trials import (
    ACTS,
    COMMANDS,
    ENVIRONMENT,
    Outcome,
    Race,
    Trial,
    kept,
    one_of_each,
    tree,
)
from tests.helpers.faults import Ended, Fault, Kind

GUIDES = 13
"""In each of two locales: with homes and products, 30 pages."""
CALLS = ("pwrite64", "write", "openat", "rename", "unlink", "fsync", "ftruncate", "copy_file_range,sendfile")  # fmt: skip
STORM = (signal.SIGWINCH, signal.SIGCHLD, signal.SIGCONT, signal.SIGSTOP, signal.SIGURG)
PATIENCE = 60
"""Seconds after which a command hangs."""


def main() -> None:
    """Try faults, and print how many there were of each kind, and what did not hold."""
    if sys.argv[1:2] == ["steps"]:
        name, state, kind, *most = sys.argv[2:]
        _steps(name, state == "warm", kind, int(*most or ["1000"]))
        return
    seconds, seed = (int(number) for number in (sys.argv[1:3] + ["60", "1"][len(sys.argv[1:3]) :]))
    names = sys.argv[3:] or list(COMMANDS)
    choose = random.Random(seed)  # noqa: S311 - the same faults again
    until = time.monotonic() + seconds
    tried: Counter[str] = Counter()
    for name in names:
        COMMANDS[name].load()
    with _folders() as (disk, small):
        trials = [
            Trial(COMMANDS[name], (small or disk) / f"{name}-{warm}", warm=warm, guides=GUIDES)
            for name in names
            for warm in (False, True)
        ]
        while time.monotonic() < until:
            trial, fault = choose.choice(trials), choose.choice(FAULTS)
            what = (
                f"{trial.command.name} {trial.copy.parent.name.split('-')[1]} {fault.__name__[1:]}"
            )
            for trouble in fault(trial, choose, small):
                print(f"{what}: {trouble}", flush=True)
                tried[f"{what}, TROUBLE"] += 1
            tried[what] += 1
    for what, count in sorted(tried.items()):
        print(f"{count:5} x {what}")


def _steps(name: str, warm: bool, kind: str, most: int) -> None:
    """Print what does not hold after the fault at a step of each kind, and then how many there were."""
    known = next(known for known in get_args(Kind) if known == kind)
    command = COMMANDS[name]
    command.load()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(command, Path(folder), warm=warm, guides=4 if command.once else 2)
        steps = trial.first.ended.steps
        chosen = one_of_each(steps)
        chosen = chosen[:: -(-len(chosen) // most)]
        for number in chosen:
            for trouble in trial.troubles(Fault(known, number), later=False):
                print(f"{number} ({steps[number - 1]}): {trouble}")
        print(f"{len(chosen)} of {len(steps)} steps")


@contextlib.contextmanager
def _folders() -> Iterator[tuple[Path, Path | None]]:
    """A folder on the disk, and one on a file system of its own where that can be mounted."""
    with tempfile.TemporaryDirectory() as disk:
        small = Path(disk, "small")
        small.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", str(small)]
        mounted = shutil.which("mount") and not subprocess.run(mount, check=False).returncode
        try:
            yield Path(disk), small if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", str(small)], check=False)


# Each fault: what does not hold after it


def _at_a_step(trial: Trial, choose: random.Random, _: Path | None) -> Iterator[str]:
    kinds: tuple[Kind, ...] = ("kill", "tear", "fill", "fail", "slow")
    step = choose.randint(1, len(trial.first.ended.steps))
    fault = Fault(choose.choice(kinds), step)
    name = f"{fault.kind} at {step} ({trial.first.ended.steps[step - 1]})"
    for trouble in trial.troubles(fault):
        yield f"{name}: {trouble}"


def _by_somebody(trial: Trial, choose: random.Random, _: Path | None) -> Iterator[str]:
    race = Race(trial, choose.choice(ACTS))
    step = choose.randint(1, len(race.begun.steps))
    for trouble in race.troubles(step):
        yield f"{race.act.__name__} at {step} ({race.begun.steps[step - 1]}): {trouble}"


def _killed(trial: Trial, choose: random.Random, _: Path | None) -> Iterator[str]:
    trial.begin()
    after = choose.uniform(0.05, 3.0 if trial.command.is_mkdocs else 1.0)
    with _started(trial) as run:
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(after)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    yield from trial.troubles_now()
    yield from trial.troubles_next()


def _killed_at_a_call(trial: Trial, choose: random.Random, _: Path | None) -> Iterator[str]:
    if not shutil.which("strace"):
        return
    trial.begin()
    call, number = choose.choice(CALLS), choose.randint(1, 60)
    inject = f"inject={call}:signal=SIGKILL:when={number}"
    with _started(trial, "strace", "-f", "-qq", "-o", os.devnull, "-e", inject) as run:
        run.communicate(timeout=PATIENCE)
    for trouble in (*trial.troubles_now(), *trial.troubles_next()):
        yield f"at {call} {number}: {trouble}"


def _on_a_full_disk(trial: Trial, choose: random.Random, small: Path | None) -> Iterator[str]:
    if small is None:
        return
    trial.begin()
    state = os.statvfs(small)
    free = choose.randrange(0, 4_500_000 if trial.command.is_mkdocs else 400_000, 4096)
    filler = small / "filler"
    filler.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - free)))
    with _started(trial) as run:
        out, err = run.communicate(timeout=PATIENCE)
    ended = Ended(run.returncode, out.decode(), err.decode(), ())
    troubles = [*trial.troubles_now(), *trial.troubles_said(ended)]
    filler.unlink()
    for trouble in (*troubles, *trial.troubles_next()):
        yield f"with {free} bytes: {trouble}"


def _in_a_storm(trial: Trial, choose: random.Random, _: Path | None) -> Iterator[str]:
    trial.begin()
    with tempfile.TemporaryFile() as out, _started(trial, out=out.fileno()) as run:
        until = time.monotonic() + PATIENCE
        while run.poll() is None and time.monotonic() < until:
            for sent in (choose.choice(STORM), signal.SIGCONT):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(run.pid, sent)
            time.sleep(choose.uniform(0, 0.004))
        out.seek(0)
        ended = Ended(run.returncode, out.read().decode(), "", ())
    found = Outcome(ended, tree(trial.folder), kept(trial.folder))
    yield from found.differences("a run in a storm", trial.first)
    yield from trial.troubles_next()


FAULTS: tuple[Callable[[Trial, random.Random, Path | None], Iterator[str]], ...] = (
    _at_a_step, _at_a_step, _by_somebody, _killed, _killed_at_a_call, _on_a_full_disk, _in_a_storm,
)  # fmt: skip

STORMY = """
import atexit, signal, sys
atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
signal.signal(signal.SIGALRM, lambda *_: None)
signal.siginterrupt(signal.SIGALRM, True)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.003)
sys.argv = sys.argv[1:]
"""
"""A process that a timer interrupts all the time, in the middle of whatever it asks of the system."""
ENTRY = {
    "balise": "from balise.cli import main; main()",
    "mkdocs": "from mkdocs.__main__ import cli; cli()",
}


def _started(trial: Trial, *before: str, out: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """A command as a user starts it, in a session of its own; one that writes to `out` is stormy."""
    program, *options = trial.command.arguments
    storm = "" if out == subprocess.PIPE else STORMY
    code = ENTRY[program] if not storm else f"{storm}{ENTRY[program]}"
    arguments = [program, *options] if storm else options
    command = [*before, sys.executable, "-c", code, *arguments]
    return subprocess.Popen(
        command,
        cwd=trial.folder,
        stdout=out,
        stderr=subprocess.PIPE if out == subprocess.PIPE else subprocess.DEVNULL,
        env={**os.environ, **ENVIRONMENT},
        start_new_session=True,
    )


if __name__ == "__main__":
    main()
