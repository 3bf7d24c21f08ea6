"""What `mkdocs build` publishes beside the pages themselves, and what it never does to a site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.helpers.built_files import copy_sources, files
from tests.helpers.command import Ran, balise, mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.helpers.platforms import on_posix, with_links
from tests.publish.test_build import PAGES

SITE = "https://docs.example.org/base/"
MKDOCS = PAGES["mkdocs.yml"] + f"site_url: {SITE}\n"
TRANSLATED = {
    **PAGES,
    "mkdocs.yml": MKDOCS,
    "guides/home.en-gb.md": "---\ntitle: Guides in English\n---\n",
    "guides/web/universe.en-gb.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.en-gb.md": "---\ntitle: Emails\nslug: emails\n---\n",
    "guides/web/mails/autre/guide.en-gb.md": "---\ntitle: Other\nslug: other\n---\n\nText.\n",
    "guides/web/mails/autre/guide.de-de.md": "---\ntitle: Anderes\nslug: anderes\n---\n\nText.\n",
}
OTHER = "fr/emails/autre/index.html"


def built(folder: Path, *options: str) -> Ran:
    ran = mkdocs("build", *options, cwd=folder)
    assert ran.status == 0, ran.err
    return ran


@pytest.fixture(scope="module")
def project(once: Once) -> Path:
    return once("translated", lambda folder: built(write_pages(folder, TRANSLATED)))


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return project / "site"


# Locales


def switcher(page: Path) -> dict[str, str]:
    """Where the switcher of languages leads to, by the language."""
    html = page.read_text(encoding="utf-8")
    start = html.index("<ul>", html.index('class="translations'))
    links = elements(html[start : html.index("</ul>", start)], "a")
    return {str(a.attributes["hreflang"]): str(a.attributes["href"]) for a in links}


def test_the_switcher_leads_to_the_same_guide_where_it_exists(site: Path) -> None:
    assert switcher(site / OTHER) == {
        "de": "../../../de/emails/anderes/",
        "en": "../../../gb/en/emails/other/",
        "fr": "../../../fr/emails/autre/",
    }
    assert list(switcher(site / "fr/emails/blocs/index.html")) == ["fr"]


def test_translations_are_told_to_search_engines(site: Path) -> None:
    html = (site / OTHER).read_text(encoding="utf-8")
    heads = [e.attributes for e in elements(html, "link")]
    alternates = {a["hreflang"]: a["href"] for a in heads if "hreflang" in a}
    assert alternates["fr-FR"] == f"{SITE}fr/emails/autre/"
    assert alternates["en-GB"] == alternates["x-default"] == f"{SITE}gb/en/emails/other/"
    assert "de-DE" in alternates
    (canonical,) = [a["href"] for a in heads if a.get("rel") == "canonical"]
    assert canonical == f"{SITE}fr/emails/autre/"


def test_the_interface_speaks_the_language_of_the_locale(site: Path) -> None:
    for page, language in ((OTHER, "fr"), ("gb/en/emails/other/index.html", "en")):
        html = (site / page).read_text(encoding="utf-8")
        assert elements(html, "html")[0].attributes["lang"] == language


def in_sitemap(file: Path, entry: str) -> list[str]:
    """The addresses in a sitemap, of its entries of a kind: `url` or `sitemap`."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ElementTree.parse(file)  # noqa: S314 - made by this test
    return [loc.text or "" for loc in tree.findall(f"{space}{entry}/{space}loc")]


def test_each_locale_has_a_sitemap_without_hidden_pages(site: Path) -> None:
    listed = in_sitemap(site / "sitemap-guides.xml", "sitemap")
    assert f"{SITE}fr/sitemap.xml" in listed
    assert f"{SITE}gb/en/sitemap.xml" in listed
    pages = [page for url in listed for page in in_sitemap(site / url.removeprefix(SITE), "url")]
    assert f"{SITE}fr/emails/autre/" in pages
    assert not [page for page in pages if "cache" in page or "404" in page]
    for page in pages:
        assert (site / page.removeprefix(SITE) / "index.html").is_file(), page


def test_pages_of_mkdocs_are_in_its_own_sitemap(site: Path) -> None:
    assert in_sitemap(site / "sitemap.xml", "url") == [SITE, f"{SITE}other/"]


def test_one_list_has_the_sitemaps_of_guides_and_of_a_manual_in_the_dialect(
    tmp_path: Path,
) -> None:
    text = MKDOCS.replace("balise]", "balise: {docs: balise}]")
    built(write_pages(tmp_path, {**TRANSLATED, "mkdocs.yml": text}))
    listed = in_sitemap(tmp_path / "site/sitemap.xml", "sitemap")
    assert {f"{SITE}fr/sitemap.xml", f"{SITE}sitemap-manual.xml"} < set(listed)
    assert f"{SITE}other/" in in_sitemap(tmp_path / "site/sitemap-manual.xml", "url")


def test_a_locale_has_a_page_for_addresses_that_lead_nowhere(site: Path) -> None:
    html = (site / "fr/404.html").read_text(encoding="utf-8")
    assert elements(html, "html")[0].attributes["lang"] == "fr"
    links = [str(e.attributes["href"]) for e in elements(html, "a") if "href" in e.attributes]
    assert all(link.startswith(("/base/", "#", "https://")) for link in links), links
    assert "/base/fr/" in links


def test_a_locale_without_a_home_gets_a_list_of_its_pages(site: Path) -> None:
    html = (site / "de/index.html").read_text(encoding="utf-8")
    assert "Anderes" in html


def test_one_locale_can_be_built_alone(tmp_path: Path) -> None:
    text = MKDOCS.replace("balise]", "balise: {locales: [en-gb]}]")
    folder = write_pages(tmp_path, {**TRANSLATED, "mkdocs.yml": text})
    built(folder)
    assert (folder / "site/gb/en/emails/other/index.html").is_file()
    assert not (folder / "site/fr").exists()
    html = (folder / "site/gb/en/emails/other/index.html").read_text(encoding="utf-8")
    assert 'hreflang="fr' not in html


def test_a_locale_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    text = MKDOCS.replace("balise]", "balise: {locales: [fr-fe]}]")
    folder = write_pages(tmp_path, {**TRANSLATED, "mkdocs.yml": text})
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 1
    assert "`fr-fe`; did you mean `fr-fr`" in ran.err
    assert "Traceback" not in ran.err


# Pages made from the tree


def test_a_product_lists_its_guides_by_section_and_order(site: Path) -> None:
    html = (site / "fr/emails/index.html").read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    assert article.index("Débuter") < article.index("Autre") < article.index("courriel")
    assert "Caché" not in article


def test_home_and_universe_show_what_is_below_them(site: Path) -> None:
    home = (site / "fr/index.html").read_text(encoding="utf-8")
    assert 'href="../fr/web/"' in home
    universe = (site / "fr/web/index.html").read_text(encoding="utf-8")
    assert 'href="../../fr/emails/"' in universe


def test_a_product_may_have_a_picture_of_its_own(tmp_path: Path) -> None:
    page = "---\ntitle: Emails\nslug: emails\nimg: Poste.svg\n---\n"
    folder = write_pages(tmp_path, {**TRANSLATED, "guides/web/mails/product.fr-fr.md": page})
    picture = folder / "guides/web/mails/images/poste.svg"
    picture.parent.mkdir()
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    built(folder)
    universe = (folder / "site/fr/web/index.html").read_text(encoding="utf-8")
    (shown,) = [e.attributes["src"] for e in elements(universe, "img")]
    assert (folder / "site/fr/web" / str(shown)).read_bytes() == picture.read_bytes()


def test_a_guide_has_breadcrumbs_related_guides_and_its_entry_marked(site: Path) -> None:
    html = (site / OTHER).read_text(encoding="utf-8")
    crumbs = html[html.index('class="breadcrumbs"') : html.index("<article")]
    assert [e.text for e in elements(crumbs, "a")] == ["Guides", "Web", "E-mails"]
    (related,) = elements(html, "section", "guide-related")
    assert "courriel" in related.text
    marked = [e.text for e in elements(html, "a") if e.attributes.get("aria-current") == "page"]
    assert marked == ["Autre"]


def test_a_hidden_guide_is_not_for_search_engines(site: Path) -> None:
    html = (site / "fr/emails/cache/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html


def test_the_last_change_is_that_of_the_last_commit(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    day = "2024-03-09T12:00:00+00:00"
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "x", "--date", day)):
        subprocess.run(
            ["git", *command],
            cwd=folder,
            check=True,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_COMMITTER_DATE": day},
        )
    built(folder)
    html = (folder / "site" / OTHER).read_text(encoding="utf-8")
    assert '<time datetime="2024-03-09">9 mars 2024</time>' in html


# The same sources, the same site


def test_two_builds_are_the_same_to_the_byte(project: Path, site: Path, tmp_path: Path) -> None:
    again = write_pages(tmp_path, TRANSLATED)
    built(again)
    assert files(again / "site") == files(site)


def test_one_process_makes_the_same_site_as_two(site: Path, tmp_path: Path) -> None:
    text = MKDOCS.replace("balise]", "balise: {processes: 1}]")
    folder = write_pages(tmp_path, {**TRANSLATED, "mkdocs.yml": text})
    built(folder)
    assert files(folder / "site") == files(site)


def test_a_build_after_a_check_is_as_one_without(site: Path, tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    assert balise("check", cwd=folder).status < 2
    built(folder)
    assert files(folder / "site") == files(site)


def test_a_changed_title_leaves_the_search_of_other_locales_alone(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    before = {p: p.stat().st_mtime_ns for p in (folder / "site").rglob("*") if p.is_file()}
    page = folder / "guides/web/mails/autre/guide.fr-fr.md"
    page.write_text(page.read_text("utf-8").replace("title: ", "title: Tout ", 1), "utf-8")
    built(folder)
    written = {p for p, time in before.items() if not p.exists() or p.stat().st_mtime_ns != time}
    locales = {p.relative_to(folder / "site").parts[0] for p in written if "pagefind" in p.parts}
    assert locales == {"fr"}
    assert folder / "site" / OTHER in written


def test_a_build_without_changes_touches_no_file(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    before = {p: p.stat().st_mtime_ns for p in (folder / "site").rglob("*") if p.is_file()}
    built(folder)
    after = {p: p.stat().st_mtime_ns for p in (folder / "site").rglob("*") if p.is_file()}
    assert after == before


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "guides/web/mails/autre/guide.fr-fr.md").write_text(PAGES["guides/web/mails/autre/guide.fr-fr.md"].replace("## Début", "## Commencer"), "utf-8"),
        lambda f: (f / "guides/web/mails/config/guide.fr-fr.md").unlink(),
        lambda f: (f / "guides/web/mails/config/images/menu.png").write_bytes(b"other"),
        lambda f: (f / "guides/web/mails/product.fr-fr.md").write_text("---\ntitle: Courrier\nslug: courrier\n---\n", "utf-8"),
        lambda f: (f / "mkdocs.yml").write_text(MKDOCS.replace("Trial", "Renamed"), "utf-8"),
        lambda f: (f / "mkdocs.yml").write_text(MKDOCS.replace("balise]", "balise: {untranslated: true}]"), "utf-8"),
        lambda f: write_pages(f, {"docs/fr/404.html": "<p>Nothing"}),
    ],
    ids=["text", "page removed", "picture", "front matter", "settings", "option", "file of the manual"],
)  # fmt: skip
def test_a_build_after_a_change_is_as_one_from_nothing(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    folder = write_pages(tmp_path / "kept", TRANSLATED)
    built(folder)
    change(folder)
    built(folder)
    built(copy_sources(folder, tmp_path / "new"))
    assert files(folder / "site") == files(tmp_path / "new/site")
    built(folder)
    assert files(folder / "site") == files(tmp_path / "new/site")


@pytest.mark.parametrize(
    "damage",
    [
        lambda site: (site / OTHER).unlink(),
        lambda site: (site / OTHER).write_text("spoilt", "utf-8"),
        shutil.rmtree,
    ],
    ids=["output removed", "output spoilt", "no site"],
)
def test_a_build_mends_what_happened_to_the_site(
    damage: Callable[[Path], object], site: Path, tmp_path: Path
) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    damage(folder / "site")
    built(folder)
    assert files(folder / "site") == files(site)


CODE = """---
title: Code
slug: code
---

> [!tabs]
> Python
>> ``` python{blanks}
>> # before
>> {!> commun/redis !}{blanks}
>> ```
>
> Others
>> ```
>> {!> commun/absent !}
>> {!> commun/leak !}
>> {!> ../mkdocs.yml !}
>> ```
""".replace("{blanks}", "     ")


def code_on(folder: Path) -> list[str]:
    """The blocks of code of the page `CODE`."""
    html = (folder / "site/fr/emails/code/index.html").read_text(encoding="utf-8")
    return [code.text for code in elements(html, "div", "highlight")]


def test_code_from_a_file_is_on_the_page_and_changes_with_it(tmp_path: Path) -> None:
    pages = {
        "guides/web/mails/code/guide.fr-fr.md": CODE,
        "guides/commun/redis": "import redis\n\nif 1 < 2:\n    pass\n",
    }
    folder = write_pages(tmp_path, {**TRANSLATED, **pages})
    built(folder)
    assert code_on(folder)[0] == "# before import redis if 1 < 2: pass"
    write_pages(folder, {"guides/commun/redis": "import valkey\n"})
    built(folder)
    assert code_on(folder)[0] == "# before import valkey"


@with_links
def test_code_that_is_not_there_or_outside_of_the_guides_stays_as_written(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "guides/web/mails/code/guide.fr-fr.md": CODE})
    (folder / "guides/commun/leak").symlink_to(folder / "mkdocs.yml")
    built(folder)
    assert code_on(folder)[1] == ("{!> commun/absent !} {!> commun/leak !} {!> ../mkdocs.yml !}")


# What never happens to a site


def test_findings_stop_a_strict_build_and_leave_the_last_site(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    before = files(folder / "site")
    guide = folder / "guides/web/mails/autre/guide.fr-fr.md"
    guide.write_text(guide.read_text("utf-8") + "\n[x](#nowhere)\n", "utf-8")
    ran = mkdocs("build", "--strict", cwd=folder)
    assert ran.status == 1
    assert "unresolved-anchor" in ran.err
    assert files(folder / "site") == before
    assert not list(folder.glob(".site*"))


def test_a_baseline_counts_for_strict_builds_too(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "balise.toml": ""})
    assert mkdocs("build", "--strict", cwd=folder).status == 1
    subprocess.run(
        [sys.executable, "-m", "balise.cli", "baseline", "guides", "docs"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    assert mkdocs("build", "--strict", cwd=folder).status == 0


@pytest.mark.parametrize("where", ["guides/site", "guides", "."])
def test_a_site_among_its_sources_is_refused(where: str, tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "mkdocs.yml": f"{MKDOCS}site_dir: {where}\n"})
    before = files(folder)
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert "site_dir" in ran.err
    assert files(folder) == before


@on_posix
@pytest.mark.parametrize(
    ("size", "what"),
    [
        pytest.param(2_000_000, "menu.png", id="for a picture of the guides"),
        pytest.param(50_000, "/assets/", id="for a file that MkDocs itself copies"),
    ],
)
def test_a_full_disk_leaves_the_last_site(tmp_path: Path, size: int, what: str) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    before = files(folder / "site")
    picture = folder / "guides/web/mails/config/images/menu.png"
    picture.write_bytes(b"x" * 3_000_000)

    def little() -> None:
        import resource  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=folder, capture_output=True, text=True, preexec_fn=little, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = (line for line in done.stderr.splitlines() if "file too large" in line)
    assert "the last site is still there" in line
    assert what in line
    assert files(folder / "site") == before


def test_hidden_files_of_the_site_are_left_alone(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "site/.git": "gitdir: x", "site/old.html": "old"})
    built(folder)
    assert (folder / "site/.git").read_text() == "gitdir: x"
    assert not (folder / "site/old.html").exists()


def test_two_guides_at_one_address_are_a_finding_and_one_page(tmp_path: Path) -> None:
    twin = {"guides/web/mails/zwei/guide.fr-fr.md": "---\ntitle: Zwei\nslug: autre\n---\n\nDeux.\n"}
    folder = write_pages(tmp_path, {**TRANSLATED, **twin})
    ran = built(folder)
    assert "duplicate-url" in ran.err
    assert "Texte." in (folder / "site" / OTHER).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["deux mots", "été", "100%", "a#b", "q?x", "a&b", "guillemet'"])
def test_names_of_folders_and_pictures_may_be_unusual(name: str, tmp_path: Path) -> None:
    folder = write_pages(
        tmp_path,
        {
            **TRANSLATED,
            f"guides/web/mails/{name}/guide.fr-fr.md": f"---\ntitle: X\n---\n\n![x](<images/{name.replace('%', '%25').replace('#', '%23').replace('?', '%3F')}.png>)\n",
            f"guides/web/mails/{name}/images/{name}.png": "x",
        },
    )
    built(folder)
    page = folder / f"site/fr/web/mails/{name}/index.html"
    html = page.read_text(encoding="utf-8")
    from tests.helpers.site_links import dead_links

    assert [link for link in dead_links(folder / "site") if name in link.page] == []
    assert "<img" in html
    assert (folder / f"site/guides/web/mails/{name}/images/{name}.png").is_file()


def test_a_title_of_two_thousand_characters_is_a_title(tmp_path: Path) -> None:
    title = "mot " * 500
    page = {"guides/web/mails/long/guide.fr-fr.md": f"---\ntitle: {title}\nslug: long\n---\n\nX\n"}
    folder = write_pages(tmp_path, {**TRANSLATED, **page})
    built(folder)
    html = (folder / "site/fr/emails/long/index.html").read_text(encoding="utf-8")
    assert title.strip() in html


def test_a_repository_in_the_folder_of_the_site_is_left_whole(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "site/old.html": "old"})
    subprocess.run(["git", "init", "-q"], cwd=folder / "site", check=True)
    before = {p.relative_to(folder) for p in (folder / "site/.git").rglob("*")}
    built(folder)
    assert {p.relative_to(folder) for p in (folder / "site/.git").rglob("*")} == before


def test_a_second_build_of_the_same_site_waits_its_turn(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    before = files(folder / "site")
    write_pages(folder, {".site.building/.process": str(os.getpid())})
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 1
    assert f"another build of this site is under way (process {os.getpid()})" in ran.err
    assert files(folder / "site") == before
    assert (folder / ".site.building/.process").exists()
    write_pages(folder, {".site.building/.process": "999999999"})  # of one that was killed
    built(folder)
    assert not list(folder.glob(".site*"))


def test_guides_that_lie_elsewhere_are_never_a_site(tmp_path: Path) -> None:
    pages = {name.removeprefix("guides/"): t for name, t in TRANSLATED.items() if "guides/" in name}
    write_pages(tmp_path / "elsewhere", pages)
    folder = write_pages(
        tmp_path / "project",
        {
            "docs/index.md": "# X\n",
            "balise.toml": 'guides = "../elsewhere"\n',
            "mkdocs.yml": f"{MKDOCS}site_dir: ../elsewhere\n".replace("index.md, Other: other.md", "index.md"),
        },
    )  # fmt: skip
    before = files(tmp_path)
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 1
    assert "site_dir" in ran.err
    assert files(tmp_path) == before


@with_links
def test_a_page_that_leads_out_of_the_collection_is_told_and_not_published(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "secret.md": "---\nslug: a\n---\n\nPassword.\n"})
    outwards, inwards = folder / "guides/web/mails/out", folder / "guides/web/in"
    for place, to in ((outwards, folder / "secret.md"), (inwards, "../mails/autre/guide.fr-fr.md")):
        place.mkdir()
        (place / "guide.fr-fr.md").symlink_to(to)
    for _ in range(2):
        ran = built(folder)
        assert "out/guide.fr-fr.md:1:1: the page cannot be read: it is a symbolic link" in ran.err
        assert not [name for name, data in files(folder / "site").items() if b"Password" in data]
        assert (folder / "site/fr/autre/index.html").is_file()


def test_where_manual_and_guides_meet_the_guide_is_published_every_time(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "docs/fr/index.md": "# The manual in French\n"})
    for _ in range(3):
        ran = built(folder)
        assert "guides/home.fr-fr.md: the manual has a page at `fr/` as well" in ran.err
        assert "Bienvenue" in (folder / "site/fr/index.html").read_text(encoding="utf-8")


def test_where_they_meet_the_search_finds_what_the_guide_says(tmp_path: Path) -> None:
    other = "guides/web/mails/autre/guide.fr-fr.md"
    old = {**TRANSLATED, "docs/fr/index.md": "# The manual in French\n"}
    new = {**old, other: old[other] + "\nAutres mots.\n"}
    folder = write_pages(tmp_path / "kept", old)
    built(folder)
    built(write_pages(folder, {other: new[other]}))
    anew = write_pages(tmp_path / "anew", new)
    built(anew)
    assert files(folder / "site/fr/pagefind") == files(anew / "site/fr/pagefind")


def test_a_hidden_translation_is_told_to_nobody(tmp_path: Path) -> None:
    other = "guides/web/mails/autre/guide.en-gb.md"
    hidden = TRANSLATED[other].replace("slug:", "hidden: true\nslug:")
    folder = write_pages(tmp_path, {**TRANSLATED, other: hidden})
    built(folder)
    assert (folder / "site/gb/en/emails/other/index.html").is_file()
    for file in (OTHER, "fr/sitemap.xml", "gb/en/sitemap.xml"):
        assert "emails/other/" not in (folder / "site" / file).read_text(encoding="utf-8")


@with_links
def test_a_page_that_cannot_be_read_is_in_no_list(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    (folder / "guides/web/mails/perdu").mkdir()
    (folder / "guides/web/mails/perdu/guide.fr-fr.md").symlink_to("nowhere")
    built(folder)
    assert "perdu" not in (folder / "site/fr/emails/index.html").read_text(encoding="utf-8")


def test_an_address_that_no_file_can_have_leaves_out_its_page_alone(tmp_path: Path) -> None:
    page = {"guides/web/mails/long/guide.fr-fr.md": f"---\ntitle: L\nslug: {'x' * 300}\n---\n\nX\n"}
    lost = {"guides/_redirects": f"/fr/{'y' * 300}/ /fr/emails/autre/\n/{OTHER}/x/ /fr/\n"}
    folder = write_pages(tmp_path, {**TRANSLATED, **page, **lost})
    ran = built(folder)
    assert "guides/web/mails/long/guide.fr-fr.md:3:7: no page can have this address" in ran.err
    assert (folder / "site" / OTHER).is_file()
    assert "y" * 300 in (folder / "site/redirects.map").read_text(encoding="utf-8")


def test_addresses_are_encoded_where_programs_read_them(tmp_path: Path) -> None:
    page = {"guides/web/mails/odd/guide.fr-fr.md": "---\ntitle: X\nslug: café 1%\n---\n\nX\n"}
    settings = f"{MKDOCS}repo_url: https://example.org/x\nedit_uri: edit/main/docs/\n"
    folder = write_pages(tmp_path, {**TRANSLATED, **page, "mkdocs.yml": settings})
    built(folder)
    url = f"{SITE}fr/emails/caf%C3%A9%201%25/"
    html = (folder / "site/fr/emails/café 1%/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{url}">' in html
    assert f"<loc>{url}</loc>" in (folder / "site/fr/sitemap.xml").read_text(encoding="utf-8")
    assert 'href="https://example.org/x/edit/main/guides/web/mails/odd/guide.fr-fr.md"' in html


def test_a_build_says_nothing_of_the_program_for_search_where_it_is_there(tmp_path: Path) -> None:
    assert "pagefind" not in built(write_pages(tmp_path, TRANSLATED)).err


def test_the_day_that_a_page_gives_itself_is_on_it_and_in_the_sitemap(tmp_path: Path) -> None:
    other = "guides/web/mails/autre/guide.fr-fr.md"
    text = TRANSLATED[other].replace("slug:", "updated: 2026-01-02\nslug:")
    folder = write_pages(tmp_path, {**TRANSLATED, other: text})
    built(folder)
    sitemap = (folder / "site/fr/sitemap.xml").read_text(encoding="utf-8")
    assert "emails/autre/</loc><lastmod>2026-01-02</lastmod>" in sitemap
    html = (folder / "site" / OTHER).read_text(encoding="utf-8")
    assert '<time datetime="2026-01-02">2 janvier 2026</time>' in html


def test_a_site_that_was_built_on_another_machine_is_kept(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, TRANSLATED)
    built(folder)
    spoilt = folder / "site" / OTHER
    stat = spoilt.stat()
    for file in (*(folder / "guides").rglob("*"), *(folder / "site").rglob("*")):
        os.utime(file)  # as in a fresh checkout, with a site out of an archive
    spoilt.write_bytes(b"x" * stat.st_size)  # not made anew, if it is taken for what was made
    os.utime(spoilt, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    times = {p: p.stat().st_mtime_ns for p in (folder / "site/fr").rglob("*.html")}
    built(folder)
    assert spoilt.read_bytes() == b"x" * stat.st_size
    assert {p: p.stat().st_mtime_ns for p in (folder / "site/fr").rglob("*.html")} == times


def test_strict_builds_heed_what_mkdocs_itself_warns_of(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**TRANSLATED, "balise.toml": ""})
    built(folder)
    subprocess.run(
        [sys.executable, "-m", "balise.cli", "baseline", "guides", "docs"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    before = files(folder / "site")
    text = MKDOCS.replace("other.md", "nowhere.md")
    write_pages(folder, {"mkdocs.yml": text, "docs/index.md": "# New\n"})
    ran = mkdocs("build", "--strict", cwd=folder)
    assert ran.status == 1
    assert files(folder / "site") == before


def test_old_addresses_in_locales_that_are_not_published_are_left_out(tmp_path: Path) -> None:
    text = MKDOCS.replace("balise]", "balise: {locales: fr-fr}]")
    moved = {
        "guides/_redirects": "/gb/en/old/ /gb/en/emails/other/\n/fr/vieux/ /fr/emails/autre/\n"
    }
    folder = write_pages(tmp_path, {**TRANSLATED, **moved, "mkdocs.yml": text})
    built(folder)
    assert (folder / "site/fr/vieux/index.html").is_file()
    assert not (folder / "site/gb").exists()
    assert "gb/en/old" not in (folder / "site/_redirects").read_text(encoding="utf-8")
