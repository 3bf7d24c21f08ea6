"""`balise check --watch` tells after each change what there is to tell now."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.helpers.command import PICTURE, SECONDS, balise, write_pages

HOME = "---\ntitle: Home\n---\n"
ONE, TWO = "guides/one/guide.en-gb.md", "guides/two/guide.en-gb.md"
TARGET = "---\ntitle: One\nslug: one\n---\n\n## Start\n"
LINK = "---\ntitle: Two\nslug: two\n---\n\n[one](../one/guide.en-gb.md#start)\n"


class Watching:
    """A command that watches a project, and what it has said since it was asked the last time."""

    def __init__(self, project: Path, *arguments: str) -> None:
        self.project = project
        # As of an interactive shell: where tests run in the background, SIGINT may be ignored.
        code = (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
            "from balise.cli import main; main()"
        )
        self.run = subprocess.Popen(
            [
                sys.executable,
                "-c",
                code,
                "check",
                "--watch",
                "--output-format",
                "concise",
                *arguments,
            ],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: SimpleQueue[str] = SimpleQueue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.run.stdout is not None
        with self.run.stdout as out:
            for line in out:
                self.lines.put(line)

    def end(self) -> None:
        """End the command, if it has not ended."""
        if self.run.poll() is None:
            os.killpg(self.run.pid, signal.SIGKILL)
        self.run.wait()
        self.reader.join()

    def said(self) -> str:
        """All lines until it waits for changes."""
        lines: list[str] = []
        while not lines or "watching for changes" not in lines[-1]:
            lines.append(self.lines.get(timeout=SECONDS))
        return "".join(lines)

    def write(self, path: str, text: str) -> str:
        """Write a file, and wait for what is said then."""
        write_pages(self.project, {path: text})
        return self.said()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_pages(
        tmp_path,
        {
            "balise.toml": "",
            "guides/home.en-gb.md": HOME,
            "guides/product.en-gb.md": HOME,
            ONE: TARGET,
            TWO: LINK,
        },
    )


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    pytest.importorskip("watchdog", reason="it is an extra")
    found = Watching(project)
    yield found
    found.end()


def test_a_saved_text_is_told_with_what_it_does_to_other_pages(watching: Watching) -> None:
    assert "nothing found" in watching.said()
    said = watching.write(ONE, TARGET.replace("Start", "Begin"))
    assert f"changed: {ONE}\n" in said
    assert f"{TWO}:6:1: error" in said
    assert "nothing found" in watching.write(ONE, TARGET)


def test_after_changes_of_all_kinds_it_says_what_a_new_check_says(watching: Watching) -> None:
    watching.said()
    for path, text in (
        (ONE, TARGET.replace("slug: one", "slug: two")),
        ("guides/three/guide.fr-fr.md", TARGET),
        (TWO, LINK + "\n[x](/gb/en/one/) [y](#z)\n"),
        ("balise.toml", 'ignore = ["missing-front-matter-key"]\n'),
        ("guides/_redirects", "/old /nowhere\n"),
    ):
        said = watching.write(path, text).splitlines()
        expected = balise(
            "check", "--no-cache", "--output-format", "concise", cwd=watching.project
        ).out.splitlines()
        assert [line for line in said if line.startswith("guides/")] == expected, path


def test_a_picture_that_breaks_is_told_and_so_is_one_that_is_mended(watching: Watching) -> None:
    watching.said()
    shown = TARGET + "\n![Menu](images/menu.png)\n"
    picture = "guides/one/images/menu.png"
    assert "nothing found" in watching.write(picture, PICTURE)
    assert "nothing found" in watching.write(ONE, shown)
    assert "`images/menu.png` is an empty file" in watching.write(picture, "")
    assert "nothing found" in watching.write(picture, PICTURE)


def test_a_mistake_in_the_configuration_is_told_and_watching_goes_on(watching: Watching) -> None:
    watching.said()
    assert "there is no setting `nope`" in watching.write("balise.toml", "nope = 1\n")
    assert "nothing found" in watching.write("balise.toml", "")


def test_what_git_ignores_from_now_on_is_checked_no_more(project: Path) -> None:
    pytest.importorskip("watchdog", reason="it is an extra")
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    write_pages(project, {".gitignore": "", TWO: LINK.replace("start", "gone")})
    found = Watching(project)
    try:
        assert f"{TWO}:6:1: error" in found.said()
        assert "nothing found" in found.write(".gitignore", "two/\n")
    finally:
        found.end()


def test_an_interrupt_ends_it(watching: Watching) -> None:
    watching.said()
    watching.run.send_signal(signal.SIGINT)
    assert watching.run.wait(SECONDS) == 130
    last = iter(lambda: watching.lines.get(timeout=SECONDS), "balise: interrupted\n")
    assert [line for line in last if line.strip()] == []


def test_a_report_that_is_written_is_no_change(project: Path) -> None:
    found = Watching(project, "--output", "json=guides/report.json")
    try:
        found.said()
        assert f"changed: {ONE}\n" in found.write(ONE, TARGET + "\n[x](#nowhere)\n")
        (finding,) = json.loads((project / "guides/report.json").read_text(encoding="utf-8"))
        assert finding["rule"] == "unresolved-anchor"
        assert f"changed: {ONE}\n" in found.write(ONE, TARGET)
    finally:
        found.end()


def test_what_has_to_be_installed_is_named(project: Path) -> None:
    write_pages(project, {"watchdog.py": "raise ImportError\n"})
    ran = balise("check", "--watch", cwd=project, PYTHONPATH=str(project))
    assert ran.status == 2
    assert ran.err.startswith("balise: `--watch` needs the package watchdog: install it")
