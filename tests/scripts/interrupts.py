"""Real interrupts at random moments: how commands end, and what they leave.

`python -m tests.scripts.interrupts FOLDER [TIMES [SEED [PAGES]]]` works on copies of so many pages of
the folder. Clean is an end within LIMIT seconds, with one line at most on stderr, no process left and
no file half written.
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
from pathlib import Path

SUFFIX = ".balise"
"""What the name of a page ends with while it is written."""
LIMIT = 0.5
"""Seconds from a signal to the end."""
PATIENCE = 20
"""Seconds after which a command hangs."""
BIN = Path(sys.executable).parent
COMMANDS = {
    "check": [BIN / "balise", "check"],
    "check --no-cache": [BIN / "balise", "check", "--no-cache"],
    "check --fix": [BIN / "balise", "check", "--fix"],
    "mkdocs build": [BIN / "mkdocs", "build"],
    "mkdocs serve": [BIN / "mkdocs", "serve", "--dev-addr", "127.0.0.1:0"],
}
SIGNALS = {"Ctrl-C": signal.SIGINT, "SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP}
MKDOCS = (
    "site_name: x\nsite_url: https://example.org/\ntheme: {name: material}\nplugins: [balise]\n"
)


def main() -> None:
    """Interrupt each command so many times, and print how many ends were not clean, and why."""
    folder = Path(sys.argv[1])
    times, seed, pages = (int(n) for n in (*sys.argv[2:], "100", "1", "400")[:3])
    choose = random.Random(seed)  # noqa: S311 - the same moments again
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary, "project")
        shutil.copytree(folder, project / "guides")
        copied = sorted((project / "guides").rglob("guide.*.md"))
        choose.shuffle(copied)
        for page in copied[pages:]:
            page.unlink()
        (project / "balise.toml").touch()
        (project / "docs").mkdir()
        (project / "docs/index.md").write_text("# x\n", encoding="utf-8")
        (project / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
        for name, command in COMMANDS.items():
            took = _duration([*map(str, command)], project)
            troubles: Counter[str] = Counter()
            slowest = 0.0
            for _ in range(times):
                which = choose.choice(list(SIGNALS))
                ended, trouble = _interrupted(
                    [*map(str, command)], project, SIGNALS[which], choose.uniform(0, took)
                )
                slowest = max(slowest, ended)
                troubles.update([f"{which}: {trouble}"] if trouble else [])
            bad = sum(troubles.values())
            print(f"{name}: {times - bad} of {times} clean, slowest end {slowest:.2f} s")
            for trouble, count in troubles.most_common():
                print(f"  {count} x {trouble}")


def _duration(command: list[str], project: Path) -> float:
    _clear(project)
    begun = time.monotonic()
    with _start(command, project) as run:
        while run.poll() is None and time.monotonic() - begun < 8:
            time.sleep(0.05)
        _kill(run)
    return time.monotonic() - begun


def _interrupted(
    command: list[str], project: Path, signal_: signal.Signals, after: float
) -> tuple[float, str]:
    """Seconds to the end, and what was not clean about it."""
    _clear(project)
    with _start(command, project) as run:
        time.sleep(after)
        sent = time.monotonic()
        if run.poll() is not None:
            return 0.0, ""
        if signal_ == signal.SIGINT:
            os.killpg(run.pid, signal_)
        else:
            run.send_signal(signal_)
        try:
            run.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            _kill(run)
            return PATIENCE, "hangs"
        ended = time.monotonic() - sent
        time.sleep(0.05)
        left = _is_left(run.pid)
        _kill(run)
        said = run.stderr.read().decode() if run.stderr else ""
    if "Traceback" in said:
        return ended, "a traceback: " + said.strip().splitlines()[-1]
    if left:
        return ended, "processes are left"
    rests = [
        str(f.name)
        for f in project.rglob("*")
        if f.name.endswith(SUFFIX) or f.name == ".site.building"
    ]
    if rests:
        return ended, f"left behind: {rests[0]}"
    return ended, f"ended late, with status {run.returncode}" if ended > LIMIT else ""


def _start(command: list[str], project: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _is_left(session: int) -> bool:
    """Whether a process of a session still runs.

    What a worker has started may have ended, and be known to the system until the first process of
    all asks for its end: that takes as long as it takes.
    """
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, its_session = (
                status.read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
            )
            if int(its_session) == session and state not in "ZX":
                return True
    return False


def _kill(run: subprocess.Popen[bytes]) -> None:
    """End the whole session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)


def _clear(project: Path) -> None:
    for name in (".balise_cache", "site", ".site.building"):
        shutil.rmtree(project / name, ignore_errors=True)


if __name__ == "__main__":
    main()
