"""Where the time of a command goes, by phase: seconds, CPU seconds of all its processes, and memory.

`BALISE_PROFILE=1` asks for the table; with the path of a `.json` file a timeline of all processes is
written there as well, which `chrome://tracing` and Perfetto show. Without it a phase costs nothing.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from pathlib import Path
from typing import NamedTuple

VARIABLE = "BALISE_PROFILE"
START = "start"
"""The phase from the start of the process up to `begin`."""
REST = "everything else"
"""The phase of all that is in no other one."""
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
"""Units of `/proc/*/stat` in a second."""


class Spent(NamedTuple):
    """Seconds: of the clock, of this process on a CPU, and of those that it started on theirs."""

    wall: float = 0.0
    own: float = 0.0
    others: float = 0.0

    def plus(self, more: "Spent") -> "Spent":
        """Both together."""
        return Spent(self.wall + more.wall, self.own + more.own, self.others + more.others)

    def since(self, before: "Spent") -> "Spent":
        """What was spent since `before`."""
        return Spent(self.wall - before.wall, self.own - before.own, self.others - before.others)


class Profile:
    """What was spent in each phase so far. A phase within another takes its time from that one."""

    def __init__(self, timeline: Path | None) -> None:
        self.timeline = timeline
        self.phases = [REST]
        self.spent: dict[str, Spent] = {}
        self.memory: dict[str, tuple[float, float]] = {}
        self.last = Spent(time.perf_counter() - _age())
        if timeline:
            timeline.write_text("[\n", encoding="utf-8")
        self.lap(START)

    def lap(self, phase: str) -> None:
        """Put down all that was spent since the last time to `phase`."""
        now = _spent()
        self.spent[phase] = self.spent.get(phase, Spent()).plus(now.since(self.last))
        self.memory[phase] = _peaks()
        self.last = now

    def log(self, name: str, start: float) -> None:
        """Add to the timeline that this process did something from `start` until now."""
        if self.timeline is None:
            return
        import json  # only here

        event = {
            "name": name,
            "ph": "X",
            "ts": round(start * 1e6),
            "dur": round((time.perf_counter() - start) * 1e6),
            "pid": os.getpid(),
            "tid": os.getpid(),
        }
        with self.timeline.open("ab") as file:  # in one piece: other processes write there, too
            file.write(json.dumps(event).encode() + b",\n")

    def table(self) -> str:
        """What was spent, as lines for people."""
        if REST in self.spent:
            self.spent[REST] = self.spent.pop(REST)  # the last one
        total = reduce(Spent.plus, self.spent.values())
        rows = [(name, spent, self.memory[name]) for name, spent in self.spent.items()]
        rows.append(("total", total, _peaks()))
        lines = [f"{'phase':<24}{'wall s':>8}{'CPU s':>8}{'others':>8}{'peak MB':>9}{'others':>8}"]
        lines += [
            f"{name:<24}{spent.wall:>8.2f}{spent.own:>8.2f}{spent.others:>8.2f}{own:>9.0f}{others:>8.0f}"
            for name, spent, (own, others) in rows
        ]
        return "\n".join(lines)


_profile: Profile | None = None


def begin(*, asked: bool = False) -> None:
    """Begin to measure, if that is `asked` for here or by the variable, and has not begun yet."""
    global _profile
    value = os.environ.get(VARIABLE, "")
    if _profile is None and (asked or value not in ("", "0")):
        _profile = Profile(Path(value) if value.endswith(".json") else None)


def end() -> None:
    """Print on stderr what was measured, if it was; nothing more is."""
    global _profile
    if _profile is None:
        return
    _profile.lap(REST)
    sys.stderr.write(f"{_profile.table()}\n")
    if _profile.timeline:
        with _profile.timeline.open("ab") as file:
            file.write(b'{"name":"end","ph":"M","pid":0,"tid":0}]\n')
    _profile = None


@contextmanager
def phase(name: str) -> Iterator[None]:
    """What is done within is the phase `name` of this process; the same name adds up."""
    if _profile is None:
        yield
        return
    profile = _profile
    profile.lap(profile.phases[-1])
    profile.phases.append(name)
    start = time.perf_counter()
    try:
        yield
    finally:
        profile.lap(name)
        profile.phases.pop()
        profile.log(name, start)


@contextmanager
def task(name: str = "") -> Iterator[None]:
    """What is done within is a piece of work of one of several processes: it is on the timeline alone."""
    if _profile is None:
        yield
        return
    start = time.perf_counter()
    try:
        yield
    finally:
        _profile.log(name or _profile.phases[-1], start)


def _age() -> float:
    """The seconds for which this process has been there, as far as the system tells."""
    with suppress(OSError, AttributeError):
        started = int(_stat("self")[19]) / TICKS
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    return time.process_time()


def _spent() -> Spent:
    """What was spent until now, since some time in the past."""
    ended = os.times()
    others = ended.children_user + ended.children_system
    for process in _children("self"):
        with suppress(OSError):
            others += sum(map(int, _stat(process)[11:15])) / TICKS
    return Spent(time.perf_counter(), time.process_time(), others)


def _peaks() -> tuple[float, float]:
    """The most memory that this process had, and that one of those that it started had; in MB."""
    if sys.platform == "win32":
        return 0.0, 0.0
    import resource  # not on Windows

    unit = 2**20 if sys.platform == "darwin" else 2**10
    own, ended = (
        resource.getrusage(who).ru_maxrss / unit
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, max([ended, *map(_peak_of, _children("self"))])


def _peak_of(process: str) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**10
    return 0.0


def _children(process: str) -> Iterator[str]:
    """The processes that one has started and that are there, with those that they have started; on Linux."""
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        found: list[str] = []
        with suppress(OSError):
            found = file.read_text(encoding="utf-8").split()
        for child in found:
            yield child
            yield from _children(child)


def _stat(process: str) -> list[str]:
    """What Linux tells of a process in `/proc/*/stat`, from the third field on. Raises OSError."""
    text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    return text.rpartition(") ")[2].split()
