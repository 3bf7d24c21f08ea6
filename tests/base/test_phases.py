"""`BALISE_PROFILE` and `balise check --profile`: where the time of a command went, by phase."""

import json
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise

GUIDE = "---\ntitle: A guide\nslug: {0}\n---\n\n## Section\n\nText.\n"
PAGES = 70
"""Enough for several processes."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Guides of a collection."""
    for number in range(PAGES):
        file = tmp_path / f"guides/product/g{number}/guide.en-gb.md"
        file.parent.mkdir(parents=True)
        file.write_text(GUIDE.format(number))
    (tmp_path / "balise.toml").write_text("")
    return tmp_path


def rows(ran: Ran) -> dict[str, list[float]]:
    """The table on stderr: phase -> wall, own CPU and that of others in seconds, and peaks in MB."""
    lines = ran.err.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("phase "))
    split = [line.rsplit(maxsplit=5) for line in lines[start + 1 :] if line]
    return {name: [float(cell) for cell in cells] for name, *cells in split if len(cells) == 5}


def test_table_of_phases(project: Path) -> None:
    table = rows(balise("check", "--profile", cwd=project))
    assert next(iter(table)) == "start"
    assert {"read pages", "rules", "report"} < table.keys()
    assert list(table)[-2:] == ["everything else", "total"]
    *parts, total = table.values()
    for column in range(3):
        assert sum(part[column] for part in parts) == pytest.approx(total[column], abs=0.1)
    assert total[3] == max(part[3] for part in parts) > 10


def test_variable_asks_for_it_of_any_command(project: Path) -> None:
    ran = balise("rules", cwd=project, BALISE_PROFILE="1")
    assert "total" in rows(ran)


@pytest.mark.parametrize("value", ["", "0"])
def test_nothing_is_said_unasked(project: Path, value: str) -> None:
    ran = balise("check", cwd=project, BALISE_PROFILE=value)
    assert "total" not in ran.err


def test_timeline_has_the_work_of_all_processes(project: Path) -> None:
    balise("check", "--no-cache", cwd=project, BALISE_PROFILE="timeline.json")
    events = json.loads((project / "timeline.json").read_text())
    reading = [event for event in events if event["name"] == "read pages"]
    assert len(reading) > 1
    assert all(event["dur"] >= 0 and event["ts"] > 0 for event in reading)
    whole = max(reading, key=lambda event: event["dur"])
    end = whole["ts"] + whole["dur"]
    assert all(whole["ts"] <= event["ts"] <= end for event in reading)
