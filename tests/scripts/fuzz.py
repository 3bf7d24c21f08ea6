"""`make fuzz`: nasty inputs, made at random and kept where one breaks what has to hold for any.

The environment tells how: `SECONDS` in all (60), `SEED`, `TARGETS` by name with commas (all), `KEPT`, the
folder for nasty inputs (`.fuzz/`), which are tried first, and `ENGINE`. That is `hypothesis`, or `atheris`
where it is installed: it follows which lines of balise an input reaches.
"""

import atexit
import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from random import Random
from subprocess import run
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
ROUND = 400
"""Examples after which Hypothesis begins anew, with the best so far among what it makes examples of."""
BEST = 40
"""Files with the most in them that are kept to make others of."""
GRACE = 20
"""Seconds that may be spent on making an input small, also when the time is up."""
LEAST, EACH = 1.0, 0.001
"""CPU seconds that any input may take, and how many more for each byte."""
BALISE = re.compile(r"balise/|markdown_it/|mdit_py_plugins/|yaml/|pathspec/|properties\.py")


class TooSlowError(BaseException):
    """An input takes longer than any of its size may; nothing that catches errors may catch it."""


class TimeIsUpError(BaseException):
    """The end of a trial, or of making an input small: Hypothesis lets it pass."""


@contextmanager
def at_most(limit: float) -> Iterator[None]:
    """Raise TooSlowError after some CPU seconds, where the system can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def file_of(example: Any) -> bytes:
    """The file that an example is, or a small one where it can be of any size."""
    data: bytes = example if isinstance(example, bytes) else example.text(400).encode()
    return data


def cause_of(error: BaseException) -> str:
    """The same for two errors that are likely to be one bug: where it was raised, and why."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if BALISE.search(f.filename)]
    place = f"{Path(frames[-1].filename).stem}.{frames[-1].name}" if frames else "nowhere"
    why = re.split(r"[:;\[\n]", str(error))[0]
    return re.sub(r"[^a-z]+", "-", f"{type(error).__name__}-{place}-{why}".lower()).strip("-")[:90]


def _worth(pair: tuple[bytes, float]) -> float:
    return pair[1]


class Trial:
    """One target: what was tried on it, until when, and what broke, each cause once."""

    def __init__(self, name: str, aim: Any, kept: Path, until: float) -> None:
        self.name = name
        self.aim = aim
        self.folder = kept / aim.kind
        self.until = until
        self.small_until = until
        self.tried = 0
        self.broken: dict[str, str] = {}
        self.last = ""
        self.best: dict[bytes, float] = {}

    def examine(self, example: Any) -> None:
        """Raises AssertionError where something does not hold, the first time that it is for this cause.

        From then on until `next_cause` it is raised for this cause alone.
        """
        if time.monotonic() > (self.small_until if self.last else self.until):
            raise TimeIsUpError
        self.tried += 1
        try:
            with at_most(LEAST + EACH * len(file_of(example)) + self.slack(example)):
                worth = self.aim.holds(example)
        except (Exception, TooSlowError) as error:
            cause = cause_of(error)
            if cause in self.broken or self.last not in ("", cause):
                return
            if not self.last:
                self.small_until = time.monotonic() + GRACE
            self.last = cause
            self.keep(cause, example, error)
            raise AssertionError(cause) from error
        if isinstance(example, bytes):
            self.best = dict(sorted({**self.best, example: worth}.items(), key=_worth)[-BEST:])

    @staticmethod
    def slack(example: Any) -> float:
        """CPU seconds more for an example that is tried in several sizes."""
        return 0 if isinstance(example, bytes) else 20

    def keep(self, cause: str, example: Any, error: BaseException) -> None:
        """Write a nasty input, in the place of a larger one with the same cause, and why it is one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{self.name}-{cause}").write_bytes(file_of(example))
        trace = "".join(traceback.format_exception(error))
        reasons = self.folder.parent / "reasons"
        reasons.mkdir(exist_ok=True)
        (reasons / f"{self.name}-{cause}").write_text(f"{example!r}\n\n{trace}", "utf-8", "replace")

    def next_cause(self, error: BaseException) -> None:
        """Go on after what has just broken, and take it for known."""
        cause = self.last or cause_of(error)
        self.broken[cause] = str(error.__cause__ or error) or "the time was up before it was small"
        self.last = ""

    def begin(self, order: int) -> None:
        """Try what was kept by earlier runs, and then the seeds, in an order of its own for each number."""
        files = sorted(self.folder.glob(f"{self.name}-*"))
        seeds = Random(order).sample(self.aim.seeds, len(self.aim.seeds))  # noqa: S311 - no secret
        with suppress(TimeIsUpError):
            for example in [*(file.read_bytes() for file in files), *seeds]:
                try:
                    self.examine(example)
                except AssertionError as error:
                    self.next_cause(error)

    def report(self) -> str:
        """One line, and one for each cause."""
        lines = [f"{self.name:<16}{self.tried:>10,} inputs, {len(self.broken)} broke something new"]
        lines += [f"  {cause}: {' '.join(why.split())[:200]}" for cause, why in self.broken.items()]
        return "\n".join(lines)


def by_hypothesis(trial: Trial, first: int) -> None:
    """Rounds of examples, each with a seed of its own, from `first` on; what breaks is made small."""

    number = first
    while time.monotonic() < trial.until:
        inputs = trial.aim.inputs
        if trial.best:
            inputs = st.one_of(inputs, inputs, trial.aim.others(list(trial.best)))
        try:
            _one_round(trial, inputs, number)
        except TimeIsUpError as error:
            if trial.last:
                trial.next_cause(error)
        except Exception as error:  # flaky ones too: a time is never the same twice
            trial.next_cause(error)
        number += 1


def _one_round(trial: Trial, inputs: st.SearchStrategy[Any], number: int) -> None:
    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    @given(inputs)
    def test(example: Any) -> None:
        trial.examine(example)

    test()


def by_atheris(trial: Trial, first: int, atheris: Any) -> None:
    """Changes files so that they reach new lines; the first are the best so far. Ends the process."""

    def one(data: bytes) -> None:
        try:
            trial.examine(data)
        except TimeIsUpError:
            print(trial.report(), flush=True)
            shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
            os._exit(1 if trial.broken else 0)
        except AssertionError as error:
            trial.next_cause(error)

    folder = tempfile.mkdtemp()
    for number, data in enumerate(trial.best):
        Path(folder, str(number)).write_bytes(data)
    atheris.Setup([sys.argv[0], folder, f"-seed={first}", "-max_len=4096", "-verbosity=0"], one)
    atheris.Fuzz()


def main() -> None:
    """Try all targets, in turn and for the same time each, and say what broke."""
    warnings.simplefilter("error")  # a user would see them
    total = float(os.environ.get("SECONDS") or 60)
    first = int(os.environ.get("SEED") or secrets.randbelow(2**31))
    kept = Path(os.environ.get("KEPT") or ROOT / ".fuzz")
    engine = os.environ.get("ENGINE") or "hypothesis"
    if engine == "atheris":
        atheris = import_module("atheris")
        with atheris.instrument_imports(include=["balise", "markdown_it", "mdit_py_plugins"]):
            aims = import_module("tests.helpers.fuzz_targets").targets()
    else:
        aims = import_module("tests.helpers.fuzz_targets").targets()
    names = [name for name in (os.environ.get("TARGETS") or "").split(",") if name] or list(aims)
    print(f"{total:.0f} seconds, seed {first}, nasty inputs in {kept}", flush=True)
    if engine == "atheris" and len(names) > 1:
        sys.exit(max(_in_a_process(name, total / len(names), first) for name in names))
    tempfile.tempdir = tempfile.mkdtemp()  # atheris ends a process in the midst of all
    atexit.register(shutil.rmtree, tempfile.tempdir, ignore_errors=True)
    broken = 0
    for name in names:
        trial = Trial(name, aims[name], kept, time.monotonic() + total / len(names))
        trial.begin(first)
        if engine == "atheris" and trial.best:  # it changes files, not what is repeated in them
            by_atheris(trial, first, atheris)
        by_hypothesis(trial, first)
        print(trial.report(), flush=True)
        broken += len(trial.broken)
    sys.exit(1 if broken else 0)


def _in_a_process(name: str, share: float, first: int) -> int:
    environment = {**os.environ, "TARGETS": name, "SECONDS": str(share), "SEED": str(first)}
    return run(
        [sys.executable, "-m", "tests.scripts.fuzz"], env=environment, check=False
    ).returncode


if __name__ == "__main__":
    main()
