"""Memory: Python's collector of garbage, kept out of the way, and what the C library holds back."""

import contextlib
import gc
import sys
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


def collect_garbage() -> None:
    """Collect all circles, such as a collection and its pages, when what was large is not needed any more."""
    gc.collect()
    give_back()


def collect_new_garbage() -> None:
    """Collect the circles in what was made since the last time, such as pages of MkDocs and templates."""
    gc.collect(0)


def give_back() -> None:
    """Give the system what was freed. glibc keeps that, and each copy of the process counts it again."""
    if sys.platform == "linux":
        from ctypes import CDLL  # one moment of a long command

        if trim := getattr(CDLL(None), "malloc_trim", None):
            trim(0)
