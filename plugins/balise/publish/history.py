"""What git's history says of the files of a collection, kept between builds: only new commits are asked for."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from balise.base.errors import UserError
from balise.workspace.git import Repository
from balise.workspace.store import Store

T = TypeVar("T")


class Kept(msgspec.Struct, Generic[T]):
    """What was found the last time, at the commit `head`."""

    folder: str
    head: str
    known: T


class Question(msgspec.Struct, Generic[T], frozen=True):
    """What is asked of a history: `read` answers for the commits behind one, or all where it is empty;
    `join` makes one answer of an older and a newer one. Answers are kept in `file`."""

    file: str
    decoder: msgspec.json.Decoder[Kept[T]]
    read: Callable[[Repository, str], T]
    join: Callable[[T, T], T]


def ask_history(question: Question[T], folder: Path, store: Store) -> T | None:
    """The answer for the history of a folder; None where git has none."""
    try:
        repository = Repository(folder)
        head = repository.commit("HEAD")
        kept = _kept(question, folder, store)
        if kept and kept.head == head:
            return kept.known
        if kept and repository.is_ancestor(kept.head):
            known = question.join(kept.known, question.read(repository, kept.head))
        else:
            known = question.read(repository, "")
    except UserError:
        return None
    with contextlib.suppress(UnicodeEncodeError):  # a name that is not UTF-8
        kept = Kept(str(folder.absolute()), head, known)
        store.write_file(question.file, msgspec.json.encode(kept))
    return known


def _kept(question: Question[T], folder: Path, store: Store) -> Kept[T] | None:
    try:
        kept = question.decoder.decode(store.read_file(question.file))
    except msgspec.MsgspecError:
        return None
    return kept if kept.folder == str(folder.absolute()) and kept.known else None
