"""Python's collector of garbage, kept out of the way."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Facts are many and refer to no one in a circle: looking for circles costs a seventh."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def collect_new_garbage() -> None:
    """Collect the circles in what was made since the last time, such as pages of MkDocs and templates."""
    gc.collect(0)
