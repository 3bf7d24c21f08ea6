"""How pages are divided among shards: by locale and product, in parts that take about equally long.

All pages stand in one order, by locale, product and path, and are cut into parts of equal weight. Each
cut moves to the nearest end of a locale, or else of a product, if one is near. So every job divides
alike, whatever it has read, and a few more pages move few others to another part.
"""

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise

import msgspec

from balise.base.errors import UserError
from balise.document import page_name
from balise.workspace.discovery import PageFile

WRITTEN = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
OF_ITSELF = 4096
"""What a page costs whatever is in it, in bytes of text."""
NEAR = 8
"""A cut moves by at most this part of a shard."""
PRODUCT = 2
"""How many folders lead from the root of a collection to a product."""


class Shard(msgspec.Struct, frozen=True):
    """One part of several: its `number`, from 1 on, and `of` how many there are."""

    number: int
    of: int

    @classmethod
    def read(cls, written: str) -> "Shard":
        """The shard that is `written` as `2/4`. Raises UserError."""
        found = WRITTEN.fullmatch(written)
        number, of = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= number <= of:
            raise UserError(
                f"`--shard {written}`: write which shard of how many this is, from `1/4` to `4/4`"
            )
        return cls(number, of)

    def __str__(self) -> str:
        """As people say it."""
        return f"shard {self.number} of {self.of}"

    def among(self, pages: Iterable[PageFile]) -> list[str]:
        """The paths of the pages that the shard has."""
        return divided(pages, self.of)[self.number - 1]


def divided(pages: Iterable[PageFile], parts: int) -> list[list[str]]:
    """The paths of the pages of each part; some have none where there are more parts than pages."""
    places = sorted(map(_place, pages))
    if not places:
        return [[] for _ in range(parts)]
    ends = list(accumulate(_weight(path) for *_, path in places))
    cuts = [0, *_cuts(places, ends, parts), len(places)]
    paths = [path for *_, path in places]
    return [paths[start:end] for start, end in pairwise(cuts)]


def _place(page: PageFile) -> tuple[str, str, str]:
    """The locale, the product and the path of a page."""
    name = page_name(page.path)
    way = page.path.removeprefix(page.root).strip("/").split("/")
    return name.locale if name else "", "/".join((page.root, *way[:-1][:PRODUCT])), page.path


def _weight(path: str) -> int:
    size = 0
    with suppress(OSError, ValueError):
        size = os.stat(path).st_size  # noqa: PTH116 - thousands of pages
    return OF_ITSELF + size


def _cuts(places: Sequence[tuple[str, str, str]], ends: Sequence[int], parts: int) -> Iterable[int]:
    """How many of the first pages stand before each cut; `ends` are the weights up to each page."""
    numbers = range(1, len(places))
    by_product = [n for n in numbers if places[n][:2] != places[n - 1][:2]]
    by_locale = [n for n in by_product if places[n][0] != places[n - 1][0]]
    whole = ends[-1]

    def off(number: int) -> float:
        return abs(ends[number - 1] - wanted)

    for part in range(1, parts):
        wanted = whole * part / parts
        exact = bisect_left(ends, wanted) + 1
        near = whole / parts / NEAR
        for among in (by_locale, by_product):
            place = bisect_left(among, exact)
            found = min(among[max(0, place - 1) : place + 1], key=off, default=exact)
            if off(found) <= near:
                break
        else:
            found = exact
        yield found
