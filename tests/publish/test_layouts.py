"""A collection whose navigation is one file, as a site: `tests/layouts/index`, whose README says what is in it."""

import re
import shutil
from pathlib import Path

import pytest

from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.helpers.support import ROOT
from tests.publish.test_serve import serving

SITE = "https://docs.example.org/"
MKDOCS = f"""\
site_name: Brindle
site_url: {SITE}
theme: {{name: material, font: false}}
plugins: [balise]
"""
INDEX = "pages/index.md"
PANEL = "links/control-panel/web-hosting"
HIDDEN = "pages/public_cloud/storage/Swift_migration_2022/meta.yaml"
HOSTING = "gb/en/products/web-cloud-hosting/index.html"
MULTISITES = "web_cloud/web_hosting/multisites_configure/index.html"


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    def build(folder: Path) -> None:
        shutil.copytree(ROOT / "tests" / "layouts" / "index", folder, dirs_exist_ok=True)
        write_pages(folder, {"mkdocs.yml": MKDOCS, "docs/index.md": "# Brindle\n"})
        ran = mkdocs("build", cwd=folder)
        assert ran.status == 0, ran.err

    return once("index-layout", build) / "site"


def html(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def texts(page: Path, start: str, end: str) -> list[str]:
    """The texts between two marks in a page, without tags."""
    source = html(page)
    begin = source.index(start)
    part = re.sub(r"<[^>]*>", "\n", source[begin : source.index(end, begin)])
    return [line.strip() for line in part.splitlines() if line.strip()]


def way(page: Path) -> list[str]:
    """The breadcrumbs of a page."""
    return texts(page, '<nav class="breadcrumbs"', "</nav>")[1:]


def hrefs(page: Path) -> set[str]:
    return {str(a.attributes.get("href")) for a in elements(html(page), "a")}


def test_universes_and_products_have_pages_where_they_have_guides(site: Path) -> None:
    def made(locale: str) -> list[str]:
        folder = site / locale
        return sorted(
            file.parent.relative_to(folder).as_posix()
            for kind in ("products", "universes")
            for file in (folder / kind).glob("*/index.html")
        )

    assert made("ca/fr") == [
        "products/web-cloud-domains",
        "products/web-cloud-hosting",
        "universes/web-cloud",
    ]
    assert "products/web-cloud-hosting-databases" in made("fr")
    assert "products/web-cloud-hosting-databases" not in made("de")


def test_a_product_lists_its_sections_in_the_order_of_the_index(site: Path) -> None:
    headings = [
        heading
        for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", html(site / HOSTING))
        if heading in ("Getting started", "Configuration", "Security")
    ]
    assert headings == ["Getting started", "Configuration", "Security"]


def test_labels_are_those_of_the_locale(site: Path) -> None:
    assert '<h1 id="__title">Web hosting</h1>' in html(site / HOSTING)
    french = html(site / "fr/products/web-cloud-hosting/index.html")
    assert '<h1 id="__title">Hébergement web</h1>' in french
    assert '<h1 id="__title">Web hosting</h1>' not in french


def test_a_guide_in_two_places_leads_back_to_its_own(site: Path) -> None:
    assert "Web hosting" in html(site / "gb/en" / MULTISITES).partition("<h1")[0]
    links = hrefs(site / "gb/en" / MULTISITES)
    assert "../../../products/web-cloud-hosting/" in links
    listed = hrefs(site / "gb/en/products/web-cloud-domains/index.html")
    assert "../../../../gb/en/web_cloud/web_hosting/multisites_configure/" in listed


def test_links_of_every_form_lead_to_pages_of_the_site(site: Path) -> None:
    for page in site.rglob("*.html"):
        source = html(page)
        assert 'href="/pages/' not in source, page
        assert 'href="/products/' not in source, page
        assert 'href="/links/' not in source, page
        assert "help.ovhcloud.com" not in source, page
        assert 'src="/pages/' not in source, page


def test_pictures_are_published_once_wherever_they_lie(site: Path) -> None:
    pictures = sorted(
        file.relative_to(site / "pages").as_posix() for file in (site / "pages").rglob("*.png")
    )
    assert "assets/schemas/dns/zone-lookup.png" in pictures
    assert len(pictures) == 9
    assert 'src="../../../../../pages/assets/' in html(
        site / "gb/en/web_cloud/web_hosting/first_steps/index.html"
    )


def test_a_hidden_guide_is_published_but_in_no_list(site: Path) -> None:
    page = site / "fr/public_cloud/storage/Swift_migration_2022/index.html"
    assert '<meta name="robots" content="noindex' in html(page)
    assert all(
        "Swift_migration_2022" not in html(file)
        for file in (*(site / "fr").rglob("sitemap.xml"), *(site / "fr/products").rglob("*.html"))
    )


def test_a_copy_names_the_page_that_it_is_a_copy_of(site: Path) -> None:
    page = site / "fr/public_cloud/storage/Swift_migration_2022/index.html"
    canonical = f"{SITE}fr/public_cloud/storage/s3/getting-started.v2/"
    assert f'rel="canonical" href="{canonical}"' in html(page)


def test_readers_are_told_of_a_translation_by_a_machine(site: Path) -> None:
    guide = "public_cloud/storage/s3/getting-started.v2/index.html"
    assert "maschinell übersetzt" in html(site / "de" / guide)
    assert "translated by a machine" not in html(site / "gb/en" / guide)


def test_a_saved_text_makes_its_page_anew_and_a_saved_index_the_lists(
    site: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(site.parent, project)
    index = project / "pages" / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("[Databases]", "[Data stores]"), encoding="utf-8")
    ran = mkdocs("build", cwd=project)
    assert ran.status == 0, ran.err
    assert "Data stores" in html(project / "site" / HOSTING)
    assert '<h1 id="__title">Data stores</h1>' in html(
        project / "site/gb/en/products/web-cloud-hosting-databases/index.html"
    )


def test_the_address_of_a_guide_may_be_made_of_what_its_article_says(
    site: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(site.parent, project, ignore=shutil.ignore_patterns("site"))
    write_pages(project, {"balise.toml": '[urls]\npage = "{locale}{full_slug}/"\n'})
    ran = mkdocs("build", cwd=project)
    assert ran.status == 0, ran.err
    assert (project / "site/gb/en/domains-dns-zone-edit/index.html").is_file()
    assert (project / "site/gb/en/web_cloud/web_hosting/first_steps/index.html").is_file()


def test_the_manual_leads_to_the_guides(site: Path) -> None:
    assert "./gb/en/" in hrefs(site / "index.html")


def test_saved_data_files_are_on_the_pages_while_they_are_served(
    site: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(site.parent, project, ignore=shutil.ignore_patterns("site"))
    product, guide = "gb/en/products/web-cloud-hosting/", "gb/en/web_cloud/web_hosting/first_steps/"
    with serving(project) as served:
        assert "Getting started" in served.html(product)
        served.replace(
            "[Getting started](web-cloud-hosting", "[The start](web-cloud-hosting", INDEX
        )
        assert "The start" in served.after_change(product, "The start")
        served.write("pages/new/one/guide.en-gb.md", "---\ntitle: The newest\n---\n\nText.\n")
        served.replace(
            "+ Public Cloud",
            "    + [New](products/new)\n        + [X](new/one)\n+ Public Cloud",
            INDEX,
        )
        served.after_change("gb/en/universes/web-cloud/", "products/new/")
        served.replace("https://manager.example.com/gb/", "https://new.example.com/", PANEL)
        assert served.after_change(guide, "https://new.example.com/")
        served.replace("flag: hidden", "id: x", HIDDEN)
        served.after_change("fr/products/public-cloud-storage/", "Swift_migration_2022")
        assert served.tracebacks() == []


def test_related_are_the_others_of_the_same_section_where_there_is_any(site: Path) -> None:
    page = html(site / "gb/en/web_cloud/domains/dns_zone_edit/index.html")
    related = page[page.index('class="guide-related"') :].partition("</section>")[0]
    assert re.findall(r'card__title">(.*?)<', related) == [
        "Connecting a domain name to a hosting plan"
    ]
