"""What happens to a command from outside: one clear line at most, the right status, nothing lost."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from balise.check.severity import CATALOG
from balise.config import OVH_URLS, load_configuration
from balise.rules.anchors.unresolved_anchor import UnresolvedAnchor
from balise.rules.files.unreadable_file import UnreadableFile
from balise.workspace.discovery import discover
from balise.workspace.store import Store
from tests.helpers.checking import check_scope
from tests.helpers.command import SECONDS, balise, write_pages

if sys.platform == "win32":
    pytest.skip("signals and limits are those of POSIX", allow_module_level=True)

import resource

CHECK = [sys.executable, "-m", "balise.cli", "check"]
PAGE = "---\ntitle: Page\n---\n\n" + "[a](#nowhere)\n\n" * 50
ENOUGH = 100
"""Pages that are read by several processes."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {f"guides/p{n}/guide.en-gb.md": PAGE for n in range(ENOUGH)}
    return write_pages(tmp_path, {"balise.toml": "", **pages})


def test_a_reader_who_has_seen_enough_is_no_trouble(project: Path) -> None:
    with subprocess.Popen(
        CHECK, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_output_that_cannot_be_written_is_told(project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(CHECK, cwd=project, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert run.stderr == b"balise: the output cannot be written: no space left on device\n"


def test_a_full_disk_costs_the_cache_and_nothing_else(project: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [*CHECK, "--output-format", "json"]
    run = subprocess.run(command, cwd=project, preexec_fn=limit, capture_output=True, check=False)
    assert (
        run.stdout.decode()
        == balise("check", "--no-cache", "--output-format", "json", cwd=project).out
    )
    assert b"Traceback" not in run.stderr
    assert b".balise_cache: what was read could not all be kept" in run.stderr
    assert balise("check", "--output-format", "json", cwd=project).out == run.stdout.decode()


ENDLESS = """
import signal
from pathlib import Path

from balise.workspace import reading
from balise.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # where tests run in the background
read = reading.read_bytes


def read_bytes(path):
    page = Path(path).parent.name
    if page in ("p0", "p99"):
        Path("pipe").write_text("!")
    while page == "p0":
        signal.pause()
    return read(path)


reading.read_bytes = read_bytes
if __name__ == "__main__":
    main()
"""
"""A command that writes to a pipe when it reads its first page, which it never comes to the end
of, and its last one, behind which another process has nothing left to do."""


INTERRUPTED_IMPORT = """
import sys


class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == MODULE:
            raise KeyboardInterrupt


sys.meta_path.insert(0, Interrupting())
from balise.cli import main

main()
"""


@pytest.mark.parametrize("module", ["click", "balise.cli.check", "balise.rules", "msgspec"])
def test_an_interrupt_while_modules_are_loaded_is_one_line(project: Path, module: str) -> None:
    code = INTERRUPTED_IMPORT.replace("MODULE", repr(module))
    run = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=project, capture_output=True, check=False
    )
    assert (run.returncode, run.stderr.decode().strip()) == (130, "balise: interrupted")


@pytest.mark.parametrize(
    ("send", "signal_", "status", "line"),
    [
        pytest.param(os.killpg, signal.SIGINT, 130, "balise: interrupted", id="Ctrl-C"),
        pytest.param(os.kill, signal.SIGTERM, 143, "", id="SIGTERM"),
        pytest.param(os.kill, signal.SIGHUP, 129, "", id="SIGHUP"),
    ],
)
def test_a_signal_ends_all_processes_with_one_line_at_most(
    project: Path,
    send: Callable[[int, int], None],
    signal_: signal.Signals,
    status: int,
    line: str,
) -> None:
    program = project / "endless.py"
    program.write_text(ENDLESS, encoding="utf-8")
    os.mkfifo(project / "pipe")
    # For both ends: with a reader alone, the pipe would be at its end before there is a writer.
    begun = os.open(project / "pipe", os.O_RDWR | os.O_NONBLOCK)
    with subprocess.Popen(
        [sys.executable, str(program), "check"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        try:
            for _ in ("the first page", "the last page"):
                assert select.select([begun], [], [], SECONDS)[0]
                assert os.read(begun, 1) == b"!"
            send(run.pid, signal_)
            # At its end when every process that can write to it has ended.
            said = run.communicate(timeout=SECONDS)[1]
        finally:
            os.close(begun)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == status
    assert said.strip() == line


def gone(page: Path) -> None:
    page.unlink()


def a_folder(page: Path) -> None:
    page.unlink()
    page.mkdir()


def a_link_to_nothing(page: Path) -> None:
    page.unlink()
    page.symlink_to("nowhere")


@pytest.mark.parametrize("happens", [gone, a_folder, a_link_to_nothing])
@pytest.mark.parametrize("cached", [False, True])
def test_a_page_that_vanishes_before_it_is_read_is_a_finding_and_all_others_are_checked(
    project: Path, happens: Callable[[Path], None], cached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    scope = discover([Path("guides")], load_configuration(Path(), CATALOG))
    happens(project / "guides/p7/guide.en-gb.md")
    store = Store(project) if cached else None
    report = check_scope(scope, [UnreadableFile(), UnresolvedAnchor()], OVH_URLS, store)
    unreadable = [f.path for f in report.findings if f.rule == "unreadable-file"]
    assert unreadable == ["guides/p7/guide.en-gb.md"]
    assert len(report.findings) == 50 * (ENOUGH - 1) + 1


def test_a_page_that_changes_after_it_was_found_is_checked_as_it_is(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    scope = discover([Path("guides")], load_configuration(Path(), CATALOG))
    (project / "guides/p7/guide.en-gb.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    report = check_scope(scope, [UnresolvedAnchor()], OVH_URLS, Store(project))
    assert len(report.findings) == 50 * (ENOUGH - 1)
