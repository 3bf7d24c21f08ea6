"""`balise build --shard` and `balise merge`: a site that several jobs make is that of one build, byte by byte."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.built_files import files
from tests.helpers.command import Ran, balise, write_pages
from tests.helpers.support import ROOT
from tests.publish.test_build import PAGES
from tests.publish.test_picture_copies import noise

OPTIONS = "{entrance: true, markdown: true, social_cards: true, untranslated: true, webp: true}"
MKDOCS = f"""
site_name: Trial
site_url: https://example.com/help/
theme: {{name: material, font: false}}
plugins: [search, balise: {OPTIONS}]
"""
PICTURED = "guides/web/mails/config/guide.{}.md"
ENGLISH = {
    "guides/home.en-gb.md": "---\ntitle: Guides\n---\n",
    "guides/web/universe.en-gb.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.en-gb.md": "---\ntitle: Mail\nslug: mail\n---\n",
    PICTURED.format("en-gb"): "---\ntitle: Set up\nslug: set-up\n---\n\n![one](images/wide.png)\n",
    "guides/web/hosting/product.en-gb.md": "---\ntitle: Hosting\nslug: hosting\n---\n",
    "guides/web/hosting/ftp/guide.en-gb.md": "---\ntitle: FTP\nslug: ftp\n---\n\n## Ports\n\nSee [mail](../../mails/config/guide.en-gb.md) on port 21.\n",
}
SHOWN = {
    PICTURED.format("fr-fr"): PAGES[PICTURED.format("fr-fr")] + "\n![un](images/wide.png)\n",
    "guides/_redirects": "/fr/vieux /fr/emails/autre/\n",
}


def command(*arguments: str, cwd: Path) -> Ran:
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return balise(*arguments, cwd=cwd, stdin=b"", **quiet)


def shard(number: int, of: int, cwd: Path, *options: str) -> None:
    ran = command("build", "--quiet", "--shard", f"{number}/{of}", *options, cwd=cwd)
    assert (ran.status, ran.out) == (0, ""), ran
    assert not (cwd / "site").exists()
    shutil.rmtree(cwd / ".balise_cache")


def build(folder: Path) -> dict[str, bytes]:
    """The files of a build in one piece, which leaves nothing behind."""
    ran = command("build", "--quiet", "--site-dir", "whole", cwd=folder)
    assert ran.status == 0, ran
    whole = files(folder / "whole")
    for made in ("whole", ".balise_cache"):
        shutil.rmtree(folder / made)
    return whole


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards") / "project"
    write_pages(folder, {**PAGES, **ENGLISH, **SHOWN, "mkdocs.yml": MKDOCS, "balise.toml": ""})
    noise((1200, 30)).save(folder / "guides/web/mails/config/images/wide.png")
    for number in (1, 2, 3):
        shard(number, 3, folder)
    return folder


@pytest.fixture(scope="module")
def merged(tree: Path) -> dict[str, bytes]:
    """The files of the site that is merged, which stays there with what is kept of it."""
    ran = command("merge", "shards", "--exit-zero", cwd=tree)
    assert ran.status == 0, ran
    assert "14 pages checked" in ran.err
    return files(tree / "site")


def test_the_next_build_finds_what_was_merged(tree: Path, merged: dict[str, bytes]) -> None:
    page = tree / "site/fr/emails/autre/index.html"
    before = page.stat().st_mtime_ns
    assert command("build", "--quiet", cwd=tree).status == 0
    assert files(tree / "site") == merged
    assert page.stat().st_mtime_ns == before


def test_a_site_of_all_shards_is_that_of_one_build(tree: Path, merged: dict[str, bytes]) -> None:
    shutil.rmtree(tree / ".balise_cache")
    whole = build(tree)
    assert merged.keys() == whole.keys()
    assert merged == whole
    for name in (
        "search/",
        "fr/pagefind/",
        "gb/en/sitemap.xml",
        "assets/balise/pictures/",
        "assets/cards/",
    ):
        assert any(name in path for path in whole), name


def test_a_site_of_another_layout_and_a_manual_in_the_dialect(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "layouts" / "index", tmp_path, dirs_exist_ok=True)
    settings = MKDOCS.replace(OPTIONS, "{docs: balise}")
    write_pages(tmp_path, {"mkdocs.yml": settings, "docs/index.md": "# Manual\n\n## Part\n"})
    whole = build(tmp_path)
    for number in (1, 2):
        shard(number, 2, tmp_path)
    ran = command("merge", "shards", "--site-dir", "public", "--quiet", cwd=tmp_path)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert files(tmp_path / "public") == whole


def test_archives_of_a_site_with_other_settings_are_refused(tree: Path, tmp_path: Path) -> None:
    other = MKDOCS.replace("help/", "other/")
    write_pages(tree, {"other.yml": other})
    out = str(tmp_path / "site")
    ran = command(
        "merge", "shards", "-q", "--config-file", "other.yml", "--site-dir", out, cwd=tree
    )
    assert ran.status == 2
    assert "shard-1-of-3.balise: the site was made by other settings" in ran.err
    assert not (tmp_path / "site").exists()


def test_a_strict_site_is_not_made_of_pages_with_findings(tree: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "site")
    ran = command("merge", "shards", "--exit-zero", "--strict", "--site-dir", out, cwd=tree)
    assert ran.status == 1
    assert "findings, see above" in ran.err
    assert not (tmp_path / "site").exists()


def test_archives_of_checks_and_of_sites_do_not_go_together(tree: Path, tmp_path: Path) -> None:
    shutil.copytree(tree / "shards", tmp_path / "copied")
    ran = balise("check", "--shard", "2/3", "--shards", tmp_path / "copied", cwd=tree)
    assert ran.status == 0
    ran = balise("merge", tmp_path / "copied", cwd=tree)
    assert ran.status == 2
    assert "was not made by the command that has made" in ran.err


def test_a_site_without_guides_cannot_be_divided(tmp_path: Path) -> None:
    write_pages(tmp_path, {"mkdocs.yml": MKDOCS, "docs/index.md": "# Manual\n"})
    ran = command("build", "--quiet", "--shard", "1/2", cwd=tmp_path)
    assert ran.status == 2
    assert "the site has no guides: see that mkdocs.yml has the plugin" in ran.err
    assert not (tmp_path / "shards").exists()
