"""Work in slices: what is asked for meanwhile comes between."""

import asyncio
from collections.abc import Generator
from time import monotonic
from typing import TypeVar

from balise.base.memory import no_garbage_collection

T = TypeVar("T")

SLICE = 0.02
"""Seconds after which what is asked for comes first."""


async def in_slices(steps: Generator[None, None, T]) -> T:
    """What a generator returns; what is asked for comes between its steps."""
    until = monotonic() + SLICE
    while True:
        try:
            with no_garbage_collection():
                while monotonic() < until:
                    next(steps)
        except StopIteration as end:
            found: T = end.value
            return found
        await asyncio.sleep(0)
        until = monotonic() + SLICE
