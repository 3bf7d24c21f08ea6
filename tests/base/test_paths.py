"""Paths: a file has one name, however it was written."""

import os
from pathlib import Path

import pytest

from balise.base.paths import real_path
from tests.helpers.platforms import with_links


@pytest.fixture
def in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is found by its name in any case, as on most Macs and on Windows."""

    def lexists(path: str) -> bool:
        given = Path(path)
        return given.name.casefold() in {file.name.casefold() for file in given.parent.iterdir()}

    monkeypatch.setattr(os.path, "lexists", lexists)


def test_a_name_in_another_case_is_that_of_the_folder(tmp_path: Path, in_any_case: None) -> None:
    page = tmp_path / "Guides" / "07" / "Page.en-gb.md"
    page.parent.mkdir(parents=True)
    page.touch()
    assert real_path(tmp_path / "GUIDES" / "07" / "page.EN-GB.md") == page.as_posix()


def test_a_name_that_is_nowhere_stays_as_it_is_written(tmp_path: Path, in_any_case: None) -> None:
    (tmp_path / "Guides").mkdir()
    assert real_path(tmp_path / "guides" / "Gone.md") == (tmp_path / "Guides/Gone.md").as_posix()


@with_links
def test_a_link_to_a_folder_is_the_folder_and_one_to_a_file_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "page.md").touch()
    (tmp_path / "link").symlink_to("folder")
    (folder / "other.md").symlink_to("page.md")
    assert real_path(tmp_path / "link") == folder.as_posix()
    assert real_path(tmp_path / "link" / "other.md") == (folder / "other.md").as_posix()
