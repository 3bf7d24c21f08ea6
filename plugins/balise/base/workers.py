"""Work on all cores: the one owner of worker processes, who ends them all whatever happens."""

import gc
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from balise.base import phases
from balise.base.errors import UserError

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

Owner = TypeVar("Owner")
Task = TypeVar("Task")
Result = TypeVar("Result")

CAN_FORK = sys.platform.startswith("linux")
"""Whether a process can be copied safely; elsewhere what needs that is done in one."""

MAX_WORKERS = 60 if sys.platform == "win32" else sys.maxsize
"""Windows waits for at most 63 things at once."""

PATIENCE = 0.3
"""Seconds that workers have to end when they are told to; then they are killed."""


def process_map(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Iterator[Result]:
    """What `work` makes of each task, in their order; it must be possible to send all of them.

    Raises what `work` raises, and UserError where a process was killed: the first in the order of
    the tasks, whichever happened first.
    """
    import multiprocessing  # a single page needs no processes

    with _Workers(multiprocessing.get_context(), work, min(processes, len(tasks))) as workers:
        yield from workers.results(tasks)


def fork_map(
    owner: Owner,
    work: Callable[[Owner, Task], Result],
    tasks: Sequence[Task],
    processes: int,
) -> Iterator[Result]:
    """As `process_map`, by copies of this process: `owner` reaches them without being sent.

    No other thread may be running: a lock that it holds would stay locked in the copies.
    """
    if processes < 2 or len(tasks) < 2 or not CAN_FORK:
        yield from (work(owner, task) for task in tasks)
        return
    import multiprocessing  # as above

    gc.freeze()
    try:
        context = multiprocessing.get_context("fork")
        with _Workers(context, partial(work, owner), min(processes, len(tasks))) as workers:
            yield from workers.results(tasks)
    finally:
        gc.unfreeze()


def fork_lock() -> AbstractContextManager[object]:
    """What one at a time of the copies of this process may hold; nothing where the system has no such thing."""
    import multiprocessing  # as above

    try:
        return multiprocessing.get_context("fork").Lock()
    except (ImportError, OSError, ValueError):
        return nullcontext()


class _Workers:
    """Processes that do the same work, each at the end of a pipe."""

    def __init__(self, context: "BaseContext", work: Callable[[Any], Any], count: int) -> None:
        self.context = context
        self.work = work
        self.count = min(count, MAX_WORKERS)
        self.pipes: dict[Any, Any] = {}

    def __enter__(self) -> "_Workers":
        forks = self.context.get_start_method() == "fork"
        for _ in range(self.count):
            ours, theirs = self.context.Pipe()
            # A copy has the ends of all pipes: as long as it holds ours, theirs is never at its end.
            held = [*self.pipes, ours] if forks else []
            process = self.context.Process(  # type: ignore[attr-defined]  # missing in the stubs
                target=_serve, args=(theirs, self.work, held), daemon=True
            )
            process.start()
            theirs.close()
            self.pipes[ours] = process
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for pipe, process in self.pipes.items():
            if kind is not None:
                process.terminate()
            pipe.close()
        until = time.monotonic() + PATIENCE
        for process in self.pipes.values():
            process.join(None if kind is None else max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def results(self, tasks: Sequence[Any]) -> Iterator[Any]:
        """What the work makes of each task, in their order.

        A worker has one task at a time: with a second one on the way, both ends of a full pipe could
        wait for the other to read.
        """
        from multiprocessing.connection import wait

        left = iter(enumerate(tasks))
        given: dict[Any, int] = {}
        done: dict[int, tuple[bool, Any]] = {}
        for pipe in self.pipes:
            self._give(pipe, left, given, done)
        for number in range(len(tasks)):
            while number not in done:
                ready: list[Any] = wait(list(given))
                for pipe in ready:
                    try:
                        done[given[pipe]] = pipe.recv()
                    except (EOFError, OSError):
                        done[given.pop(pipe)] = (False, self._died(pipe))
                    else:
                        self._give(pipe, left, given, done)
            succeeded, result = done.pop(number)
            if not succeeded:
                raise result
            yield result

    def _give(
        self,
        pipe: Any,
        left: Iterator[tuple[int, Any]],
        given: dict[Any, int],
        done: dict[int, tuple[bool, Any]],
    ) -> None:
        given.pop(pipe, None)
        number, task = next(left, (None, None))
        if number is not None:
            try:
                pipe.send(task)
            except OSError:
                done[number] = (False, self._died(pipe))
            else:
                given[pipe] = number

    def _died(self, pipe: Any) -> UserError:
        process = self.pipes[pipe]
        process.join(PATIENCE)
        return UserError(
            f"one of the processes at work was ended from outside (status {process.exitcode}); "
            "run again, with more memory if the machine is short of it"
        )


def _serve(pipe: Any, work: Callable[[Any], Any], held: Sequence[Any]) -> None:
    """In a worker: do tasks until nobody gives any."""
    # An interrupt reaches all processes: the owner ends these, who have nothing to tell.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    gc.disable()
    for other in held:
        other.close()
    try:
        while True:
            task = pipe.recv()
            try:
                with phases.task():
                    answer = (True, work(task))
            except Exception as error:
                error.add_note(traceback.format_exc())
                answer = (False, error)
            pipe.send(answer)
    except (EOFError, OSError):  # the owner has gone
        return
