"""What `make fuzz` aims at: inputs of one kind, and what has to hold for each of them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from balise.base.ignore import Patterns
from balise.check.severity import CATALOG
from balise.config import Generated
from balise.config.reading import mistakes_in
from tests.helpers.nasty_inputs import (
    Repeated,
    configurations,
    data_files,
    lines_of_guides,
    pages,
    patterns,
    repeated_pages,
    repeated_patterns,
    spliced,
)
from tests.helpers.properties import FILES, ask_generated, is_checked, is_read, is_rendered
from tests.helpers.support import find_corpus

SIZE = 4_000
"""Characters of the smaller of two inputs whose times are compared; the other is four times as long."""
MOST = 8
"""How many times longer the larger one may take: twice of what is linear."""
NOISE = 0.4
"""CPU seconds below which a time says nothing."""


@dataclass(frozen=True)
class Target:
    """Inputs, what has to hold, and the kind of files that nasty inputs are.

    What holds takes an input and returns how much there was in it.
    """

    kind: str
    inputs: st.SearchStrategy[Any]
    holds: Callable[[Any], float]

    def others(self, files: Sequence[bytes]) -> st.SearchStrategy[Any]:
        """Inputs that are made of files."""
        return spliced(files)


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    """The CPU seconds that some work takes."""
    start = time.process_time()
    work(data)
    return time.process_time() - start


def grows_evenly(work: Callable[[bytes], object]) -> Callable[[Repeated], float]:
    """Whether four times the input takes about four times as long; measured again where it seems not."""

    def holds(repeated: Repeated | bytes) -> float:
        if isinstance(repeated, bytes):  # one that was kept
            repeated = Repeated("", repeated.decode("utf-8", "replace"), "")
        small, large = (repeated.text(size).encode() for size in (SIZE, 4 * SIZE))
        first, second = seconds(work, small), seconds(work, large)
        if second > NOISE and second > MOST * first:
            first, second = (min(seconds(work, d) for _ in range(2)) for d in (small, large))
            grown = f"{second:.2f} s where a quarter takes {first:.2f} s"
            assert second <= MOST * first, f"{grown}: {repeated}"
        return second

    return holds


def _page(data: bytes) -> None:
    is_read(data)
    is_checked(data)
    is_rendered(data)


def _pattern(data: bytes) -> None:
    pattern = data.decode()
    if list(mistakes_in({"pages": [pattern], "anchors": [f"#{pattern}"]}, CATALOG)):
        return
    plain = pattern.replace("*", "").replace("?", "a")
    for path in (plain, "a" * len(pattern), "a/" * (len(pattern) // 2) + "b"):
        Patterns.matching(Path("/"), [pattern]).matches(f"/{path}")
    ask_generated(Generated((pattern,), (f"#{pattern}",)))


def targets() -> Mapping[str, Target]:
    """All targets by name. Pages have lines of real guides in them where there are some."""
    corpus = find_corpus()
    lines = lines_of_guides(corpus / "pages") if corpus else ()
    inputs = {
        "pages": pages(lines),
        "configurations": configurations(),
        "data": data_files(),
        "patterns": patterns(),
    }
    return {
        **{
            name: Target(kind, inputs[kind], holds)
            for kind, properties in FILES.items()
            for name, holds in properties.items()
        },
        "growth": Target("pages", repeated_pages(lines), grows_evenly(_page)),
        "pattern-growth": Target("patterns", repeated_patterns(), grows_evenly(_pattern)),
    }
