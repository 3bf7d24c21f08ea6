"""`--force-exclude`: what a folder would leave out is left out, even if a hook names it."""

from pathlib import Path

import pytest

from tests.helpers.command import balise, write_pages

PAGE = "---\ntitle: Draft\nslug: draft\n---\n\n[x](#nothing)\n"
DRAFT = "guides/drafts/guide.en-gb.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {
        "balise.toml": 'exclude = ["drafts/"]\n',
        "guides/home.en-gb.md": "---\ntitle: H\n---\n",
    }
    return write_pages(tmp_path, {**pages, DRAFT: PAGE})


def test_a_page_that_is_named_is_left_out_only_where_that_is_wanted(project: Path) -> None:
    for _ in ("first", "kept from the first"):
        assert "unresolved-anchor" in balise("check", DRAFT, cwd=project).out
        ran = balise("check", "--force-exclude", DRAFT, cwd=project)
        assert (ran.status, ran.out) == (0, "")


def test_what_is_left_out_is_not_mended_either(project: Path) -> None:
    write_pages(project, {DRAFT: PAGE.replace("(#nothing)", "(#x){.extrenal}")})
    before = (project / DRAFT).read_bytes()
    balise("check", "--fix", "--force-exclude", DRAFT, cwd=project)
    assert (project / DRAFT).read_bytes() == before
    balise("check", "--fix", DRAFT, cwd=project)
    assert (project / DRAFT).read_bytes() != before


def test_a_page_that_git_ignores_from_now_on_is_left_out_from_now_on(project: Path) -> None:
    write_pages(project, {".git/HEAD": "", "notes.md": "# Notes\n\n[x](#nothing)\n"})
    assert "unresolved-anchor" in balise("check", "--force-exclude", "notes.md", cwd=project).out
    write_pages(project, {".gitignore": "notes.md\n"})
    assert balise("check", "--force-exclude", "notes.md", cwd=project).out == ""
