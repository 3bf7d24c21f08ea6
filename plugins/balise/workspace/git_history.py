"""The history of files: the commits that gave each of them its texts, also under earlier names."""

import os
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from balise.workspace.git import FILE_MODES, Repository

COMMIT = b"\x01"
"""Begins what is printed of each commit."""


class Commit(msgspec.Struct, frozen=True):
    """A commit. `order` is smaller than that of a later one, `files` is how many of those that are
    looked at it gave another text.
    """

    id: str
    order: tuple[int, int]
    day: str
    files: int


class Change(msgspec.Struct, frozen=True):
    """A commit that gave a file another text; `path` is its name after that, `created` whether it is new."""

    commit: Commit
    path: str
    blob: str
    created: bool


class FileHistory(msgspec.Struct, frozen=True):
    """The files at HEAD: the `blobs` of their texts, and their `changes`, the last ones first; both by path."""

    blobs: Mapping[str, str]
    changes: Mapping[str, Sequence[Change]]


def read_history(repository: Repository, folder: str, suffix: str) -> FileHistory:
    """The history of the files below a folder whose names end in `suffix`; paths are from the top.

    A merge is no change of its own. Raises UserError where git fails.
    """
    blobs = dict(_listed(repository, folder, suffix))
    changes: dict[str, list[Change]] = {path: [] for path in blobs}
    name_now = {path: path for path in blobs}
    for commit, differences in _log(repository, folder, suffix):
        earlier: dict[str, str] = {}
        for difference in differences:
            now = name_now.get(difference.path)
            if now is None:
                continue
            if difference.changes_text:
                change = Change(commit, difference.path, difference.blob, difference.created)
                changes[now].append(change)
            if difference.created or difference.old_path != difference.path:
                del name_now[difference.path]
            if difference.old_path != difference.path:
                earlier[difference.old_path] = now
        name_now |= earlier
    return FileHistory(blobs, changes)


def blobs_of(repository: Repository, names: Sequence[str]) -> list[str]:
    """The full ids of blobs by their names, such as `commit:path`; empty for what names none.

    Raises UserError where git fails.
    """
    asked = [name for name in dict.fromkeys(names) if "\n" not in name]
    if not asked:
        return [""] * len(names)
    out = repository.output(
        *("cat-file", "--batch-check=%(objecttype) %(objectname)"),
        stdin=os.fsencode("".join(f"{name}\n" for name in asked)),
    )
    answers = dict(zip(asked, out.decode("utf-8", "replace").split("\n"), strict=False))
    kinds = (answers.get(name, "").partition(" ") for name in names)
    return [blob if kind == "blob" else "" for kind, _, blob in kinds]


class _Difference(msgspec.Struct):
    old_path: str
    path: str
    old_blob: str
    blob: str
    created: bool
    deleted: bool

    @property
    def changes_text(self) -> bool:
        return self.old_blob != self.blob


def _listed(repository: Repository, folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    out = repository.output("ls-tree", "-r", "-z", "HEAD", "--", folder or ".")
    for entry in out.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        path = os.fsdecode(name)
        if path.endswith(suffix):
            mode, _, blob = head.decode().split()
            if mode in FILE_MODES:
                yield path, blob


def _log(
    repository: Repository, folder: str, suffix: str
) -> Iterator[tuple[Commit, list[_Difference]]]:
    """Each commit, and what it changed, the last ones first."""
    out = repository.output(
        *("log", "--format=%x01%H %ct %cs", "--topo-order", "--raw", "--no-abbrev", "-z"),
        *("--find-renames", "--no-ext-diff", "HEAD", "--", folder or "."),
    )
    commits: list[tuple[str, list[_Difference]]] = []
    fields = iter(out.split(b"\0"))
    for field in fields:
        record = field.lstrip(b"\n")
        if record.startswith(COMMIT):
            commits.append((record.removeprefix(COMMIT).decode(), []))
        elif record:
            commits[-1][1].append(_difference(record.decode(), fields))
    for number, (head, found) in enumerate(commits):
        name, time, day = head.split()
        differences = [d for d in found if d.path.endswith(suffix) and not d.deleted]
        files = sum(difference.changes_text for difference in differences)
        yield Commit(name, (int(time), -number), day, files), differences


def _difference(head: str, fields: Iterator[bytes]) -> _Difference:
    """What `git log --raw -z` says of a file: its `head`, and the names that are next in the `fields`."""
    _, _, old_blob, blob, status = head.split(" ")
    old = new = os.fsdecode(next(fields))
    if status.startswith(("R", "C")):
        new = os.fsdecode(next(fields))
    created = status.startswith(("A", "C"))
    return _Difference(new if created else old, new, old_blob, blob, created, status == "D")
