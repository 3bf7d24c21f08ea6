"""The days of last changes, by git, and what is kept of them between builds."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from balise.publish.dates import DATES_FILE, last_changes
from balise.workspace.store import STORE_FOLDER, Store
from tests.helpers.platforms import with_any_name
from tests.helpers.repositories import commit, git, page, repository

GUIDE = "mail/guide.en-gb.md"
DAY = date(2026, 5, 12)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{DAY}T12:00:00Z")
    (tmp_path / STORE_FOLDER).mkdir()
    return repository(tmp_path, {GUIDE: page("mail")})


def days(folder: Path) -> dict[str, date]:
    changes = last_changes(folder / "guides", Store(folder))
    return {path: change.day for path, change in changes.items()}


def test_a_file_changed_on_the_day_of_its_last_commit(folder: Path) -> None:
    assert days(folder)[GUIDE] == DAY


def test_what_is_kept_says_the_same(folder: Path) -> None:
    assert days(folder) == days(folder)
    assert [file.name for file in (folder / STORE_FOLDER).iterdir()] == [DATES_FILE]


@pytest.mark.parametrize("text", ["", "{", "[]", "2026-13-45"])
def test_what_was_damaged_since_is_not_believed(folder: Path, text: str) -> None:
    expected = days(folder)
    kept = folder / STORE_FOLDER / DATES_FILE
    known = json.loads(kept.read_bytes())
    damaged = (
        json.dumps({**known, "known": {GUIDE: [text, "0" * 12]}})
        if text.startswith("2026")
        else text
    )
    kept.write_text(damaged, encoding="utf-8")
    assert days(folder) == expected
    assert json.loads(kept.read_bytes()) == known


@with_any_name
def test_a_file_that_cannot_be_kept_is_left_as_it_was(folder: Path) -> None:
    before = days(folder)
    kept = (folder / STORE_FOLDER / DATES_FILE).read_bytes()
    (folder / "guides" / os.fsdecode(b"\xe9t\xe9.txt")).touch()
    commit(folder)
    assert git(folder, "status", "--porcelain") == ""
    assert days(folder).items() > before.items()
    assert (folder / STORE_FOLDER / DATES_FILE).read_bytes() == kept
    assert [file.name for file in (folder / STORE_FOLDER).iterdir()] == [DATES_FILE]
