"""A file or folder is known again without being read, but never taken for the same wrongly."""

import errno
import os
import time
from pathlib import Path

import pytest

from balise.base import file_state as states
from balise.base.file_state import file_state, refreshed
from tests.helpers.platforms import with_links


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a minute later than the file system thinks."""
    monkeypatch.setattr(time, "time_ns", lambda: int(time.time() * 1e9) + 60 * 10**9)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text("One\n", encoding="utf-8")
    return path


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing may be read."""

    def refuse(path: str) -> states.FileState:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(states, "file_state", refuse)


@pytest.mark.usefixtures("later")
def test_a_file_that_was_left_alone_is_not_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = file_state(str(file))
    unread(monkeypatch)
    assert refreshed(str(file), known) is known


@pytest.mark.usefixtures("later")
def test_a_file_with_another_text_of_the_same_length_is_another(file: Path) -> None:
    known = file_state(str(file))
    file.write_text("Two\n", encoding="utf-8")
    assert refreshed(str(file), known) is None


@pytest.mark.usefixtures("later")
def test_not_even_times_that_were_set_back_deceive(file: Path) -> None:
    status = file.stat()
    known = file_state(str(file))
    file.write_text("Two\n", encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert refreshed(str(file), known) is None


def test_a_file_that_was_written_just_now_is_read_again(file: Path) -> None:
    known = file_state(str(file))
    assert known.racy
    today = refreshed(str(file), known)
    assert today is not known
    assert today == known


def test_a_file_that_was_only_touched_is_the_same(file: Path) -> None:
    known = file_state(str(file))
    file.touch()
    today = refreshed(str(file), known)
    assert today is not None
    assert today.digest == known.digest


def test_a_file_that_is_gone_is_not_the_same(file: Path) -> None:
    known = file_state(str(file))
    file.unlink()
    assert refreshed(str(file), known) is None


@pytest.mark.usefixtures("later")
def test_a_folder_with_another_file_in_it_is_another(file: Path) -> None:
    known = file_state(str(file.parent))
    (file.parent / "other.md").touch()
    assert refreshed(str(file.parent), known) is None


@pytest.mark.usefixtures("later")
def test_a_folder_is_the_same_whatever_its_files_say(file: Path) -> None:
    known = file_state(str(file.parent))
    file.write_text("Two\n", encoding="utf-8")
    assert refreshed(str(file.parent), known) is known


@with_links
@pytest.mark.usefixtures("later")
def test_a_link_in_a_folder_that_leads_elsewhere_now_is_noticed(file: Path) -> None:
    (file.parent / "link").symlink_to("page.md")
    known = file_state(str(file.parent))
    file.unlink()
    file.mkdir()
    assert refreshed(str(file.parent), known) is None


def test_a_folder_in_the_place_of_a_file_is_told_and_whether_it_can_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    with pytest.raises(OSError, match=r"\] it is a folder$"):
        states.read_bytes(str(tmp_path))
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(
        OSError, match=r"it is a folder that cannot be listed \(permission denied\)"
    ):
        states.read_bytes(str(tmp_path))
