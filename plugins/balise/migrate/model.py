"""What a migration is: the files that change, and what the new layout has no place for."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import msgspec


class Loss(msgspec.Struct, frozen=True, order=True):
    """Something that the new layout has no place for: what `kind` of thing, and at which path."""

    kind: str
    path: str
    detail: str = ""


class Migration(msgspec.Struct, frozen=True):
    """What turns a collection into one of another layout.

    `files` are the bytes of those that are new or change, `new` the names of the former, `removed` of
    those that go; a name is a path from the collection's root. `changes` counts what is different, by kind.
    """

    files: Mapping[str, bytes]
    new: AbstractSet[str]
    removed: AbstractSet[str]
    changes: Counter[str]
    losses: tuple[Loss, ...]
