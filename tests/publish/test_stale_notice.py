"""What readers of a stale translation are told."""

from pathlib import Path

import pytest

from tests.helpers.command import mkdocs
from tests.helpers.repositories import commit, repository

SOURCE, GERMAN, FRENCH = (f"mail/guide.{locale}.md" for locale in ("en-gb", "de-de", "fr-fr"))
NOTICE = "Das Original hat sich seit dieser Übersetzung geändert: "
SETTINGS = "site_name: x\ntheme: {name: material}\nplugins: [{balise: {search: false%s}}]\n"


def page(title: str, text: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nslug: ports\n{more}---\n\n{text}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "home.de-de.md": "---\ntitle: Start\n---\n\nStart.\n",
        SOURCE: page("Ports", "Outgoing mail has port 465."),
        GERMAN: page("Anschlüsse", "Ausgehende E-Mails haben Port 465."),
        FRENCH: page("Ports", "Le courrier sortant a le port 587."),
    }
    repository(tmp_path, files)
    text = '[translations]\nsource-locale = "en-gb"\n'
    (tmp_path / "balise.toml").write_text(text, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Manual\n", encoding="utf-8")
    source = tmp_path / "guides" / SOURCE
    source.write_text(page("Ports <1>", "Outgoing mail has port 587."), encoding="utf-8")
    commit(tmp_path)
    return tmp_path


def built(folder: Path, more: str = ", stale_notice: true") -> dict[str, str]:
    (folder / "mkdocs.yml").write_text(SETTINGS % more, encoding="utf-8")
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 0, ran.err
    found = (folder / "site").rglob("ports/index.html")
    return {f.parts[-3]: f.read_text(encoding="utf-8") for f in found}


def test_a_stale_page_says_so_in_its_language_with_a_link_to_the_source(folder: Path) -> None:
    pages = built(folder)
    link = '<a href="../../gb/en/ports/">Ports &lt;1&gt;</a>'
    assert f"<p>{NOTICE}{link}</p>" in pages["de"]
    assert "a changé depuis" not in pages["fr"]


def test_nobody_is_told_by_default(folder: Path) -> None:
    assert NOTICE not in built(folder, "")["de"]


def test_a_source_that_is_not_published_is_no_link(folder: Path) -> None:
    html = built(folder, ", stale_notice: true, locales: de-de")["de"]
    assert f"<p>{NOTICE.rstrip(': ')}.</p>" in html


def test_a_page_that_was_brought_up_to_date_says_nothing_in_the_next_build(folder: Path) -> None:
    assert NOTICE in built(folder)["de"]
    german = folder / "guides" / GERMAN
    german.write_text(page("Anschlüsse", "Ausgehende E-Mails haben Port 587."), encoding="utf-8")
    commit(folder)
    assert NOTICE not in built(folder)["de"]


def test_a_new_commit_to_the_source_makes_a_page_stale_in_the_next_build(folder: Path) -> None:
    german = folder / "guides" / GERMAN
    german.write_text(page("Anschlüsse", "Ausgehende E-Mails haben Port 587."), encoding="utf-8")
    commit(folder)
    assert NOTICE not in built(folder)["de"]
    source = folder / "guides" / SOURCE
    source.write_text(page("Ports", "Outgoing mail has port 25."), encoding="utf-8")
    commit(folder)
    assert NOTICE in built(folder)["de"]


def test_a_finding_that_is_left_out_is_no_notice(folder: Path) -> None:
    with (folder / "balise.toml").open("a", encoding="utf-8") as file:
        file.write('[severity]\nstale-translation = "off"\n')
    assert NOTICE not in built(folder)["de"]
