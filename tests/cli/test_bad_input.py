"""Pages and folders that nobody should have: a finding at its place, and all others checked."""

import json
import os
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise, write_pages
from tests.helpers.platforms import on_posix, with_any_name, with_links, with_permissions

FRONT_MATTER = "---\ntitle: x\n---\n\n"
GOOD = FRONT_MATTER + "[x](#no-such)\n"


def check(folder: Path) -> dict[str, set[str]]:
    """The rules that find something, by page; the good page beside it must have been checked."""
    write_pages(folder, {"good/guide.en-gb.md": GOOD})
    ran = balise("check", "--output-format", "json", ".", cwd=folder)
    assert ran.status == 1, ran.err
    assert_no_traceback(ran)
    found: dict[str, set[str]] = {}
    for finding in json.loads(ran.out):
        found.setdefault(finding["path"], set()).add(finding["rule"])
    assert found.pop("good/guide.en-gb.md") == {"unresolved-anchor"}
    text = balise("check", ".", cwd=folder)
    assert text.status == 1
    assert_no_traceback(text)
    return found


def assert_no_traceback(ran: Ran) -> None:
    assert "Traceback" not in ran.err
    assert "itself failed" not in ran.out


def test_bytes_that_are_no_utf8_are_a_finding_at_their_place(tmp_path: Path) -> None:
    file = tmp_path / "guide.fr-fr.md"
    file.write_bytes(FRONT_MATTER.encode() + b"d\xe9j\xe0 [x](#y)\n")
    ran = balise("check", file, cwd=tmp_path)
    assert f"{file.name}:5:2 error invalid-text\n" in ran.out
    assert f"{file.name}:5:6 error unresolved-anchor\n" in ran.out


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", {"empty-page"}),
        (" \n\n", {"empty-page"}),
        (FRONT_MATTER + "a\0b", {"invalid-text"}),
        (FRONT_MATTER + "a " * 2_500_000, set()),
        (FRONT_MATTER + ">" * 5000 + " deep", {"nested-too-deep"}),
        (FRONT_MATTER + "> " * 5000 + "deep", {"nested-too-deep"}),
        (FRONT_MATTER + "- " * 5000 + "deep", {"nested-too-deep"}),
        (FRONT_MATTER + "[" * 100_000, set()),
        ("---\n- a\n- b\n---\n", {"invalid-front-matter"}),
        ("---\ntitle: 2019-06-01\n---\n", {"invalid-front-matter"}),
        ("---\ntitle: x", {"invalid-front-matter"}),
        ("---\ntitle: " + "[" * 20_000 + "\n---\n", {"invalid-front-matter"}),
        (FRONT_MATTER + "x\n" * 50_000, set()),
        (FRONT_MATTER + "## a\n" * 10_000 + "[x](#nope)\n" * 200, {"unresolved-anchor"}),
    ],
    ids=[
        "empty", "blank", "nul", "line of 5 MB", "> 5000 deep", "> 5000 deep with blanks",
        "lists 5000 deep", "100,000 brackets", "yaml list", "date as title", "unclosed",
        "deep yaml", "50,000 lines in a paragraph", "10,000 equal headings",
    ],
)  # fmt: skip
def test_a_strange_page_is_read_and_the_others_too(
    tmp_path: Path, text: str, rules: set[str]
) -> None:
    write_pages(tmp_path, {"guide.fr-fr.md": text})
    assert check(tmp_path).get("guide.fr-fr.md", set()) == rules


def test_a_bomb_of_aliases_in_the_front_matter_is_read(tmp_path: Path) -> None:
    lines = ["title: x", "a0: &a0 [lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    write_pages(tmp_path, {"guide.fr-fr.md": "---\n" + "\n".join(lines) + "\n---\n"})
    assert check(tmp_path) == {"guide.fr-fr.md": {"unknown-front-matter-key"}}


def test_random_bytes_are_a_finding(tmp_path: Path) -> None:
    (tmp_path / "guide.fr-fr.md").write_bytes(bytes(range(256)) * 200)
    assert "invalid-text" in check(tmp_path)["guide.fr-fr.md"]


def test_a_folder_named_like_a_page_is_a_finding_and_what_is_in_it_is_checked(
    tmp_path: Path,
) -> None:
    write_pages(tmp_path, {"guide.fr-fr.md/guide.de-de.md": GOOD})
    assert check(tmp_path) == {
        "guide.fr-fr.md": {"unreadable-file"},
        "guide.fr-fr.md/guide.de-de.md": {"unresolved-anchor"},
    }


@with_links
def test_links_to_nothing_and_in_circles_are_findings(tmp_path: Path) -> None:
    (tmp_path / "guide.fr-fr.md").symlink_to("nowhere.md")
    (tmp_path / "guide.de-de.md").symlink_to("guide.de-de.md")
    (tmp_path / "round").symlink_to(".")
    assert check(tmp_path) == {
        "guide.fr-fr.md": {"unreadable-file"},
        "guide.de-de.md": {"unreadable-file"},
    }


@with_links
@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_a_page_that_leads_out_of_its_collection_is_a_finding_until_it_is_a_file(
    tmp_path: Path, options: list[str]
) -> None:
    page = "guides/a/guide.en-gb.md"
    write_pages(tmp_path, {"balise.toml": "", "guides/home.en-gb.md": "---\ntitle: Home\n---\n"})
    write_pages(tmp_path, {"secret.md": "[Password]()\n", page: ""})
    (tmp_path / page).unlink()
    (tmp_path / page).symlink_to(tmp_path / "secret.md")
    for _ in range(2):
        ran = balise("check", *options, cwd=tmp_path)
        assert "unreadable-file" in ran.out
        assert "a file outside of the collection" in ran.out
        assert "Password" not in ran.out
    (tmp_path / page).unlink()
    (tmp_path / "secret.md").rename(tmp_path / page)
    assert "unreadable-file" not in balise("check", *options, cwd=tmp_path).out
    assert "Password" in balise("check", *options, cwd=tmp_path).out


@on_posix
@pytest.mark.parametrize("name", ["_redirects", "links.yml", ".gitignore"])
def test_nobody_waits_for_a_pipe_in_place_of_another_file(tmp_path: Path, name: str) -> None:
    write_pages(tmp_path, {"balise.toml": "", "guides/home.en-gb.md": "---\ntitle: Home\n---\n"})
    os.mkfifo(tmp_path / "guides" / name)
    for _ in range(2):
        assert balise("check", cwd=tmp_path).status == 0


LATIN = b"\xe9t\xe9".decode("utf-8", "surrogateescape")
"""A name in Latin-1."""
PROJECT = {
    "balise.toml": 'extend-select = ["unused-image"]\n',
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    "guides/mail/product.en-gb.md": "---\ntitle: Mail\nslug: mail\n---\n",
}


def told(folder: Path, *options: str) -> dict[str, str]:
    """The messages by page, which are the same without a cache, with a new and with an old one."""
    ran = [
        balise("check", "--output-format", "json", *options, *more, cwd=folder)
        for more in (["--no-cache"], [], [])
    ]
    assert_no_traceback(ran[0])
    assert ran[0] == ran[1] == ran[2]
    return {finding["path"]: finding["message"] for finding in json.loads(ran[0].out)}


@with_any_name
@pytest.mark.parametrize("asked", ["guides", "every page"])
def test_a_name_that_is_no_utf8_is_a_finding_that_shows_its_bytes(
    tmp_path: Path, asked: str
) -> None:
    pages = [f"guides/mail/{LATIN}/guide.en-gb.md", f"guides/mail/{LATIN}.en-gb.md"]
    write_pages(tmp_path, {**PROJECT, **dict.fromkeys(pages, GOOD)})
    not_utf8 = "the page cannot be read: its name or that of a folder above is not UTF-8; rename it"
    assert told(tmp_path, *([asked] if asked == "guides" else pages)) == {
        "guides/mail/\\xe9t\\xe9/guide.en-gb.md": not_utf8,
        "guides/mail/\\xe9t\\xe9.en-gb.md": not_utf8,
    }


@with_any_name
def test_a_picture_whose_name_is_no_utf8_is_nobody_s(tmp_path: Path) -> None:
    pictures = [f"guides/mail/images/{LATIN}.png", f"guides/mail/{LATIN}/a.png"]
    write_pages(tmp_path, {**PROJECT, **dict.fromkeys(pictures, "not really a picture")})
    page = "---\ntitle: Guide\nslug: guide\n---\n\n![a](images/ete.png)\n"
    write_pages(tmp_path, {"guides/mail/guide.en-gb.md": page})
    assert told(tmp_path).keys() == {"guides/mail/guide.en-gb.md"}


@with_any_name
def test_a_project_may_lie_in_a_folder_whose_name_is_no_utf8(tmp_path: Path) -> None:
    folder = tmp_path / LATIN
    folder.mkdir()
    write_pages(folder, {**PROJECT, "guides/mail/guide.en-gb.md": GOOD})
    assert "guides/mail/guide.en-gb.md" in told(folder)


@on_posix
def test_a_pipe_is_a_finding_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "guide.fr-fr.md")
    assert check(tmp_path) == {"guide.fr-fr.md": {"unreadable-file"}}


@with_permissions
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.fr-fr.md": GOOD})
    (tmp_path / "guide.fr-fr.md").chmod(0)
    assert check(tmp_path) == {"guide.fr-fr.md": {"unreadable-file"}}


@on_posix
def test_a_reader_that_stops_reading_is_no_traceback(tmp_path: Path) -> None:
    import subprocess
    import sys

    write_pages(tmp_path, {"guide.fr-fr.md": FRONT_MATTER + "[x](#y)\n\n" * 5000})
    command = f"{sys.executable} -m balise.cli check . | head -n 1"
    ran = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("guide.fr-fr.md:5:1 error")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("guides/mail/images/menu.PNG", "a picture and no page; `--new-since HEAD` tells what"),
        ("guides/links.yml", "a data file and no page; it is checked with the whole folder"),
        ("guides/_redirects", "a data file and no page; it is checked with the whole folder"),
    ],
)
def test_a_picture_or_a_data_file_is_not_read_as_a_page(
    tmp_path: Path, name: str, way: str
) -> None:
    write_pages(tmp_path, {**PROJECT, name: ""})
    ran = balise("check", name, "guides/home.en-gb.md", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"balise: {name}: is {way}")
    assert ran.err.count("\n") == 1
    assert balise("check", name, "--force-exclude", cwd=tmp_path).status == 0


@with_permissions
def test_a_folder_without_permission_is_a_finding(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    write_pages(hidden, {"guide.en-gb.md": GOOD})
    hidden.chmod(0)
    found = check(tmp_path)
    hidden.chmod(0o700)
    assert found == {"hidden": {"unreadable-file"}}


def test_folders_below_the_longest_path_are_a_finding(tmp_path: Path) -> None:
    """4,096 bytes are the longest path of Linux; deeper folders are made from one to the next."""
    deep, where = tmp_path, os.open(tmp_path, os.O_RDONLY)
    while len(str(deep)) < 4200:
        os.mkdir("d" * 200, dir_fd=where)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=where)
        os.close(where)
        deep, where = deep / ("d" * 200), below
    os.close(where)
    ((folder, rules),) = check(tmp_path).items()
    assert folder.startswith("ddd")
    assert rules == {"unreadable-file"}
