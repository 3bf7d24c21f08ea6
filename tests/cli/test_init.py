"""`balise init` finds the guides and writes a configuration for them."""

import tomllib
from pathlib import Path

import pytest

from tests.helpers.command import balise, write_pages

PAGE = "---\ntitle: Page\n---\n\nText.\n"
WRONG = "---\ntitle: Page\n---\n\n[a](#nowhere)\n"


def guides(folder: Path) -> str:
    """The folder that the configuration names."""
    found: str = tomllib.loads((folder / "balise.toml").read_text(encoding="utf-8"))["guides"]
    return found


@pytest.mark.parametrize(
    ("pages", "folder"),
    [
        pytest.param(
            ["content/home.en-gb.md", "content/web/a/guide.en-gb.md", "README.md"],
            "content",
            id="the folder with a home",
        ),
        pytest.param(["home.en-gb.md", "web/a/guide.en-gb.md"], ".", id="the current folder"),
        pytest.param(
            ["test/home.en-gb.md", "all/home.en-gb.md", "all/a/guide.en-gb.md"],
            "all",
            id="the home with the most below it",
        ),
        pytest.param(
            ["docs/index.md", "pages/index.md", "pages/web/a/guide.fr-fr.md"],
            "pages",
            id="the folder with the navigation",
        ),
        pytest.param(
            ["src/pages/web/a/guide.fr-fr.md", "src/pages/cloud/b/guide.fr-fr.md"],
            "src/pages",
            id="the folder in which they part",
        ),
        pytest.param(["web/universe.fr-fr.md", "web/a/guide.fr-fr.md"], ".", id="above a universe"),
        pytest.param(
            ["pages/index.md", "pages/a/guide.fr-fr.md", "node_modules/home.fr-fr.md"],
            "pages",
            id="not what was installed",
        ),
    ],
)
def test_the_folder_of_guides_is_found(tmp_path: Path, pages: list[str], folder: str) -> None:
    write_pages(tmp_path, dict.fromkeys(pages, PAGE))
    ran = balise("init", cwd=tmp_path)
    assert ran.status == 0, ran.err
    assert guides(tmp_path) == folder


def test_what_comes_next_is_told_where_there_are_findings(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guides/home.en-gb.md": PAGE, "guides/a/guide.en-gb.md": WRONG})
    ran = balise("init", cwd=tmp_path)
    assert (ran.status, ran.out) == (0, "")
    assert "the guides are in guides: 2 pages in 1 locale" in ran.err
    assert "`balise baseline` takes them for known" in ran.err
    assert not (tmp_path / "balise-baseline.json").exists()


def test_todays_findings_can_be_taken_for_known_at_once(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guides/home.en-gb.md": PAGE, "guides/a/guide.en-gb.md": WRONG})
    assert balise("init", "--baseline", cwd=tmp_path).status == 0
    assert balise("check", cwd=tmp_path).status == 0
    assert balise("check", "--no-baseline", cwd=tmp_path).status == 1


@pytest.mark.parametrize(
    ("name", "text"), [("balise.toml", "# mine\n"), ("pyproject.toml", "[tool.balise]\n# mine\n")]
)
def test_a_configuration_that_is_there_stays(tmp_path: Path, name: str, text: str) -> None:
    write_pages(tmp_path, {"guides/home.en-gb.md": PAGE, name: text})
    ran = balise("init", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err == (
        f"balise: {tmp_path / name}: there is a configuration already, which stays as it is\n"
    )
    assert (tmp_path / name).read_text(encoding="utf-8") == text
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["guides", name])


def test_a_folder_without_guides_is_one_clear_line(tmp_path: Path) -> None:
    ran = balise("init", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.startswith(f"balise: {tmp_path}: there are no pages such as guide.en-gb.md")
    assert list(tmp_path.iterdir()) == []
