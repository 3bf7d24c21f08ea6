"""`balise check --shard` and `balise merge`: what several jobs find is what one finds."""

import json
import re
import shlex
import shutil
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
import yaml

from balise.reporters import FORMATS
from tests.helpers.command import Ran, balise, write_pages
from tests.helpers.in_process import balise_here
from tests.helpers.platforms import on_posix
from tests.helpers.repositories import git
from tests.helpers.support import ROOT

GUIDE = """---
title: {0}
slug: {1}
---

## Ports

> [!warning]
>
> See [the other](../{2}/guide.{3}.md#nowhere), ![a menu](images/menu.png) and [gone](../gone/guide.{3}.md).

<!-- balise: ignore[unresolved-anchor] as it was -->
[here](#nothing)

<!-- balise: ignore[stray-attribute] not needed -->
The end{{.external}}.
"""
LOCALES = ("en-gb", "fr-fr", "pl-pl")
NAMES = ("ports", "setup", "errors")
TREE = {
    "balise.toml": "",
    **{f"guides/home.{locale}.md": "---\ntitle: Home\n---\n" for locale in LOCALES[:2]},
    **{
        f"guides/web/mail/{name}/guide.{locale}.md": GUIDE.format(
            f"The {name}", name, NAMES[number - 1], locale
        )
        for number, name in enumerate(NAMES)
        for locale in LOCALES
    },
    "guides/web/mail/ports/images/menu.png": "not really",
    "guides/web/mail/ports/images/unused.png": "not really",
}
PLAIN = {
    "docs/index.md": "# Index\n\n[one](one.md), [two](two.md#nowhere), [gone](gone.md)\n",
    "docs/one.md": "# One\n\n[up](../docs/index.md#index), [two](two.md#part)\n",
    "docs/two.md": "# Two\n\n[nothing](nothing.md)\n",
}


def index(folder: Path) -> None:
    """The layout with one file for the navigation, with two mistakes in it."""
    shutil.copytree(ROOT / "tests" / "layouts" / "index", folder, dirs_exist_ok=True)
    page = folder / "pages/web_cloud/web_hosting/first_steps/guide.fr-fr.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n[x](#nowhere)\n\n[y](/pages/no/where)\n", encoding="utf-8")


COLLECTIONS: dict[str, Callable[[Path], object]] = {
    "tree": lambda folder: write_pages(folder, TREE),
    "index": index,
    "plain": lambda folder: write_pages(folder, {"balise.toml": 'guides = "docs"\n', **PLAIN}),
}


def shard(number: int, of: int, cwd: Path, *options: str) -> Ran:
    return balise_here("check", "--shard", f"{number}/{of}", *options, cwd=cwd)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose two archives are in `shards`; only those who make their own may change it."""
    return made(tmp_path_factory.mktemp("shards"))


def made(folder: Path) -> Path:
    write_pages(folder, TREE)
    for number in (1, 2):
        ran = shard(number, 2, folder)
        assert (ran.status, ran.out) == (0, ""), ran.err
    return folder


def archive(folder: Path, number: int) -> Path:
    return folder / f"shard-{number}-of-2.balise"


def refusal(folder: Path, cwd: Path, *options: str) -> str:
    """The one line that `balise merge` says of a folder of archives."""
    return only_line(balise_here("merge", folder, *options, cwd=cwd))


def only_line(ran: Ran) -> str:
    """What a command says that cannot be carried out."""
    assert (ran.status, ran.out) == (2, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("balise: ")


@pytest.fixture
def copied(project: Path, tmp_path: Path) -> Path:
    """The archives of the project, to be spoilt."""
    return Path(shutil.copytree(project / "shards", tmp_path / "copied"))


@pytest.mark.parametrize("layout", COLLECTIONS)
def test_the_report_of_all_shards_is_that_of_one_check(layout: str, tmp_path: Path) -> None:
    COLLECTIONS[layout](tmp_path)
    for number in (1, 2, 3):
        assert shard(number, 3, tmp_path).status == 0
        shutil.rmtree(tmp_path / ".balise_cache", ignore_errors=True)
    merged = balise_here("merge", "shards", *outputs("merged"), cwd=tmp_path)
    shutil.rmtree(tmp_path / ".balise_cache", ignore_errors=True)
    whole = balise_here("check", *outputs("whole"), cwd=tmp_path)
    assert (merged.status, merged.err) == (whole.status, whole.err)
    assert whole.status == 1
    for name in FORMATS:
        expected = (tmp_path / f"whole.{name}").read_bytes()
        assert (tmp_path / f"merged.{name}").read_bytes() == expected, name


def outputs(stem: str) -> list[str]:
    """The options that write every format."""
    return [part for name in FORMATS for part in ("--output", f"{name}={stem}.{name}")]


def test_what_was_only_read_is_not_parsed_by_further_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path, TREE)
    for number in (1, 2):
        assert shard(number, 2, tmp_path, "--only-read").status == 0
        shutil.rmtree(tmp_path / ".balise_cache")
    line = refusal(tmp_path / "shards", tmp_path)
    assert line.endswith("its pages were only read: run shard 1 of 2 again without `--only-read`")
    monkeypatch.setattr("balise.workspace.reading.read_page", None)
    for number in (1, 2):
        assert shard(number, 2, tmp_path).status == 0
    merged = balise_here("merge", "shards", "--output-format", "json", cwd=tmp_path)
    assert {finding["rule"] for finding in json.loads(merged.out)} >= {"unresolved-anchor"}
    assert "unreadable-file" not in merged.out


def test_what_is_merged_is_kept_for_the_next_check(project: Path) -> None:
    assert balise("merge", "shards", cwd=project).status == 1
    ran = balise("check", "--verbose", cwd=project)
    assert "nothing has changed since the last run" in ran.err


def test_each_page_is_in_one_shard(project: Path) -> None:
    lists = [shard(n, 3, project, "--show-files").out.splitlines() for n in (1, 2, 3)]
    every = balise_here("check", "--show-files", cwd=project).out.splitlines()
    assert sorted(path for pages in lists for path in pages) == sorted(every)
    assert [{path.split(".")[-2] for path in pages} for pages in lists] == [
        {locale} for locale in LOCALES
    ]


def test_more_shards_than_pages_leave_some_without_any(tmp_path: Path) -> None:
    write_pages(tmp_path, {"balise.toml": "", "guides/home.en-gb.md": "---\ntitle: Home\n---\n"})
    said = [shard(number, 3, tmp_path).err for number in (1, 2, 3)]
    had = sorted(line.split(": ")[2].split(";")[0] for line in said)
    assert had == ["0 pages", "0 pages", "1 page"]
    merged = balise_here("merge", "shards", cwd=tmp_path)
    assert (merged.status, merged.err) == (0, "1 page checked, nothing found\n")


@pytest.mark.parametrize("written", ["0/4", "5/4", "4", "1/0", "-1/2", "a/b", "1/2/3", ""])
def test_a_shard_that_cannot_be_is_refused(written: str, project: Path) -> None:
    ran = balise_here("check", f"--shard={written}", cwd=project)
    assert (ran.status, ran.out, ran.err) == (
        2,
        "",
        f"balise: `--shard {written}`: write which shard of how many this is, from `1/4` to `4/4`\n",
    )


@pytest.mark.parametrize(
    "option", ["--fix", "--diff", "--watch", "--no-cache", "--statistics", "--new-since=HEAD"]
)
def test_an_option_that_is_not_for_a_shard_is_refused(option: str, project: Path) -> None:
    ran = shard(1, 2, project, option)
    name = option.partition("=")[0]
    assert ran.status == 2
    assert f"leave `{name}` to `balise merge`" in ran.err


def test_a_missing_shard_is_named(copied: Path, project: Path) -> None:
    archive(copied, 2).unlink()
    assert refusal(copied, project) == (
        f"{copied}: there is no archive of shard 2 of 2 in it: see how its job ended"
    )


def test_a_folder_that_is_not_there_or_empty_is_named(tmp_path: Path, project: Path) -> None:
    assert "there is no such folder" in refusal(tmp_path / "gone", project)
    assert "there are no archives of shards in it" in refusal(tmp_path, project)


def test_a_shard_that_is_there_twice_is_named_with_both_files(copied: Path, project: Path) -> None:
    twin = copied / "again" / archive(copied, 1).name
    twin.parent.mkdir()
    shutil.copyfile(archive(copied, 1), twin)
    line = refusal(copied, project)
    assert "is shard 1 of 2, and " in line
    assert line.endswith(" is so as well: remove one")
    assert line.count("shard-1-of-2.balise") == 2


def test_a_shard_of_another_division_is_named(copied: Path, project: Path) -> None:
    assert shard(3, 3, project, "--shards", str(copied)).status == 0
    assert "leave those of one run there" in refusal(copied, project)


def test_archives_may_lie_in_folders_of_their_own(copied: Path, project: Path) -> None:
    for number in (1, 2):
        (copied / str(number)).mkdir()
        archive(copied, number).rename(copied / str(number) / "any.balise")
    assert balise_here("merge", copied, cwd=project).status == 1


@pytest.mark.parametrize("end", [0, 100, -100])
def test_an_archive_that_is_cut_short_is_named(end: int, copied: Path, project: Path) -> None:
    file = archive(copied, 1)
    file.write_bytes(file.read_bytes()[:end])
    assert "is damaged, or no archive of a shard: make this shard again" in refusal(copied, project)


def test_a_part_that_is_not_what_it_was_is_named(copied: Path, project: Path) -> None:
    file = archive(copied, 2)
    data = bytearray(file.read_bytes())
    data[data.index(b"facts/0000") + 200] ^= 1
    file.write_bytes(data)
    assert "is damaged, or no archive of a shard" in refusal(copied, project)


def rewrite(file: Path, **changes: object) -> None:
    """Change the header of an archive."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    header = {**json.loads(parts["header.json"]), **changes}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**parts, "header.json": json.dumps(header).encode()}.items():
            archive.writestr(name, content)


def test_an_archive_of_another_version_is_named(copied: Path, project: Path) -> None:
    rewrite(archive(copied, 1), balise="0.0.9", code="AAAA")
    assert "was made by balise 0.0.9, and this is balise " in refusal(copied, project)
    rewrite(archive(copied, 1), balise="0.1.0", code="AAAA")
    assert "install the same in all jobs" in refusal(copied, project)


def test_an_archive_without_its_parts_is_named(copied: Path, project: Path) -> None:
    with zipfile.ZipFile(archive(copied, 1)) as whole:
        header = whole.read("header.json")
    with zipfile.ZipFile(archive(copied, 1), "w") as cut:
        cut.writestr("header.json", header)
    assert "is damaged" in refusal(copied, project)


def test_an_archive_of_another_folder_is_named(tmp_path: Path, project: Path) -> None:
    other = write_pages(tmp_path / "other", TREE)
    line = refusal(project / "shards", other)
    assert f"was made in {project}, and this is {other}: check out into the same folder" in line


def test_an_archive_of_another_commit_is_named(tmp_path: Path) -> None:
    project = made(tmp_path)
    page = "guides/web/mail/ports/guide.en-gb.md"
    write_pages(project, {page: TREE[page] + "\nMore.\n"})
    assert f"another state of the files: {page} has another text; check out" in refusal(
        project / "shards", project
    )
    write_pages(project, {page: TREE[page], "guides/web/mail/new/guide.en-gb.md": "New.\n"})
    assert "guides/web/mail/new/guide.en-gb.md is new;" in refusal(project / "shards", project)
    (project / "guides/web/mail/new/guide.en-gb.md").unlink()
    (project / page).unlink()
    assert f"{page} is not there;" in refusal(project / "shards", project)
    write_pages(project, {page: TREE[page]})
    write_pages(project, {"guides/web/mail/setup/images/new.png": "new"})
    assert "guides has other pictures or other files beside its pages;" in refusal(
        project / "shards", project
    )


def test_archives_of_other_options_or_settings_are_named(project: Path) -> None:
    reason = "other rules, options or settings are in force"
    assert reason in refusal(project / "shards", project, "--select", "anchors")
    write_pages(project, {"other.toml": 'guides = "guides"\nignore = ["links"]\n'})
    assert reason in refusal(project / "shards", project, "--config", "other.toml")


def test_a_part_of_a_collection_is_divided_and_merged_by_the_same_paths(tmp_path: Path) -> None:
    write_pages(tmp_path, TREE)
    for number in (1, 2):
        assert shard(number, 2, tmp_path, "guides/web").status == 0
    assert "the same paths" in refusal(tmp_path / "shards", tmp_path)
    merged = balise_here("merge", "shards", "guides/web", cwd=tmp_path)
    assert merged == balise_here("check", "guides/web", "--no-cache", cwd=tmp_path)
    assert "9 pages checked" in merged.err


def test_archives_that_git_tracks_are_not_believed(tmp_path: Path) -> None:
    project = made(tmp_path)
    git(project, "init", "--quiet")
    git(project, "add", ".")
    assert "shards" not in git(project, "ls-files")
    git(project, "add", "--force", "shards")
    for arguments in (["merge", "shards"], ["check", "--shard", "1/2"]):
        assert "since git tracks it" in only_line(balise(*arguments, cwd=project))


def test_a_shard_needs_a_folder_to_keep_things_in(tmp_path: Path) -> None:
    write_pages(tmp_path, {**TREE, ".balise_cache": "a file"})
    ran = shard(1, 2, tmp_path)
    assert ran.status == 2
    assert ran.err.endswith("shards are made and merged by what is kept there\n")


@on_posix
def test_a_cache_of_others_is_not_used_for_shards(tmp_path: Path) -> None:
    project = made(tmp_path)
    (project / ".balise_cache").chmod(0o777)
    assert "can be written by every user" in only_line(balise("merge", "shards", cwd=project))


def test_an_archive_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    write_pages(tmp_path, {**TREE, "shards": "a file"})
    ran = shard(1, 2, tmp_path, "--shards", "shards/in")
    assert ran.status == 2
    assert "shards/in/shard-1-of-2.balise: cannot be written: " in ran.err
    assert not list(tmp_path.rglob("*.part"))


PIPELINE_VALUES = {
    "${{ matrix.k }}": "2",
    "$CI_NODE_INDEX": "2",
    "$CI_NODE_TOTAL": "4",
}


def commands_of_the_manual() -> list[str]:
    """The commands of balise in the pipelines of the manual, as a job runs them."""
    text = (ROOT / "docs" / "shards.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert all(yaml.safe_load(block) for block in blocks)
    for written, value in PIPELINE_VALUES.items():
        text = text.replace(written, value)
    return re.findall(r"^ +- (?:run: )?balise (.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("written", commands_of_the_manual())
def test_a_command_of_the_manual_is_one(written: str) -> None:
    name, *arguments = shlex.split(written)
    command: click.Command = getattr(import_module(f"balise.cli.{name}"), name)
    found = command.make_context(name, arguments)
    assert name == "merge" or found.params["shard"] == "2/4"
