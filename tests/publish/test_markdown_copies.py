"""What a site has for programs and assistants: copies of its pages in Markdown, and `llms.txt`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.browsing import in_browser
from tests.helpers.built_files import copy_sources, files
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import HIDDEN, OTHER, PAGES

SITE = "https://docs.example.org/base/"
COPIES = {
    **PAGES,
    "mkdocs.yml": PAGES["mkdocs.yml"].replace("balise]", "balise: {markdown: true}]")
    + f"site_url: {SITE}\n",
    "guides/404.fr-fr.md": "---\ntitle: Rien\n---\n\nRien ici.\n",
}
GUIDE = "fr/emails/configurer/"


def built(folder: Path) -> Path:
    ran = mkdocs("build", "--quiet", cwd=folder)
    assert ran.status == 0, ran.err
    return folder / "site"


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("copies", lambda folder: built(write_pages(folder, COPIES))) / "site"


def test_each_page_has_a_copy_beside_it_and_names_it(site: Path) -> None:
    for page in ("fr/", "fr/web/", "fr/emails/", GUIDE):
        html = text(site / page / "index.html")
        (link,) = [e for e in elements(html, "link") if e.attributes.get("type") == "text/markdown"]
        assert str(link.attributes["rel"]).split() == ["alternate"]
        assert (site / page / str(link.attributes["href"])).resolve() == site / page / "index.md"
        assert (site / page / "index.md").is_file(), page


def test_a_copy_has_title_and_excerpt_and_addresses_that_lead_there_from_anywhere(
    site: Path,
) -> None:
    copy = text(site / GUIDE / "index.md")
    title = 'Configurer \\<b>le\\</b> "courriel"'
    assert copy.startswith(f'# {title}\n\nLes réglages du "courriel", en bref\n')
    assert f"[l'autre]({SITE}fr/emails/autre/#debut)" in copy
    assert f"[l'ancien]({SITE}{GUIDE}#rappel)" in copy
    assert f"![un écran]({SITE}guides/web/mails/config/images/menu.png)\n" in copy
    assert "> **Attention**\n>\n> Attention au `port` et" in copy
    assert "{" not in copy


def test_the_copy_of_a_product_lists_its_guides(site: Path) -> None:
    copy = text(site / "fr/emails/index.md")
    assert copy.startswith("# E-mails\n")
    assert f"## Débuter\n\n- [Autre]({SITE}fr/emails/autre/)\n" in copy


def test_a_page_of_missing_pages_has_no_copy(site: Path) -> None:
    assert not list(site.rglob("404*.md"))


def test_a_list_for_assistants_has_every_guide_but_hidden_ones(site: Path) -> None:
    listed = text(site / "fr/llms.txt")
    assert listed.startswith("# Guides\n\n## Web\n")
    assert "## Web › E-mails\n" in listed
    entry = f'({SITE}{GUIDE}index.md): Les réglages du "courriel", en bref\n'
    assert entry in listed
    assert "cache" not in listed


def test_without_copies_the_list_leads_to_the_pages_and_nothing_else_is_there(
    tmp_path: Path,
) -> None:
    pages = {**COPIES, "mkdocs.yml": PAGES["mkdocs.yml"]}
    site = built(write_pages(tmp_path, pages))
    assert "(emails/configurer/): " in text(site / "fr/llms.txt")
    assert not list(site.rglob("*.md"))
    html = text(site / GUIDE / "index.html")
    assert "text/markdown" not in html
    assert "copy-page" not in html


def change_pages(folder: Path) -> None:
    """A text that is included, an anchor that is linked to, and an address."""
    write_pages(
        folder,
        {
            "guides/commun/note.md": "Une *autre* note.\n",
            "guides/web/mails/autre/guide.fr-fr.md": OTHER.replace("## Début", "## Fin"),
            "guides/web/mails/cache/guide.fr-fr.md": HIDDEN.replace("hidden: true\n", ""),
        },
    )


def change_address(folder: Path) -> None:
    write_pages(
        folder,
        {"guides/web/mails/autre/guide.fr-fr.md": OTHER.replace("slug: autre", "slug: neuf")},
    )


def make_no_more(folder: Path) -> None:
    write_pages(folder, {"mkdocs.yml": PAGES["mkdocs.yml"]})


def spoil_site(folder: Path) -> None:
    (folder / "site" / GUIDE / "index.md").write_text("spoilt", encoding="utf-8")
    (folder / "site/fr/emails/autre/index.md").unlink()
    (folder / "site/fr/llms.txt").unlink()


@pytest.mark.parametrize("change", [change_pages, change_address, make_no_more, spoil_site])
def test_copies_after_a_change_are_as_made_from_nothing(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    folder = write_pages(tmp_path / "kept", COPIES)
    built(folder)
    change(folder)
    built(folder)
    assert files(folder / "site") == files(built(copy_sources(folder, tmp_path / "new")))


def test_a_build_without_changes_touches_no_copy(tmp_path: Path) -> None:
    site = built(write_pages(tmp_path, COPIES))
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.md")}
    built(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*.md")} == before


# The button


@in_browser
def test_a_guide_is_copied_by_keyboard_and_says_so(
    browser: Browser, site: Path, served: Callable[[Path], str]
) -> None:
    address = served(site)
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(address + GUIDE)
        button = page.get_by_role("button", name="Copier la page")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".copy-page [role=status]")).to_have_text(
            "Page copiée au format Markdown"
        )
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == text(site / GUIDE / "index.md")


@in_browser
def test_a_copy_that_cannot_be_had_is_told(
    browser: Browser, site: Path, served: Callable[[Path], str]
) -> None:
    address = served(site)
    with browser.new_context(permissions=["clipboard-write"]) as context:
        page = context.new_page()
        page.route("**/*.md", lambda route: route.abort())
        page.goto(address + GUIDE)
        page.get_by_role("button", name="Copier la page").click()
        expect(page.locator(".copy-page [role=status]")).to_contain_text("n'a pas pu")


@in_browser
def test_without_scripts_there_is_no_button(
    browser: Browser, site: Path, served: Callable[[Path], str]
) -> None:
    address = served(site)
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + GUIDE)
        expect(page.locator(".copy-page")).to_be_hidden()
