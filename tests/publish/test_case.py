"""The site on file systems that do not tell capitals apart, as those of macOS and Windows."""

from pathlib import Path

import pytest

from balise.base.paths import ignores_case
from balise.publish.staging import FEW
from tests.helpers.command import mkdocs, write_pages
from tests.publish.test_build import MKDOCS

SLUG = "guides/web/mails/{}/guide.fr-fr.md"
PAGES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# The manual\n",
    "docs/other.md": "# Other\n",
    "guides/home.fr-fr.md": "---\ntitle: Guides\n---\n\nBienvenue.\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
}


def guide(slug: str, text: str, more: str = "") -> str:
    return f"---\ntitle: The {slug}\nslug: {slug}\n{more}---\n\n{text}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not ignores_case(tmp_path):
        pytest.skip("the file system tells upper from lower case")
    return write_pages(tmp_path, PAGES)


def built(folder: Path, slug: str) -> str:
    """The page at `slug` after a build."""
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 0, ran.err
    return (folder / "site/fr/emails" / slug / "index.html").read_text(encoding="utf-8")


def test_an_old_address_in_other_capitals_is_the_page_itself(folder: Path) -> None:
    write_pages(folder, {SLUG.format("a"): guide("port", "Le texte.", "aliases: [Port]\n")})
    assert "Le texte." in built(folder, "port")


@pytest.mark.parametrize("others", [0, FEW + 10])
def test_a_page_whose_address_gets_other_capitals_stays_in_the_site(
    folder: Path, others: int
) -> None:
    for slug, text in (("Port", "Avant."), ("port", "Maintenant.")):
        more = {SLUG.format(f"p{n}"): guide(f"p{n}", text) for n in range(others)}
        write_pages(folder, {SLUG.format("a"): guide(slug, text), **more})
        built(folder, slug)
    assert "Maintenant." in built(folder, "port")
    assert "Maintenant." in built(folder, "port")


def test_pages_below_folders_in_different_capitals_are_all_there(folder: Path) -> None:
    pages = {SLUG.format("a"): guide("x/one", "Un."), SLUG.format("b"): guide("X/two", "Deux.")}
    write_pages(folder, pages)
    assert "Un." in built(folder, "x/one")
    assert "Deux." in built(folder, "x/two")


def test_of_two_pages_whose_addresses_differ_by_capitals_the_second_is_left_out_and_named(
    folder: Path,
) -> None:
    pages = {SLUG.format("a"): guide("port", "Un."), SLUG.format("b"): guide("Port", "Deux.")}
    ran = mkdocs("build", cwd=write_pages(folder, pages))
    assert "guides/web/mails/b/guide.fr-fr.md:3:7" in ran.err
    assert "Un." in built(folder, "port")
