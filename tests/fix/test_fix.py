"""`balise check --fix`, `--unsafe-fixes` and `--diff`, as a user runs them."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.workspace.writing import write_page
from tests.helpers.command import Ran, balise, write_pages
from tests.helpers.platforms import as_root, on_posix, with_links, with_permissions

WRONG = "---\ntitle: Page\n---\n\n[a](#here){.extrenal} `Next` {.action}\n\n## Here\n"
RIGHT = "---\ntitle: Page\n---\n\n[a](#here) `Next`{.action}\n\n## Here\n"
PAGE = "guides/a/guide.en-gb.md"
FIX_STDIN = ("check", "-", "--fix", "--stdin-filename", PAGE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_pages(tmp_path, {"balise.toml": "", "guides/home.en-gb.md": RIGHT, PAGE: WRONG})


def fix(project: Path, *options: str) -> Ran:
    return balise("check", "--fix", "--ignore", "collection", *options, cwd=project)


def text(project: Path, name: str = PAGE) -> str:
    return (project / name).read_bytes().decode()


def test_safe_fixes_are_written(project: Path) -> None:
    ran = fix(project)
    assert text(project) == RIGHT
    assert "3 fixes on 1 page" in ran.err
    assert ran.status == 0


def test_an_item_whose_text_lacks_the_marks_of_its_block_is_mended_in_turn(project: Path) -> None:
    head, item = RIGHT.replace("# ", "# "), "\n> [!faq]\n>\n> Who?\n>> - \nPour\n"
    write_pages(project, {PAGE: head + item})
    fix(project)
    assert text(project) == head + item.replace("- \n", "- ")


def test_what_has_no_fix_is_still_reported(project: Path) -> None:
    write_pages(project, {PAGE: WRONG + "\n[gone](#gone)\n"})
    ran = fix(project)
    assert ran.status == 1
    assert "unresolved-anchor" in ran.out
    assert "detached-attribute" not in ran.out


def test_fixing_twice_changes_nothing(project: Path) -> None:
    fix(project)
    before = (project / PAGE).stat()
    assert "nothing was fixed" in fix(project).err
    assert (project / PAGE).stat().st_mtime_ns == before.st_mtime_ns


def test_only_the_rules_selected_are_fixed(project: Path) -> None:
    fix(project, "--select", "detached-attribute")
    assert text(project) == WRONG.replace("` {.action}", "`{.action}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WRONG.replace("\n", "\r\n"), RIGHT.replace("\n", "\r\n")),
        ("\ufeff" + WRONG, "\ufeff" + RIGHT),
        (WRONG.rstrip("\n"), RIGHT.rstrip("\n")),
        (WRONG.replace("## Here\n", "## Here\r\n"), RIGHT.replace("## Here\n", "## Here\r\n")),
    ],
    ids=["CRLF", "byte order mark", "no line end at the end", "mixed line ends"],
)
def test_every_other_byte_stays(project: Path, before: str, after: str) -> None:
    (project / PAGE).write_bytes(before.encode())
    fix(project)
    assert (project / PAGE).read_bytes() == after.encode()


def test_a_page_that_is_not_utf8_is_never_written(project: Path) -> None:
    data = WRONG.encode() + b"caf\xe9\n"
    (project / PAGE).write_bytes(data)
    assert fix(project).status == 1
    assert (project / PAGE).read_bytes() == data


def test_a_diff_is_printed_and_nothing_is_written(project: Path) -> None:
    ran = balise("check", "--diff", "--ignore", "collection", cwd=project)
    assert ran.status == 1
    assert f"--- a/{PAGE}" in ran.out
    assert "+[a](#here) `Next`{.action}" in ran.out
    assert text(project) == WRONG


def test_git_takes_the_diff(project: Path) -> None:
    (project / PAGE).write_bytes(WRONG.rstrip("\n").encode())
    ran = balise("check", "--diff", "--ignore", "collection", cwd=project)
    applied = subprocess.run(
        ["git", "apply", "-"], cwd=project, input=ran.out.encode(), capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
    assert text(project) == RIGHT.rstrip("\n")


def test_without_anything_to_fix_the_diff_is_empty(project: Path) -> None:
    fix(project)
    ran = balise("check", "--diff", "--ignore", "collection", cwd=project)
    assert (ran.out, ran.status) == ("", 0)


def test_unsafe_fixes_are_made_where_they_are_asked_for(project: Path) -> None:
    facts = "mail:\n  ports:\n    imap: {tls: 993}\n"
    page = RIGHT + "\nIMAP with SSL has the port 2993.\n"
    write_pages(project, {"guides/facts.yml": facts, PAGE: page})
    fix(project)
    assert "2993" in text(project)
    fix(project, "--unsafe-fixes")
    assert "2993" not in text(project)


def test_unsafe_fixes_alone_are_a_mistake(project: Path) -> None:
    ran = balise("check", "--unsafe-fixes", cwd=project)
    assert ran.status == 2
    assert ran.err == "balise: `--unsafe-fixes` goes with `--fix` or `--diff`\n"


def test_a_link_is_fixed_by_what_is_known_of_another_page(project: Path) -> None:
    other = "---\ntitle: Other\nlegacy_guide_number: 12\n---\n\n## There\n"
    page = RIGHT + "\n[b]({legacy}12#there)\n"
    write_pages(project, {"guides/b/guide.en-gb.md": other, PAGE: page})
    fix(project, "--extend-select", "legacy-link")
    assert "[b](../b/guide.en-gb.md#there)" in text(project)


@on_posix
def test_permissions_and_symbolic_links_stay(project: Path) -> None:
    real = project / "guides/real.txt"
    (project / PAGE).rename(real)
    real.chmod(0o640)
    (project / PAGE).symlink_to(real)
    fix(project)
    assert (project / PAGE).is_symlink()
    assert real.read_text(encoding="utf-8") == RIGHT
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_page_of_two_names_keeps_both(project: Path) -> None:
    other = project / "other.txt"
    other.hardlink_to(project / PAGE)
    fix(project)
    assert other.read_text(encoding="utf-8") == text(project) == RIGHT
    assert sorted(file.name for file in (project / PAGE).parent.iterdir()) == [Path(PAGE).name]


@as_root
def test_a_page_still_belongs_to_its_owner(project: Path) -> None:
    os.chown(project / PAGE, 12345, 54321)
    fix(project)
    status = (project / PAGE).stat()
    assert (text(project), status.st_uid, status.st_gid) == (RIGHT, 12345, 54321)


@with_links
def test_nothing_is_written_through_a_link_that_leads_out(project: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    (project / PAGE).rename(outside)
    part = project / "part"
    part.mkdir()
    (part / "guide.en-gb.md").symlink_to(outside)
    ran = balise("check", "--fix", "part", cwd=project)
    assert outside.read_text(encoding="utf-8") == WRONG
    assert ran.status == 2
    assert "part/guide.en-gb.md: it is a symbolic link to" in ran.err


@with_permissions
def test_a_page_that_may_not_be_written_is_named(project: Path) -> None:
    (project / PAGE).chmod(0o400)
    ran = fix(project)
    assert ran.status == 2
    assert f"{PAGE}: it may not be written" in ran.err


def test_a_text_on_stdin_is_printed_as_it_should_be(project: Path) -> None:
    ran = balise(*FIX_STDIN, cwd=project, stdin=WRONG.encode())
    assert ran.out == RIGHT
    assert "1 page checked" in ran.err


def test_what_cannot_be_fixed_on_stdin_is_told_beside_the_text(project: Path) -> None:
    text = RIGHT + "\n[x](#nowhere)\n"
    ran = balise(*FIX_STDIN, cwd=project, stdin=text.encode())
    assert (ran.status, ran.out) == (1, text)
    assert "unresolved-anchor" in ran.err


def test_bytes_on_stdin_that_are_no_text_come_out_as_they_are(project: Path) -> None:
    command = [sys.executable, "-m", "balise.cli", *FIX_STDIN]
    data = WRONG.encode() + b"\xff\xfe\r\n"
    ran = subprocess.run(command, cwd=project, input=data, capture_output=True, check=False)
    assert ran.stdout == data


def test_the_difference_on_stdin_is_printed(project: Path) -> None:
    ran = balise(
        "check", "-", "--diff", "--stdin-filename", PAGE, cwd=project, stdin=WRONG.encode()
    )
    assert ran.status == 1
    assert ran.out.startswith(f"--- a/{PAGE}\n+++ b/{PAGE}\n")


@on_posix
def test_a_killed_run_leaves_every_page_whole(project: Path) -> None:
    pages = {f"guides/p{n}/guide.en-gb.md": WRONG + f"\nPage {n}.\n" for n in range(70)}
    whole = {WRONG + f"\nPage {n}.\n" for n in range(70)} | {
        RIGHT + f"\nPage {n}.\n" for n in range(70)
    }
    for page in sorted(pages)[::20]:
        write_pages(project, pages)
        run = subprocess.Popen(
            [sys.executable, "-m", "balise.cli", "check", "--fix", "--no-cache"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 30
        while not text(project, page).startswith(RIGHT) and time.monotonic() < deadline:
            with suppress(subprocess.TimeoutExpired):
                run.wait(0.001)
                break
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        assert {text(project, name) for name in pages} <= whole


def test_what_a_killed_run_has_left_goes_with_the_next_run_and_what_one_writes_stays(
    project: Path,
) -> None:
    folder = (project / PAGE).parent
    (folder / ".guide.en-gb.md.999999999-abcdefgh.balise").write_text("half", encoding="utf-8")
    ours = folder / f".guide.en-gb.md.{os.getpid()}-abcdefgh.balise"
    ours.write_text("half", encoding="utf-8")
    fix(project)
    assert sorted(file.name for file in folder.iterdir()) == [ours.name, Path(PAGE).name]


SAVED_MEANWHILE = """
import MODULE
from pathlib import Path
from balise.cli import main

function = MODULE.FUNCTION

def save_first(*arguments):
    Path(PAGE).write_text(Path(PAGE).read_text(encoding="utf-8") + "Saved.\\n", encoding="utf-8")
    return function(*arguments)

MODULE.FUNCTION = save_first
main()
"""
"""A command while which somebody saves a page, when a function is called."""


@pytest.mark.parametrize(
    ("module", "function"),
    [
        pytest.param("balise.fix.session", "read_source", id="before its text is read to be fixed"),
        pytest.param("os", "fsync", id="while the fixed text is written"),
    ],
)
def test_a_page_that_is_saved_meanwhile_stays_as_it_was_saved(
    project: Path, module: str, function: str
) -> None:
    code = SAVED_MEANWHILE.replace("PAGE", repr(PAGE))
    code = code.replace("MODULE", module).replace("FUNCTION", function)
    command = [sys.executable, "-c", code, "check", "--fix", "--no-cache"]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert text(project) == WRONG + "Saved.\n"
    assert f"{PAGE}: it has changed since it was read, so it was not fixed; run again" in ran.stderr
    assert ran.returncode == 2


@on_posix
def test_on_a_full_disk_some_pages_are_named_and_the_others_counted(project: Path) -> None:
    import resource  # there is none on Windows

    names = [f"guides/p{number}/guide.en-gb.md" for number in range(7)]
    write_pages(project, dict.fromkeys(names, WRONG))

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    command = [sys.executable, "-m", "balise.cli", "check", "--fix", "--no-cache"]
    ran = subprocess.run(
        command, cwd=project, capture_output=True, text=True, preexec_fn=little, check=False
    )
    told = [line for line in ran.stderr.splitlines() if "cannot be written" in line]
    assert len(told) == 5
    assert "and 3 more pages were not written either" in ran.stderr
    assert "nothing was fixed" in ran.stderr
    assert {text(project, name) for name in names} == {WRONG}
    assert ran.returncode == 2


def test_only_fixes_of_pages_that_were_written_count(project: Path) -> None:
    other = "guides/b/guide.en-gb.md"
    write_pages(project, {other: WRONG + "More.\n"})
    code = SAVED_MEANWHILE.replace("PAGE", repr(other))
    code = code.replace("MODULE", "balise.fix.session").replace("FUNCTION", "read_source")
    command = [sys.executable, "-c", code, "check", "--fix", "--no-cache"]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert "3 fixes on 1 page" in ran.stderr


def test_what_fails_while_a_page_of_two_names_is_written_is_taken_back(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "other.txt").hardlink_to(project / PAGE)
    fsync, calls = os.fsync, iter(range(9))

    def fail(descriptor: int) -> None:
        if next(calls) == 1:  # the first is that of the copy beside it
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    page = str(project / PAGE)
    with pytest.raises(UserError, match="no space left"):
        write_page(page, WRONG.encode(), RIGHT.encode(), str(project))
    assert text(project) == WRONG


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff"])
def test_a_byte_order_mark_in_front_of_the_first_key_moves_no_fix(
    project: Path, marks: str
) -> None:
    before = f"---\n{marks}sectoin: q\ntitle: Page\n---\n\nText.\n"
    write_pages(project, {PAGE: before})
    fix(project, "--select", "front-matter")
    assert text(project) == before.replace("sectoin", "section")
