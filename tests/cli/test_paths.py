"""The same findings, wherever one stands and however a path is written."""

import os
from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, write_pages
from tests.helpers.platforms import with_links
from tests.helpers.spellings import Project, differing_cases, project_of_guides
from tests.helpers.support import corpus

pytestmark = with_links

HOME = "---\ntitle: Home\n---\n"


def page(slug: str, text: str, more: str = "") -> str:
    return f"---\ntitle: The {slug}\nslug: {slug}\n{more}---\n\n{text}\n"


PAGES = {
    "pages/home.en-gb.md": HOME,
    "pages/home.fr-fr.md": HOME,
    "pages/web/product.en-gb.md": page("web", "[gone](../nowhere/)"),
    "pages/web/mail/guide.en-gb.md": page("mail", "[x](#nothing) ![p](images/p.png)"),
    "pages/web/mail/guide.fr-fr.md": page("mail", "[x](../host/guide.fr-fr.md#gone)"),
    "pages/web/host/guide.en-gb.md": page(
        "host", "[a](/gb/en/web/mial/)", "legacy_guide_number: 7\n"
    ),
    "pages/web/host/guide.fr-fr.md": page("host", "{!> snippets/x.md !}"),
    "pages/web/twin/guide.en-gb.md": page("host", "[n](/g7) [m]({legacy}8)"),
    "pages/cloud/lone/guide.en-gb.md": page("lone", "[m](../../web/mail/guide.en-gb.md)"),
    "notes/readme.md": "# Notes\n\n[x](#nothing)\n",
}
TARGETS = ("pages", "pages/web", "pages/web/mail", "pages/web/host/guide.en-gb.md", "pages/cloud")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = write_pages(tmp_path / "project", PAGES)
    monkeypatch.chdir(root)
    return Project(root, "web")


@pytest.mark.parametrize("seed", range(40))
def test_no_way_to_name_a_page_or_folder_changes_what_is_found(project: Project, seed: int) -> None:
    targets = [project.root / name for name in TARGETS]
    assert not list(differing_cases(project, targets, 5, seed))


def test_no_way_to_name_a_real_guide_changes_what_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guides = corpus() / "pages"
    monkeypatch.chdir(tmp_path)
    project = project_of_guides(guides, tmp_path / "project", pages=40, seed=1)
    assert not list(differing_cases(project, project.targets(), 20, seed=1))


@pytest.mark.parametrize("where", ["", "pages", "pages/web", "pages/web/mail", "notes"])
def test_without_an_argument_the_guides_are_checked_from_every_folder_of_the_project(
    project: Project, where: str
) -> None:
    expected = project.findings(project.root, "pages", "--no-cache")
    assert expected
    assert project.findings(project.root / where) == expected


def test_a_folder_with_the_guides_in_it_has_their_findings_and_its_own(project: Project) -> None:
    expected = project.findings(project.root, "pages")
    found = project.findings(project.root, ".")
    assert [f for f in found if f["path"].startswith("pages/")] == expected
    assert {f["path"] for f in found} - {f["path"] for f in expected} == {"notes/readme.md"}


def test_a_text_on_stdin_with_the_name_of_a_page_is_judged_as_the_page(project: Project) -> None:
    file = project.root / "pages/web/host/guide.fr-fr.md"
    expected = project.findings(project.root, str(file))
    for where in (project.root, file.parent, project.root / "notes"):
        name = os.path.relpath(file, where)
        found = project.findings(where, "-", "--stdin-filename", name, stdin=file.read_bytes())
        assert found == expected


def test_another_case_of_a_path_is_the_same_where_the_file_system_says_so(project: Project) -> None:
    if not (project.root / "PAGES").exists():
        pytest.skip("the file system tells upper from lower case")
    expected = project.findings(project.root, "pages/web")
    for written in ("PAGES/web", "Pages/WEB", str(project.root / "pages/weB").upper()):
        if os.path.lexists(written):
            assert project.findings(project.root, written) == expected
    assert project.findings(project.root / "PAGES" / "WEB", ".") == expected


def test_capitals_in_the_address_of_a_picture_count_on_every_file_system(project: Project) -> None:
    names = {
        "images/Menu.png": "image-case-mismatch",
        "Images/menu.png": "image-case-mismatch",
        "../Mail/images/menu.png": "image-case-mismatch",
        "images/menu.png": None,
    }
    (project.root / "pages/web/mail/images").mkdir()
    (project.root / "pages/web/mail/images/menu.png").write_text(PICTURE, "utf-8")
    text = page("mail", "\n\n".join(f"![a picture]({name})" for name in names))
    file = project.root / "pages/web/mail/guide.en-gb.md"
    file.write_text(text, encoding="utf-8")
    findings = project.findings(file.parent, file.name, "--select", "images")
    found = {finding["start"]["line"]: finding["rule"] for finding in findings}
    assert [found.get(line) for line in range(6, 14, 2)] == list(names.values())


def test_one_cache_serves_all_folders(project: Project) -> None:
    for where in project.folders:
        project.findings(where, str(project.root / "pages"))
    caches = list(project.root.parent.rglob(".balise_cache"))
    assert caches == [project.root / ".balise_cache"]
