"""Signals that end a command from outside: it ends as by an interrupt, with all that it began."""

import signal
import sys
import threading
from types import FrameType
from typing import NoReturn


def exit_on_termination() -> None:
    """From now on SIGTERM and SIGHUP raise SystemExit, with the status that a shell gives for them.

    In a process that somebody wants to go on without a terminal, as `nohup` does, SIGHUP stays
    ignored. Only the main thread can do this; elsewhere nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
