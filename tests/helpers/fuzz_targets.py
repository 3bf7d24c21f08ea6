"""What `make fuzz` aims at: inputs of one kind, and what has to hold for each of them."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from balise.base.ignore import Patterns
from balise.base.memory import no_garbage_collection
from balise.check.severity import CATALOG
from balise.config import Generated
from balise.config.reading import mistakes_in
from tests.helpers.nasty_inputs import (
    Repeated,
    configurations,
    data_files,
    every_setting,
    examples,
    lines_of_guides,
    pages,
    patterns,
    repeated_pages,
    repeated_patterns,
    repeated_pieces,
    repeated_stars,
    spliced,
)
from tests.helpers.properties import FILES, ask_generated, is_checked, is_read, is_rendered
from tests.helpers.support import NASTY, find_corpus

SIZES = (4_000, 16_000, 64_000, 256_000)
"""Characters of inputs whose times are compared, each four times the one before."""
SUSPICIOUS = 4.5
"""How many times longer the larger of two may take without a look at the next size."""
MOST = 6
"""How many times longer it may take at all: half more than what is linear."""
NOISE = 0.5
"""CPU seconds below which no time is a verdict, though it may be a reason to look at the next size."""


@dataclass(frozen=True)
class Target:
    """Inputs, what has to hold, and the kind of files that nasty inputs are.

    What holds takes an input and returns how much there was in it. `seeds` are inputs to begin with.
    """

    kind: str
    inputs: st.SearchStrategy[Any]
    holds: Callable[[Any], float]
    seeds: Sequence[Any] = ()

    def others(self, files: Sequence[bytes]) -> st.SearchStrategy[Any]:
        """Inputs that are made of files."""
        return spliced(files)


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    """The CPU seconds that some work takes."""
    gc.collect()
    with no_garbage_collection():
        start = time.process_time()
        work(data)
        return time.process_time() - start


def grows_evenly(
    work: Callable[[bytes], object],
    measure: Callable[[Callable[[bytes], object], bytes], float] = seconds,
) -> Callable[[Repeated | bytes], float]:
    """Whether four times the input takes about four times as long.

    Where it seems not, it is measured again, and then a larger input tells: what is not linear shows
    the more, the larger it is.
    """

    def holds(repeated: Repeated | bytes) -> float:
        if isinstance(repeated, bytes):  # one that was kept
            repeated = Repeated("", repeated.decode("utf-8", "replace"), "")
        times = [measure(work, repeated.data(SIZES[0]))]
        for smaller, larger in pairwise(SIZES):
            times.append(measure(work, repeated.data(larger)))
            if times[-1] > SUSPICIOUS * times[-2]:
                for at, size in ((-2, smaller), (-1, larger)):
                    times[at] = min(times[at], *(measure(work, repeated.data(size)) for _ in "ab"))
            if times[-1] <= SUSPICIOUS * times[-2]:
                break
            grown = f"{times[-1]:.2f} s where a quarter takes {times[-2]:.2f} s"
            assert times[-1] < max(NOISE, MOST * times[-2]), f"{grown}: {repeated}"
        return times[-1]

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
    seeds = {
        kind: [file.read_bytes() for file in sorted((NASTY / kind).iterdir())] for kind in FILES
    }
    seeds["configurations"] += every_setting()
    seeds["pages"] += [text.encode() for text in examples()]
    return {
        **{
            name: Target(kind, inputs[kind], holds, seeds[kind])
            for kind, properties in FILES.items()
            for name, holds in properties.items()
        },
        "growth": Target("pages", repeated_pages(lines), grows_evenly(_page), repeated_pieces()),
        "pattern-growth": Target(
            "patterns", repeated_patterns(), grows_evenly(_pattern), repeated_stars()
        ),
    }
