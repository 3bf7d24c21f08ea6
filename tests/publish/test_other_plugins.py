"""balise as a guest: sites of MkDocs and Material with other plugins, whose pages stay their own."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browsing import in_browser
from tests.helpers.built_files import files
from tests.helpers.command import Ran, mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import article, found_pages
from tests.publish.test_publishing import in_sitemap
from tests.publish.test_serve import serving

SITE = "https://foreign.example.org/base/"
SETTINGS = f"""
site_name: Foreign
site_url: {SITE}
repo_url: https://github.com/example/foreign
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.instant, search.suggest]
  palette: {{primary: teal}}
nav: [index.md, made.md, sub/page.md, tags.md, blog/index.md]
not_in_nav: loose.md
extra_css: [extra.css]
hooks: [hooks.py]
markdown_extensions:
  - admonition
  - toc: {{permalink: true}}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.snippets: {{base_path: [includes]}}
  - pymdownx.tasklist: {{custom_checkbox: true}}
  - pymdownx.keys
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
plugins:
  - search
  - tags
  - blog
"""
HOOKS = """
from pathlib import Path

import jinja2
from mkdocs.structure.files import File


def on_config(config):
    on_config.site_dir = config.site_dir


def on_files(files, config):
    files.append(File.generated(config, "made.md", content="# Made by a plugin\\n"))


def on_page_markdown(markdown, page, config, files):
    return jinja2.Template(markdown).render(site=config.site_name)


def on_page_content(html, page, config, files):
    return html + "<p>Signed.</p>"


def on_post_page(output, page, config):
    file = page.file
    seen = (page.url, file.src_uri, file.dest_uri, page.title, page.canonical_url)
    seen += (str(page.is_homepage), page.meta.get("title", ""))
    return output.replace("</body>", f"<!-- {'|'.join(seen)} --></body>")


def on_post_build(config):
    Path(on_config.site_dir, "written.txt").write_text("by a plugin")
"""
FOREIGN = {
    "mkdocs.yml": SETTINGS,
    "hooks.py": HOOKS,
    "includes/part.md": "From a snippet.\n",
    "docs/extra.css": "body { color: inherit }\n",
    "docs/index.md": """---
tags: [one, two]
---
# Welcome to {{ site }}

!!! note "An admonition"

    A zebrafish.

??? tip "More"

    Hidden.

=== "A"

    First.

=== "B"

    Second.

- [x] done

++ctrl+del++ :smile:

--8<-- "part.md"

[A page](sub/page.md)
""",
    "docs/sub/page.md": "# Page\n\n## Heading\n\nA xylophone.\n",
    "docs/loose.md": "# Loose\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/one.md": "---\ndate: 2026-01-02\n---\n# A post\n\nText.\n",
}
GUIDE = "fr/emails/autre/index.html"
GUIDES = {
    "guides/home.fr-fr.md": "---\ntitle: Guides\n---\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
    "guides/web/mails/autre/guide.fr-fr.md": "---\ntitle: Autre\nslug: autre\n---\n\nTexte.\n",
}
GUEST = {**FOREIGN, **GUIDES, "mkdocs.yml": f"{SETTINGS}  - balise\n"}
PLAIN = {
    "mkdocs.yml": "site_name: Plain\ntheme: {name: material, font: false}\nplugins: [balise]\n",
    "docs/index.md": "# Plain\n",
    "docs/sub/page.md": "# Page\n\n## Heading\n\nA xylophone.\n",
    **GUIDES,
}
LINK = re.compile(rb'<a class="md-header__button" style="font-size:.7rem" href="[^"]*">Guides</a>')
LOCALES = re.compile(rb'<script src="[^"]*/locale-not-found.js" async></script>')
"""What the page for missing addresses has beside that."""


def build(folder: Path, pages: dict[str, str], *options: str) -> Ran:
    return mkdocs("build", *options, cwd=write_pages(folder, pages))


def built(folder: Path, pages: dict[str, str], *options: str) -> Path:
    ran = build(folder, pages, *options)
    assert ran.status == 0, ran.err
    return folder / "site"


def with_option(pages: dict[str, str], option: str) -> dict[str, str]:
    """The same site with an option of the plugin."""
    text = re.sub(r"balise\b", f"balise: {{{option}}}", pages["mkdocs.yml"])
    return {**pages, "mkdocs.yml": text}


def with_hook(body: str, pages: dict[str, str] = PLAIN) -> dict[str, str]:
    """The same site with a hook file whose `on_post_page` this is."""
    return {
        **pages,
        "mkdocs.yml": pages["mkdocs.yml"] + "hooks: [hooks.py]\n",
        "hooks.py": f"def on_post_page(output, page, config):\n    {body}\n",
    }


@pytest.fixture(scope="module")
def alone(once: Once) -> Path:
    """The site of somebody else, without balise."""
    return once("foreign", lambda folder: built(folder, FOREIGN, "--strict")) / "site"


@pytest.fixture(scope="module")
def guest(once: Once) -> Path:
    """The same site, with guides beside it."""
    return once("guest", lambda folder: built(folder, GUEST, "--strict")) / "site"


@pytest.fixture(scope="module")
def plain(once: Once) -> Path:
    """A site without the search of Material, with guides beside it."""
    return once("plain", lambda folder: built(folder, PLAIN, "--strict")) / "site"


@pytest.fixture(autouse=True, scope="module")
def one_moment() -> object:
    """All sites are built at the same time: MkDocs writes it into the sitemap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "SOURCE_DATE_EPOCH", "1700000000")
        yield


# Pages of MkDocs


def test_a_site_without_guides_is_the_same_to_the_byte(alone: Path, tmp_path: Path) -> None:
    without = {path: text for path, text in GUEST.items() if not path.startswith("guides/")}
    assert files(built(tmp_path, without, "--strict")) == files(alone)


def test_all_that_guides_add_to_a_page_of_mkdocs_is_a_link_to_them(
    alone: Path, guest: Path
) -> None:
    found = {
        path: LOCALES.sub(b"", LINK.sub(b"", content)) for path, content in files(guest).items()
    }
    before = files(alone)
    assert {path: found[path] for path in before} == before


def test_the_link_to_the_guides_counts_from_each_page(plain: Path) -> None:
    for page, address in (("index.html", "./fr/"), ("sub/page/index.html", "../../fr/")):
        (link,) = [
            e
            for e in elements((plain / page).read_text(encoding="utf-8"), "a")
            if e.text == "Guides"
        ]
        assert link.attributes["href"] == address


def test_a_guide_leads_to_the_pages_of_mkdocs(guest: Path) -> None:
    links = elements((guest / GUIDE).read_text(encoding="utf-8"), "a", "md-header__link")
    assert [(e.text, e.attributes["href"]) for e in links] == [("Foreign", "../../../")]


def test_a_page_by_python_markdown_is_in_the_search_where_there_is_no_other(plain: Path) -> None:
    pytest.importorskip("pagefind_bin", reason="Pagefind has no program for this machine")
    assert "/sub/page/" in found_pages(plain / "pagefind")


def test_material_keeps_its_search(guest: Path) -> None:
    pytest.importorskip("pagefind_bin", reason="Pagefind has no program for this machine")
    assert "xylophone" in (guest / "search/search_index.json").read_text(encoding="utf-8")
    assert not (guest / "pagefind").exists()
    assert (guest / "fr/pagefind").is_dir()


@in_browser
def test_the_search_leads_to_a_page_by_python_markdown(
    page: Page, plain: Path, served: Callable[[Path], str]
) -> None:
    pytest.importorskip("pagefind_bin", reason="Pagefind has no program for this machine")
    page.goto(served(plain))
    page.keyboard.press("/")
    page.keyboard.type("xylophone")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page")


@in_browser
def test_search_and_instant_navigation_of_material_work_beside_guides(
    page: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    address = served(tmp_path / "site")
    settings = PLAIN["mkdocs.yml"].replace("[balise]", "[search, balise]")
    settings = settings.replace("font: false", "font: false, features: [navigation.instant]")
    settings += f"site_url: {address}\n"
    built(tmp_path, {**PLAIN, "mkdocs.yml": settings})
    page.goto(address, wait_until="networkidle")
    page.evaluate("window.stays = true")
    page.locator(".md-search__input").click()
    page.keyboard.type("xylophone")
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("#heading")).to_be_visible()
    assert page.evaluate("window.stays")
    page.get_by_role("link", name="Guides").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guides")
    assert not page.evaluate("window.stays")


def test_sitemaps_of_mkdocs_and_of_guides_stand_side_by_side(guest: Path) -> None:
    assert f"{SITE}sub/page/" in in_sitemap(guest / "sitemap.xml", "url")
    assert in_sitemap(guest / "sitemap-guides.xml", "sitemap") == [f"{SITE}fr/sitemap.xml"]


def test_what_a_plugin_writes_to_the_folder_of_the_site_is_in_the_site(guest: Path) -> None:
    assert (guest / "written.txt").read_text(encoding="utf-8") == "by a plugin"


def test_pages_may_be_files_and_the_address_of_the_site_unknown(tmp_path: Path) -> None:
    text = PLAIN["mkdocs.yml"] + "use_directory_urls: false\n"
    site = built(tmp_path, {**PLAIN, "mkdocs.yml": text}, "--strict")
    html = (site / "sub/page.html").read_text(encoding="utf-8")
    assert [e.attributes["href"] for e in elements(html, "a") if e.text == "Guides"] == ["../fr/"]
    assert (site / GUIDE).is_file()
    assert not list(site.glob("sitemap-*.xml"))


def test_pages_of_mkdocs_are_not_checked(tmp_path: Path) -> None:
    ran = build(tmp_path, {**PLAIN, "docs/index.md": "# Plain\n\n[](x)\n\n#### Deep\n"}, "--strict")
    assert ran.status == 0, ran.err


def test_templates_of_the_owner_are_for_pages_of_mkdocs(tmp_path: Path) -> None:
    text = PLAIN["mkdocs.yml"].replace("font: false", "font: false, custom_dir: own")
    own = {
        "own/main.html": '{% extends "base.html" %}{% block announce %}Hear!{% endblock %}'
        "{% block fonts %}{% endblock %}{% block scripts %}{% endblock %}",
        "own/partials/header.html": '<header class="md-header">Own</header>',
    }
    site = built(tmp_path, {**PLAIN, **own, "mkdocs.yml": text}, "--strict")
    page, guide = ((site / path).read_text(encoding="utf-8") for path in ("index.html", GUIDE))
    assert '<header class="md-header">Own' in page
    assert '<header class="md-header">Own' not in guide
    assert "Hear!" in guide
    assert 'id="__words"' in guide


# The theme, and who makes the pages


@pytest.mark.parametrize(
    "theme", ["name: readthedocs", "name: mkdocs", "name: null, custom_dir: own"]
)
def test_another_theme_is_one_clear_line(theme: str, tmp_path: Path) -> None:
    text = f"site_name: Plain\ntheme: {{{theme}}}\nplugins: [balise]\n"
    ran = build(tmp_path, {**PLAIN, "own/main.html": "", "mkdocs.yml": text}, "--quiet")
    assert ran.status == 1
    (line,) = [line for line in ran.err.splitlines() if line.startswith("ERROR")]
    assert "lacks the templates of Material for MkDocs" in line
    assert not (tmp_path / "site").exists()


def test_any_theme_will_do_without_guides(tmp_path: Path) -> None:
    text = "site_name: Plain\ntheme: {name: readthedocs}\nplugins: [balise]\n"
    site = built(tmp_path, {"docs/index.md": "# Plain\n", "mkdocs.yml": text}, "--strict")
    assert "Plain</h1>" in (site / "index.html").read_text(encoding="utf-8")


def test_nobody_else_makes_pages(tmp_path: Path) -> None:
    ran = build(tmp_path, with_option(PLAIN, "docs: python"))
    assert ran.status == 1
    assert "option 'docs': Expected one of: ('mkdocs', 'balise') but received: 'python'" in ran.err


def test_who_takes_over_pages_says_once_what_they_go_without(tmp_path: Path) -> None:
    ran = build(tmp_path, with_option(GUEST, "docs: balise, check: false"), "--strict")
    assert ran.status == 0, ran.err
    (line,) = [line for line in ran.err.splitlines() if "`docs: balise`" in line]
    assert line.startswith("INFO")
    assert "`admonition`" in line
    assert "`toc`" in line
    assert "`tables`" not in line
    assert "`hooks.py` (`on_page_markdown`)" in line
    html = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "!!! note" in article(html)


# Hooks of others and guides


def test_hooks_for_finished_pages_run_on_guides(guest: Path) -> None:
    html = (guest / GUIDE).read_text(encoding="utf-8")
    assert (
        "<!-- fr/emails/autre/|guides/web/mails/autre/guide.fr-fr.md|fr/emails/autre/index.html|Autre|"
        f"{SITE}fr/emails/autre/|False|Autre -->" in html
    )
    home = (guest / "fr/index.html").read_text(encoding="utf-8")
    assert "|True|Guides -->" in home


def test_what_guides_go_without_is_said_once(tmp_path: Path) -> None:
    ran = build(tmp_path, GUEST)
    (line,) = [line for line in ran.err.splitlines() if "guides are not made" in line]
    assert line.startswith("INFO")
    assert "`hooks.py` (`on_page_markdown`, `on_page_content`)" in line
    assert "`material/tags`" in line
    assert "search" not in line


def test_plugins_of_material_that_need_more_than_a_finished_page_are_no_hindrance(
    tmp_path: Path,
) -> None:
    privacy = "[{privacy: {assets: false}}, balise]"
    text = PLAIN["mkdocs.yml"].replace("[balise]", privacy)
    ran = build(tmp_path, {**PLAIN, "mkdocs.yml": text})
    assert ran.status == 0, ran.err
    (line,) = [line for line in ran.err.splitlines() if "guides are not made" in line]
    assert re.search(r"`material/privacy` \([^)]*`on_post_page`\)", line)


def test_guides_are_kept_as_long_as_hooks_are_the_same(tmp_path: Path) -> None:
    site = built(tmp_path, with_hook('return output + "<!-- one -->"'))
    before = (site / GUIDE).stat().st_mtime_ns
    built(tmp_path, {})
    assert (site / GUIDE).stat().st_mtime_ns == before
    # One of the same length, and of the same second, Python would take for the one it has compiled.
    built(tmp_path, with_hook('return output + "<!-- another -->"'))
    assert (site / GUIDE).read_text(encoding="utf-8").endswith("<!-- another -->")


def test_guides_are_made_anew_when_a_file_beside_a_hook_changes(tmp_path: Path) -> None:
    pages = with_hook("import words; return output + words.WORD")
    site = built(tmp_path, {**pages, "words.py": "WORD = 'one'\n"})
    built(tmp_path, {"words.py": "WORD = 'another'\n"})
    assert (site / GUIDE).read_text(encoding="utf-8").endswith("another")


def test_guides_are_made_anew_when_an_option_of_a_plugin_changes(tmp_path: Path) -> None:
    plugin = {
        "marking.py": "from mkdocs.config import config_options as c\n"
        "from mkdocs.plugins import BasePlugin\n\n\n"
        "class Marking(BasePlugin):\n"
        "    config_scheme = (('mark', c.Type(str)),)\n\n"
        "    def on_post_page(self, output, page, config):\n"
        "        return output + self.config['mark']\n",
        "marking-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: marking\nVersion: 1\n",
        "marking-1.dist-info/entry_points.txt": "[mkdocs.plugins]\nmarking = marking:Marking\n",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        for mark in ("one", "another"):
            text = PLAIN["mkdocs.yml"].replace("[balise]", f"[balise, marking: {{mark: {mark}}}]")
            site = built(tmp_path, {**PLAIN, **plugin, "mkdocs.yml": text})
            assert (site / GUIDE).read_text(encoding="utf-8").endswith(mark)


@pytest.mark.parametrize(
    ("body", "reason"), [("raise KeyError('a')", "KeyError: 'a'"), ("return ' '", "an empty page")]
)
def test_a_hook_that_fails_on_a_guide_is_one_clear_line(
    body: str, reason: str, tmp_path: Path
) -> None:
    guides_alone = f"if 'fr/' in page.url: {body}"
    ran = build(tmp_path, with_hook(guides_alone), "--quiet")
    assert ran.status == 1
    assert "Traceback" not in ran.err
    (line,) = [line for line in ran.err.splitlines() if line.startswith("ERROR")]
    assert "`on_post_page` of `hooks.py`" in line
    assert reason in line
    assert "skip_hooks: [hooks.py]" in line
    assert not (tmp_path / "site").exists()


def test_guides_can_be_spared(tmp_path: Path) -> None:
    pages = with_option(with_hook('return output + "<!-- hooked -->"'), "skip_hooks: [hooks.py]")
    site = built(tmp_path, pages)
    assert "hooked" in (site / "index.html").read_text(encoding="utf-8")
    assert "hooked" not in (site / GUIDE).read_text(encoding="utf-8")


def test_what_is_spared_must_be_there(tmp_path: Path) -> None:
    ran = build(tmp_path, with_option(with_hook("pass"), "skip_hooks: [hook.py]"), "--quiet")
    assert ran.status == 1
    assert "there is no plugin and no hook file `hook.py`; did you mean `hooks.py`?" in ran.err


def test_served_pages_are_those_of_mkdocs_and_guides_have_hooks(tmp_path: Path) -> None:
    with serving(write_pages(tmp_path, GUEST)) as served:
        assert "A zebrafish." in served.html("")
        assert "Signed." in served.html("sub/page/")
        assert "guide.fr-fr.md|fr/emails/autre/" in served.html("fr/emails/autre/")
