"""Work on all cores, by copies of this process, which have at hand all that it has read."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Owner = TypeVar("Owner")
Task = TypeVar("Task")
Result = TypeVar("Result")

CAN_FORK = sys.platform.startswith("linux")
"""Whether a process can be copied safely; elsewhere all is done in one."""


def fork_map(
    owner: Owner,
    work: Callable[[Owner, Task], Result],
    tasks: Sequence[Task],
    processes: int,
) -> Iterator[Result]:
    """What `work` makes of each task, in their order; `owner` reaches the copies without being sent.

    No other thread may be running: a lock that it holds would stay locked in the copies.
    """
    if processes < 2 or len(tasks) < 2 or not CAN_FORK:
        yield from (work(owner, task) for task in tasks)
        return
    import multiprocessing  # a single page needs no processes
    from concurrent.futures import ProcessPoolExecutor

    _owners.append(owner)
    gc.freeze()
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(processes, fork, gc.disable) as pool:
            yield from pool.map(_work, [(work, task) for task in tasks])
    finally:
        gc.unfreeze()
        _owners.clear()


_owners: list[Any] = []
"""What the copies that are made now have been given."""


def _work(order: tuple[Callable[[Any, Any], Any], Any]) -> Any:
    work, task = order
    return work(_owners[0], task)
