"""A site takes its place as a whole, and a kill at any moment leaves none that is half old, half new."""

import errno
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.publish.staging import FEW, Staging
from tests.helpers.faults import Fault, run_with
from tests.helpers.platforms import on_posix

OTHERS = {"kept/page.html": "kept", ".git/HEAD": "ours"}


def texts(site: Path) -> dict[str, str]:
    """The files of a site that is published; hidden ones are its owner's."""
    found = {f.relative_to(site).as_posix(): f for f in site.rglob("*") if f.is_file()}
    return {path: file.read_text(encoding="utf-8") for path, file in found.items()}


def site_of(version: str, pages: int) -> dict[str, str]:
    """A site in which some files are the same in all versions, and one is in this version alone."""
    changed = {f"{n}/index.html": f"{version} {n}" for n in range(pages)}
    return {**changed, "same.txt": "same", f"only-{version}/index.html": version}


def publish(folder: Path, files: Mapping[str, str], killed_at: int = 0) -> int:
    """Publish these files in a copy of this process; its status. It may be killed at a step, of which the first is 1."""

    def main() -> None:
        staging = Staging(Path("site"))
        staging.begin()
        for path, text in files.items():
            file = staging.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        staging.publish(files.keys(), {"kept/page.html"})

    return run_with(Fault("kill", killed_at), main, folder, {}).status


@pytest.fixture(params=[3, FEW + 10], ids=["few", "many"])
def pages(request: pytest.FixtureRequest) -> int:
    """So many pages change: few in the site itself, many with the whole site."""
    number: int = request.param
    return number


@pytest.fixture
def site(tmp_path: Path, pages: int) -> Path:
    """A site of an old version, with a page that every version keeps and a repository in it."""
    assert publish(tmp_path, site_of("old", pages)) == 0
    for path, text in OTHERS.items():
        (tmp_path / "site" / path).parent.mkdir()
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    return tmp_path / "site"


@on_posix
def test_a_new_version_takes_the_place_of_the_old_one(site: Path, pages: int) -> None:
    same = (site / "same.txt").stat().st_mtime_ns
    assert publish(site.parent, site_of("new", pages)) == 0
    assert texts(site) == {**site_of("new", pages), **OTHERS}
    assert (site / "same.txt").stat().st_mtime_ns == same
    assert [file.name for file in site.parent.iterdir()] == ["site"]


@on_posix
def test_a_kill_at_any_moment_is_finished_or_undone_by_the_next_command(
    site: Path, pages: int
) -> None:
    old, new = ({**site_of(version, pages), **OTHERS} for version in ("old", "new"))
    moments = range(1, 900, 1 if pages < FEW else 13)
    outcomes: set[str] = set()
    for moment in moments:
        if publish(site.parent, site_of("new", pages), moment) == 0:
            break
        if pages > FEW and site.exists():
            assert texts(site) in (old, new, {**site_of("new", pages), "kept/page.html": "kept"})
        Staging(site).discard()
        left = texts(site)
        assert left in (old, new), f"killed at step {moment}"
        outcomes.add("old" if left == old else "new")
        assert [file.name for file in site.parent.iterdir()] == ["site"]
        assert publish(site.parent, site_of("old", pages)) == 0
    assert outcomes == {"old", "new"}


@on_posix
def test_a_disk_that_is_full_half_way_is_told_and_the_next_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, site_of("old", 3))
    site, new = tmp_path / "site", site_of("new", 3)
    staging = Staging(site)
    staging.begin()
    for path, text in new.items():
        (staging.folder / path).parent.mkdir(exist_ok=True)
        (staging.folder / path).write_text(text, encoding="utf-8")
    replace = os.replace

    def fail(source: Path, target: Path) -> None:
        if Path(target) == site / "1/index.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    with monkeypatch.context() as full:
        full.setattr(os, "replace", fail)
        with pytest.raises(UserError, match="the next build goes on where this one ended"):
            staging.publish(set(new), set())
    Staging(site).discard()
    assert texts(site) == new


@pytest.mark.parametrize("path", ["../secret.txt", "link/secret.txt", "/"])
def test_a_plan_that_leads_out_of_the_site_is_none_of_ours(tmp_path: Path, path: str) -> None:
    secret = tmp_path / "elsewhere" / "secret.txt"
    site = tmp_path / "elsewhere" / "site"
    site.mkdir(parents=True)
    secret.write_text("kept", encoding="utf-8")
    (site / "link").symlink_to(secret.parent)
    gone = str(secret) if path.startswith("/") else path
    plan = {"swap": False, "changed": [], "gone": [gone]}
    (site.parent / ".site.plan").write_text(json.dumps(plan), encoding="utf-8")
    Staging(site).discard()
    assert secret.read_text(encoding="utf-8") == "kept"
    assert not (site.parent / ".site.plan").exists()
