"""What a refactoring does: edits, moved, new and removed files, and what is left for people to decide."""

from collections.abc import Mapping, Sequence

import msgspec

from balise.base.source import Edit, Span


class Note(msgspec.Struct, frozen=True):
    """Something that a refactoring leaves to people: a place, and what is to be looked at there."""

    path: str
    span: Span
    message: str


class Refactoring(msgspec.Struct, frozen=True):
    """What becomes of the files of a collection; paths are absolute or as the workspace has them.

    `edits` are by the path that a file has today, also where it moves; no two of a file overlap.
    `moves` are of files, from today's path to the new one, none of which is there or moves away
    itself, but for a name in another case. `created` are texts of files that are not there yet.
    """

    title: str
    edits: Mapping[str, Sequence[Edit]] = {}
    moves: Mapping[str, str] = {}
    created: Mapping[str, str] = {}
    removed: Sequence[str] = ()
    notes: Sequence[Note] = ()
