"""The cache: the same findings with it, without it, and whatever happened to it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from balise import __version__
from balise.workspace.store import Store
from tests.helpers.command import PICTURE, Ran, balise, run, write_pages
from tests.helpers.platforms import on_posix
from tests.helpers.support import ROOT

HOME = "---\ntitle: Home\n---\n"
PRODUCT = "---\ntitle: Mail\nslug: mail\n---\n"
FIRST = "---\ntitle: First\nslug: first\n---\n\n## Step one\n\nText.\n"
SECOND = """---
title: Second
slug: second
---

[one](../first/guide.en-gb.md#step-one) [old](../first/guide.en-gb.md#Step_one) [gone](#gone)

![a](images/a.png)
"""
PAGES = {
    "balise.toml": 'extend-select = ["unused-image"]\n',
    "guides/home.en-gb.md": HOME,
    "guides/mail/product.en-gb.md": PRODUCT,
    "guides/mail/first/guide.en-gb.md": FIRST,
    "guides/mail/second/guide.en-gb.md": SECOND,
    "guides/mail/second/images/a.png": PICTURE,
    "guides/mail/second/images/b.png": PICTURE,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_pages(tmp_path, PAGES)


def check(project: Path, *options: str) -> Ran:
    return balise("check", "--output-format", "json", *options, cwd=project)


def agrees(project: Path) -> list[str]:
    """The rules of the findings, which are the same with and without the cache."""
    cached, anew = check(project), check(project, "--no-cache")
    assert (cached.out, cached.status) == (anew.out, anew.status)
    assert cached.err == anew.err
    return [finding["rule"] for finding in json.loads(cached.out)]


def test_the_second_run_finds_what_the_first_one_found(project: Path) -> None:
    first = check(project)
    assert check(project).out == first.out
    assert agrees(project) == ["legacy-anchor", "unresolved-anchor", "unused-image"]


def test_the_cache_lies_beside_the_configuration_and_ignores_itself(project: Path) -> None:
    check(project)
    folder = project / ".balise_cache"
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert (
        (folder / "CACHEDIR.TAG")
        .read_text(encoding="utf-8")
        .startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )


def test_no_cache_leaves_nothing_behind(project: Path) -> None:
    check(project, "--no-cache")
    assert not (project / ".balise_cache").exists()


def test_a_page_by_itself_leaves_nothing_behind(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.en-gb.md": FIRST})
    balise("check", "guide.en-gb.md", cwd=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["guide.en-gb.md"]


def edited(project: Path, name: str, old: str, new: str) -> None:
    file = project / "guides" / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_heading_that_changes_elsewhere_is_noticed_where_it_is_linked(project: Path) -> None:
    check(project)
    edited(project, "mail/first/guide.en-gb.md", "Step one", "Step two")
    assert agrees(project).count("unresolved-anchor") == 3


def test_a_heading_that_changes_is_noticed_on_every_page_that_links_to_it(project: Path) -> None:
    write_pages(
        project, {"guides/mail/third/guide.en-gb.md": SECOND.replace("slug: second", "slug: third")}
    )
    check(project)
    edited(project, "mail/first/guide.en-gb.md", "Step one", "Step two")
    assert agrees(project).count("unresolved-anchor") == 6


def test_text_that_moves_a_heading_moves_its_line_in_findings(project: Path) -> None:
    check(project)
    edited(project, "mail/first/guide.en-gb.md", "## Step one", "New.\n\n## Step one")
    agrees(project)
    assert "(line 8 " in check(project).out


def test_a_title_that_changes_is_noticed(project: Path) -> None:
    check(project)
    edited(project, "mail/first/guide.en-gb.md", "slug: first", "slug: second")
    assert "duplicate-url" in agrees(project)


def test_a_page_that_is_gone_is_noticed(project: Path) -> None:
    check(project)
    (project / "guides/mail/first/guide.en-gb.md").unlink()
    assert agrees(project).count("unresolved-link") == 2


def test_a_page_that_is_new_is_noticed(project: Path) -> None:
    check(project)
    write_pages(project, {"guides/mail/third/guide.en-gb.md": "[x](#y)"})
    assert "missing-front-matter-key" in agrees(project)


def test_a_picture_that_is_gone_is_noticed(project: Path) -> None:
    check(project)
    (project / "guides/mail/second/images/a.png").unlink()
    assert "missing-image" in agrees(project)


def test_a_picture_that_is_shown_now_is_unused_no_more(project: Path) -> None:
    check(project)
    edited(project, "mail/second/guide.en-gb.md", "a.png)", "a.png) ![b](images/b.png)")
    assert "unused-image" not in agrees(project)


def test_a_redirect_that_is_written_is_noticed(project: Path) -> None:
    check(project)
    write_pages(project, {"guides/_redirects": "/gb/en/a/ /gb/en/b/\n"})
    assert "broken-redirect" in agrees(project)


def test_other_rules_and_other_settings_are_other_findings(project: Path) -> None:
    check(project)
    assert json.loads(check(project, "--ignore", "anchors,images").out) == []
    (project / "balise.toml").write_text(
        'ignore = ["anchors"]\nextend-select = ["unused-image"]\n', encoding="utf-8"
    )
    assert agrees(project) == ["unused-image"]


def test_one_page_is_checked_with_what_is_known_of_the_others(project: Path) -> None:
    alone = balise("check", "guides/mail/second/guide.en-gb.md", cwd=project)
    check(project)
    again = balise("check", "guides/mail/second/guide.en-gb.md", cwd=project)
    assert (again.out, again.err) == (alone.out, alone.err)
    agrees(project)


def broken(project: Path, kind: str) -> None:
    folder = project / ".balise_cache"
    file = folder / "facts.sqlite"
    if kind == "text":
        file.write_text("this is no database", encoding="utf-8")
    elif kind == "half":
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2])
    elif kind == "zeros":
        file.write_bytes(bytes(file.stat().st_size))
    elif kind == "empty":
        file.write_bytes(b"")
    elif kind == "another database":
        file.unlink()
        with sqlite3.connect(file) as connection:
            connection.execute("create table facts (a)")
    elif kind == "damaged rows":
        with sqlite3.connect(file) as connection:
            connection.execute("update blobs set value = x'93ff' where key <> 'code'")
    elif kind == "damaged facts":
        with sqlite3.connect(file) as connection:
            connection.execute("update facts set value = x'00112233445566'")
    elif kind == "of another version":
        with sqlite3.connect(file) as connection:
            connection.execute("update blobs set value = x'00' where key = 'code'")
    elif kind == "a folder":
        file.unlink()
        file.mkdir()
    elif kind == "a file in place of the folder":
        for inside in folder.iterdir():
            inside.unlink()
        folder.rmdir()
        folder.write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "half",
        "zeros",
        "empty",
        "another database",
        "damaged rows",
        "damaged facts",
        "of another version",
        "a folder",
        "a file in place of the folder",
    ],
)
def test_a_damaged_or_foreign_cache_changes_nothing(project: Path, kind: str) -> None:
    before = check(project)
    broken(project, kind)
    edited(project, "mail/second/guide.en-gb.md", "[gone]", "[Gone]")
    assert check(project).out == before.out
    assert check(project).out == before.out


@on_posix
def test_a_folder_that_cannot_be_written_changes_nothing(project: Path) -> None:
    check(project)
    folder = project / ".balise_cache"
    for file in (*folder.iterdir(), folder):
        file.chmod(0o500 if file.is_dir() else 0o400)
    edited(project, "mail/first/guide.en-gb.md", "Step one", "Step two")
    try:
        assert agrees(project).count("unresolved-anchor") == 3
    finally:
        folder.chmod(0o700)


def installed(folder: Path, *record: str) -> str:
    """What the cache takes for the version of a balise that is installed with this list of files."""
    shutil.copytree(ROOT / "plugins" / "balise", folder / "balise")
    about = folder / f"balise-{__version__}.dist-info"
    about.mkdir()
    (about / "RECORD").write_text("\n".join(record) + "\n", encoding="utf-8")
    program = "from balise.workspace.store import code; print(code().hex())"
    command = [sys.executable, "-c", program]
    environment = {"PYTHONPATH": str(folder)}
    ran = run(command, folder, b"", environment)
    assert ran.status == 0, ran.err
    return ran.out


def test_an_installed_version_is_known_by_its_package_wherever_it_lies(tmp_path: Path) -> None:
    package = ["balise/cache.py,sha256=abc,1", "balise/source.py,sha256=def,2"]
    script = "../../../bin/balise,sha256={},200"
    compiled = "balise/__pycache__/cache.cpython-{}.pyc,,"
    here = installed(tmp_path / "here", script.format("a"), *package, compiled.format(311))
    there = installed(tmp_path / "there", *package, compiled.format(312), script.format("b"))
    changed = installed(tmp_path / "changed", package[0], package[1].replace("def", "xyz"))
    assert here == there != changed


def test_a_file_that_a_killed_run_has_left_by_half_goes_when_it_is_written_again(
    project: Path,
) -> None:
    check(project)
    left = project / ".balise_cache" / ".site.msgpack.999999999"
    left.write_text("half", encoding="utf-8")
    Store(project).write_file("site.msgpack", b"whole")
    assert not left.exists()


def test_two_runs_at_once_find_the_same(project: Path) -> None:
    command = [sys.executable, "-m", "balise.cli", "check", "--output-format", "json"]
    runs = [
        subprocess.Popen(
            command,
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        for _ in range(4)
    ]
    outs = {run.communicate(timeout=60)[0] for run in runs}
    assert outs == {check(project, "--no-cache").out.encode()}
