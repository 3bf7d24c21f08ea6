"""Changes of many files at once: all of them or none, also where a command was killed in their midst."""

import os
from pathlib import Path

import msgspec
import pytest

from balise.base.errors import UserError
from balise.workspace.file_changes import FileChanges
from balise.workspace.journal import NAME, apply, take_back
from tests.helpers.command import write_pages
from tests.helpers.platforms import on_posix, with_links

ENDED = 2**22 + 1
"""A number that no process has."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pages(tmp_path, {"a.md": "a", "b/c.md": "c", "d.md": "d"})


def changes(folder: Path) -> FileChanges:
    at = str(folder)
    return FileChanges(
        {f"{at}/a.md": (b"a", b"A"), f"{at}/b/c.md": (b"c", b"C")},
        {f"{at}/b/c.md": f"{at}/e/c.md"},
        {f"{at}/new/f.md": b"f"},
        {f"{at}/d.md": b"d"},
    )


def texts(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


BEFORE = {"a.md": "a", "b/c.md": "c", "d.md": "d"}
AFTER = {"a.md": "A", "e/c.md": "C", "new/f.md": "f"}


def killed(folder: Path) -> Path:
    """The folder as after a kill when all was done but for the journal."""
    journal = {"process": ENDED, "changes": changes(folder), "modes": {}, "staged": {}}
    apply(str(folder), changes(folder))
    (folder / NAME).write_bytes(msgspec.msgpack.encode(journal))
    return folder


def test_all_is_done_and_no_folder_is_left_without_a_file(folder: Path) -> None:
    apply(str(folder), changes(folder))
    assert texts(folder) == AFTER
    assert not (folder / "b").exists()


def test_what_a_kill_has_left_is_taken_back(folder: Path) -> None:
    assert take_back(str(killed(folder))) == []
    assert texts(folder) == BEFORE
    assert not (folder / "new").exists()
    assert take_back(str(folder)) is None


def test_what_somebody_has_saved_since_is_left_and_told(folder: Path) -> None:
    killed(folder)
    (folder / "a.md").write_text("mine")
    told = take_back(str(folder))
    assert told is not None
    assert [line.rpartition("/")[2] for line in told] == [
        "a.md: somebody has saved it meanwhile, so it was left as it is"
    ]
    assert texts(folder) == BEFORE | {"a.md": "mine"}


def test_a_process_that_still_runs_is_left_alone(folder: Path) -> None:
    journal = {"process": os.getppid(), "changes": changes(folder)}
    (folder / NAME).write_bytes(msgspec.msgpack.encode(journal))
    with pytest.raises(UserError, match="another change is under way"):
        take_back(str(folder))


def test_a_journal_that_names_other_files_is_not_believed(folder: Path, tmp_path: Path) -> None:
    inside = folder / "b"
    journal = {"process": ENDED, "changes": changes(folder)}
    (inside / NAME).write_bytes(msgspec.msgpack.encode(journal))
    with pytest.raises(UserError, match="outside of the collection"):
        take_back(str(inside))
    assert (folder / "a.md").read_text() == "a"


def test_a_text_that_has_changed_since_is_told_before_anything_is_done(folder: Path) -> None:
    (folder / "d.md").write_text("mine")
    with pytest.raises(UserError, match=r"d\.md: it has changed since it was read"):
        apply(str(folder), changes(folder))
    assert texts(folder) == BEFORE | {"d.md": "mine"}


def test_what_is_in_the_place_of_a_new_file_is_told(folder: Path) -> None:
    write_pages(folder, {"new": "a file", "e/c.md": "there"})
    with pytest.raises(UserError) as told:
        apply(str(folder), changes(folder))
    assert [line.rpartition(": ")[2] for line in told.value.lines] == [
        "it is there already, so nothing is changed",
        told.value.lines[1].rpartition(": ")[2],
    ]
    assert "is a file, so nothing is changed" in told.value.lines[1]


@with_links
def test_nothing_outside_is_changed_whichever_way_links_lead(folder: Path, tmp_path: Path) -> None:
    inside = folder / "b"
    (inside / "out").symlink_to(folder)
    moves = FileChanges(moves={f"{inside}/c.md": f"{inside}/out/c.md"})
    with pytest.raises(UserError, match="it would be outside of the collection"):
        apply(str(inside), moves)


@on_posix
def test_files_keep_their_permissions_and_new_ones_have_the_usual(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    (folder / "b/c.md").chmod(0o600)
    (folder / "d.md").chmod(0o755)
    killed(folder)
    modes = {name: (folder / name).stat().st_mode & 0o777 for name in AFTER}
    usual = 0o666 & ~_umask()
    assert modes == {"a.md": 0o640, "e/c.md": 0o600, "new/f.md": usual}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
