"""Collections of either layout are understood without a line of configuration."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, balise, write_pages
from tests.helpers.support import ROOT

COLLECTION = ROOT / "tests" / "layouts" / "index"
GUIDE = "---\ntitle: Setup\n---\n\n## Here\n\n"
FILES = {
    "pages/index.md": "+ Web\n    + [Mail](products/mail)\n        + [Setup](mail/setup)\n",
    "pages/index-translations.fr.yaml": "mail: Courriel\n",
    "pages/mail/setup/guide.en-gb.md": f"{GUIDE}[mail](/products/mail)\n",
}
HOME = {"pages/home.en-gb.md": "---\ntitle: Home\n---\n"}


def concise(folder: Path, *arguments: str) -> tuple[int, str]:
    ran = balise("check", "--output-format", "concise", *arguments, cwd=folder)
    return ran.status, ran.out + ran.err


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_pages(tmp_path, FILES)


def test_the_folder_of_guides_is_pages_where_there_is_no_guides(project: Path) -> None:
    assert concise(project) == (0, "1 page checked, nothing found\n")
    write_pages(project, {"guides/home.en-gb.md": "---\ntitle: Home\n---\n"})
    assert concise(project) == (0, "1 page checked, nothing found\n")
    assert "guides" not in concise(project, "pages")[1]


@pytest.mark.parametrize(
    ("href", "told"),
    [
        ("/products/mails", "did you mean `/products/mail`"),
        ("/links/forum", "`links` has no address for `forum`"),
        ("/pages/mail/setups", "did you mean `/pages/mail/setup`"),
    ],
)
def test_dead_links_are_told_as_the_collection_writes_them(
    project: Path, href: str, told: str
) -> None:
    write_pages(project, {"pages/mail/two/guide.en-gb.md": f"{GUIDE}[x]({href})\n"})
    status, out = concise(project, "pages/mail/two/guide.en-gb.md", "--select", "links")
    assert status == 1
    assert told in out


def test_the_index_is_no_page(project: Path) -> None:
    status, out = concise(project, "pages/index.md")
    assert status == 2
    assert out == (
        "balise: pages/index.md: is a data file and no page; it is checked with the whole folder of guides\n"
    )


def test_marks_of_both_layouts_are_refused_until_one_is_chosen(project: Path) -> None:
    write_pages(project, HOME)
    status, out = concise(project)
    assert status == 2
    assert out == (
        "balise: pages: there are marks of more than one layout; write "
        '`layout = "tree"` or `layout = "index"` into the configuration\n'
    )
    write_pages(project, {"balise.toml": 'layout = "index"\n'})
    assert concise(project, "--select", "links")[0] == 0


def test_an_index_alone_is_a_layout_where_the_configuration_says_so(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if "translations" not in name}
    write_pages(tmp_path, {**files, "balise.toml": 'layout = "index"\n'})
    assert concise(tmp_path, "--select", "links,anchors") == (0, "1 page checked, nothing found\n")


def test_an_unknown_layout_is_told(tmp_path: Path) -> None:
    write_pages(tmp_path, {**FILES, "balise.toml": 'layout = "indx"\n'})
    status, out = concise(tmp_path)
    assert status == 2
    assert "`layout`" in out


@pytest.mark.parametrize("folder", [".", "pages", "pages/mail"])
def test_the_same_is_found_from_any_folder(project: Path, folder: str) -> None:
    write_pages(project, {"pages/mail/two/guide.en-gb.md": f"{GUIDE}[x](/products/mall)\n"})
    status, out = concise(project / folder, "--select", "links", str(project / "pages"))
    assert status == 1
    assert out.count("unresolved-link") == 1


def test_a_new_file_of_links_is_seen_by_the_next_run(project: Path) -> None:
    write_pages(project, {"pages/mail/two/guide.en-gb.md": f"{GUIDE}[x](/links/a/forum)\n"})
    assert concise(project, "--select", "links")[0] == 1
    write_pages(project, {"links/a/forum": "- [en-gb](https://example.org/)\n"})
    assert concise(project, "--select", "links")[0] == 0
    (project / "links/a/forum").unlink()
    assert concise(project, "--select", "links")[0] == 1


def test_a_changed_index_is_seen_by_the_next_run(project: Path) -> None:
    assert concise(project, "--select", "links")[0] == 0
    write_pages(
        project, {"pages/index.md": FILES["pages/index.md"].replace("/mail)\n", "/post)\n", 1)}
    )
    status, out = concise(project, "--select", "links")
    assert status == 1
    assert "`/products/mail` leads to no page" in out


def test_nothing_is_wrong_in_a_collection_that_is_right(tmp_path: Path) -> None:
    shutil.copytree(COLLECTION, tmp_path, dirs_exist_ok=True)
    assert concise(tmp_path) == (
        0,
        "45 pages checked, nothing found\n",
    )


def test_shared_pictures_that_no_page_shows_are_found(project: Path) -> None:
    write_pages(project, {f"pages/assets/a/b/{name}.png": PICTURE for name in ("used", "unused")})
    write_pages(
        project, {"pages/mail/two/guide.en-gb.md": f"{GUIDE}![x](/pages/assets/a/b/used.png)\n"}
    )
    status, out = concise(project, "--select", "unused-image")
    assert status == 0
    assert out.count("unused-image") == 1
    assert "pages/assets/a/b/unused.png" in out
    (project / "pages/assets/a/b/unused.png").unlink()
    assert "unused-image" not in concise(project, "--select", "unused-image")[1]


def test_a_callout_that_only_older_guides_have_is_found_in_the_index_layout(project: Path) -> None:
    page = {"pages/mail/two/guide.en-gb.md": f"{GUIDE}> [!info]\n>\n> Text.\n"}
    write_pages(project, page)
    assert "(info-callout)" in concise(project)[1]
    (project / "pages/index.md").unlink()
    write_pages(project, HOME)
    assert "(info-callout)" not in concise(project)[1]
