"""How far a check has come, on a terminal, where it takes longer than a second."""

import sys
import time
from typing import Any

PATIENCE = 1.0
"""Seconds after which a bar is shown."""


class ProgressBar:
    """Call it with how many of how many pages have been read; it shows itself when that takes long."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> "ProgressBar":
        return self

    def __call__(self, done: int, total: int) -> None:
        if self.bar is None:
            if not sys.stderr.isatty() or time.monotonic() - self.began < PATIENCE:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("reading pages"), BarColumn(), MofNCompleteColumn())
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("", total=total)
        self.bar.update(self.task, completed=done)

    def __exit__(self, *raised: object) -> None:
        if self.bar is not None:
            self.bar.stop()
