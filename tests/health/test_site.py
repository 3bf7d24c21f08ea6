"""The health of the guides as a page of the built site."""

from pathlib import Path

from tests.helpers.command import Ran, mkdocs, write_pages

SETTINGS = "site_name: x\ntheme: {name: material}\nplugins: [{balise: {search: false%s}}]\n"
PAGES = {
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n\nHome.\n",
    "guides/mail/guide.en-gb.md": "---\ntitle: Mail\nslug: mail\n---\n\n[x](#nope)\n",
    "docs/index.md": "# Manual\n",
    "balise.toml": "",
}


def build(folder: Path, more: str) -> Ran:
    return mkdocs("build", cwd=write_pages(folder, {**PAGES, "mkdocs.yml": SETTINGS % more}))


def test_the_page_is_there_if_it_is_wanted(tmp_path: Path) -> None:
    assert build(tmp_path, ", health: true").status == 0
    html = (tmp_path / "site" / "health" / "index.html").read_text(encoding="utf-8")
    assert "mail/guide" in html
    assert '<meta name="robots" content="noindex">' in html
    for file in ("sitemap.xml", "index.html", "gb/en/mail/index.html"):
        assert "health/" not in (tmp_path / "site" / file).read_text(encoding="utf-8")


def test_it_says_the_same_in_the_next_build_and_goes_with_the_option(tmp_path: Path) -> None:
    build(tmp_path, ", health: true")
    page = tmp_path / "site" / "health" / "index.html"
    before = page.read_bytes()
    build(tmp_path, ", health: true")
    assert page.read_bytes() == before
    build(tmp_path, "")
    assert not page.exists()


def test_without_a_check_there_is_nothing_to_tell(tmp_path: Path) -> None:
    ran = build(tmp_path, ", health: true, check: false")
    assert ran.status == 1
    assert "`health: true` tells of what a check finds: leave `check: false` away" in ran.err
    assert not (tmp_path / "site").exists()
