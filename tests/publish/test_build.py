"""The site that `mkdocs build` makes of a small collection: what readers get."""

import gzip
import json
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from tests.helpers.command import Ran, mkdocs, write_pages
from tests.helpers.elements import elements, ids
from tests.helpers.once import Once
from tests.helpers.platforms import MAKES_LINKS, with_links

MKDOCS = """
site_name: Trial
theme: {name: material, font: false}
plugins: [search, balise]
nav: [{Manual: [index.md, Other: other.md]}]
"""
PIXEL = "not really a picture"
GUIDE = """---
title: Configurer <b>le</b> "courriel"
slug: configurer
excerpt: Les réglages du "courriel", en bref
section: Débuter
order: 2
---

## Réglages

> [!warning]
>
> Attention au `port`{.action} et à [l'aide](https://example.com){.external}.

![un écran](images/menu.png){.thumbnail}

### Rappel

Voir [les réglages](#reglages), [plus bas](#rappel_1), [l'ancien](#reglages_partie_1_rappel) et
[l'autre](../autre/guide.fr-fr.md#debut).

## Rappel

|Ports|SSL activé|
|Entrant|993|

## Titre {#un-autre-id}

<script>document.title = "run"</script>
"""
OTHER = "---\ntitle: Autre\nslug: autre\nsection: Débuter\norder: 1\n---\n\n## Début\n\nTexte.\n"
HIDDEN = "---\ntitle: Caché\nslug: cache\nhidden: true\n---\n\nIntrouvable.\n"
BLOCKS = """---
title: Blocs
slug: blocs
---

> [!tabs]
> Windows
>> Premier.
> **macOS**<a name="macos"></a>
>> ```python hl_lines="1" title="a.py"
>> print("b")  # c
>> ```

> [!faq]
>
> Pourquoi ?
>> Parce que.

> [!api]
>
> @api {GET} /me/{id}

{!> commun/note.md !}

{!> commun/absent.md !}

{!> commun/fuite.md !}

{!> commun/fuite.txt !}

{!> web/mails/blocs/guide.fr-fr.md !}

Une note[^1].

[^1]: La *note*.
"""
PAGES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# The manual\n\nSee [the other](other.md#part).\n\n> [!hint]\n>\n> A hint.\n",
    "docs/other.md": "# Other\n\n## Part\n\nText.\n\n{!> fuite.txt !}\n\n{!> fuite.md !}\n",
    "guides/home.fr-fr.md": "---\ntitle: Guides\n---\n\nBienvenue.\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": (
        "---\ntitle: E-mails\nslug: emails\nsections: Débuter, Ensuite\n---\n"
    ),
    "guides/web/mails/config/guide.fr-fr.md": GUIDE,
    "guides/web/mails/config/images/menu.png": PIXEL,
    "guides/web/mails/config/images/unused.png": PIXEL,
    "guides/web/mails/autre/guide.fr-fr.md": OTHER,
    "guides/web/mails/cache/guide.fr-fr.md": HIDDEN,
    "guides/web/mails/blocs/guide.fr-fr.md": BLOCKS,
    "guides/commun/note.md": "Texte *commun*, voir [les réglages](../web/mails/config/guide.fr-fr.md).\n",
}


DIALECT = {**PAGES, "mkdocs.yml": MKDOCS.replace("balise]", "balise: {docs: balise}]")}
"""The same with pages of `docs` in the dialect."""


def build_trial(folder: Path, pages: dict[str, str] = PAGES) -> None:
    write_pages(folder, pages)
    for place in ("guides/commun", "docs") if MAKES_LINKS else ():
        for name in ("fuite.md", "fuite.txt"):
            (folder / place / name).symlink_to(folder / "mkdocs.yml")
    ran = mkdocs("build", "--quiet", cwd=folder)
    assert ran.status == 0, ran.err


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("trial", build_trial) / "site"


@pytest.fixture(scope="module")
def dialect(once: Once) -> Path:
    return once("dialect", lambda folder: build_trial(folder, DIALECT)) / "site"


@pytest.fixture(scope="module")
def guide(site: Path) -> str:
    return (site / "fr/emails/configurer/index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def blocks(site: Path) -> str:
    return article((site / "fr/emails/blocs/index.html").read_text(encoding="utf-8"))


def article(html: str) -> str:
    return html.partition("<article")[2].partition("</article>")[0]


def found_pages(bundle: Path) -> list[str]:
    """The addresses of the pages that a search index of Pagefind leads to."""
    fragments = (gzip.decompress(f.read_bytes()) for f in bundle.glob("fragment/*"))
    return [json.loads(text.removeprefix(b"pagefind_dcd"))["url"] for text in fragments]


def test_pages_stand_at_their_published_addresses(site: Path) -> None:
    for page in ("", "other/", "fr/", "fr/web/", "fr/emails/", "fr/emails/autre/"):
        assert (site / page / "index.html").is_file(), page


def test_a_callout_is_an_admonition_of_fitting_kind_with_a_title_in_its_language(
    guide: str,
) -> None:
    (callout,) = elements(guide, "div", "admonition")
    assert "warning" in callout.classes
    assert callout.text.startswith("Attention Attention au port")


def test_a_label_is_no_code(guide: str) -> None:
    (label,) = elements(guide, "span", "action")
    assert label.text == "port"


def test_a_thumbnail_is_a_link_to_the_picture(guide: str, site: Path) -> None:
    (link,) = elements(guide, "a", "lightbox")
    (image,) = elements(guide, "img", "thumbnail")
    assert link.attributes["href"] == image.attributes["src"]
    assert image.attributes["alt"] == "un écran"
    target = normpath(join("fr/emails/configurer", str(link.attributes["href"])))
    assert (site / target).read_text(encoding="utf-8") == PIXEL


def test_tabs_stand_in_their_order_each_below_its_title(blocks: str) -> None:
    first, second = elements(blocks, "section", "tab")
    assert first.text == "Windows Premier."
    assert second.text.startswith("macOS a.py")
    assert [e.text for e in elements(blocks, "p", "tab-title")] == ["Windows", "macOS"]
    assert not [e for e in elements(blocks) if "hidden" in e.attributes]
    assert not elements(blocks, "button")


def test_a_question_is_the_summary_of_its_answer(blocks: str) -> None:
    (entry,) = elements(blocks, "details", "faq-entry")
    assert [e.text for e in elements(blocks, "summary")] == ["Pourquoi ?"]
    assert entry.text == "Pourquoi ? Parce que."


def test_a_call_of_the_api_has_its_verb_its_path_and_a_link_to_the_console(blocks: str) -> None:
    (call,) = elements(blocks, "p", "api-call")
    (verb,) = elements(blocks, "span", "verb")
    (link,) = [e for e in elements(blocks, "a") if "console" in str(e.attributes.get("href"))]
    assert (verb.text, "/me/{id}" in call.text) == ("GET", True)
    assert "verb-get" in verb.classes
    assert str(link.attributes["href"]).startswith("https://eu.api.ovh.com/console/#/me/")
    assert link.text
    assert "noopener" in str(link.attributes["rel"])


def test_code_is_highlighted_with_its_title_and_its_marked_lines(blocks: str) -> None:
    (code,) = elements(blocks, "div", "highlight")
    assert "language-python" in code.classes
    assert code.text.startswith("a.py")
    assert 'print("b") # c' in code.text
    assert [e.text for e in elements(blocks, "span", "hll")] == ['print("b") # c']
    assert elements(blocks, "span", "c1")[0].text == "# c"


def test_an_included_page_is_printed_in_place_and_its_links_work(blocks: str) -> None:
    (common,) = [e for e in elements(blocks, "p") if e.text.startswith("Texte commun")]
    (link,) = [e for e in elements(blocks, "a") if e.text == "les réglages"]
    assert "p" not in common.inside
    assert link.attributes["href"] == "../configurer/"


def test_a_page_that_cannot_be_included_leaves_a_note_that_names_it(blocks: str) -> None:
    notes = elements(blocks, "p", "not-included")
    assert [note.text.rpartition(" ")[2] for note in notes] == [
        "commun/absent.md",
        "commun/fuite.md",
        "commun/fuite.txt",
        "web/mails/blocs/guide.fr-fr.md",
    ]
    assert all(len(note.text.split()) > 2 for note in notes)
    assert len(elements(blocks, "details", "faq-entry")) == 1


def test_the_manual_includes_no_file_from_outside_either(dialect: Path) -> None:
    html = article((dialect / "other/index.html").read_text(encoding="utf-8"))
    assert len(elements(html, "p", "not-included")) == 2
    assert "plugins" not in html


def test_footnotes_lead_to_their_note_and_back(blocks: str) -> None:
    (reference,) = [e for e in elements(blocks, "a") if str(e.attributes.get("id")) == "fnref1"]
    (note,) = elements(blocks, "li", "footnote-item")
    (back,) = elements(blocks, "a", "footnote-backref")
    assert reference.attributes["href"] == f"#{note.attributes['id']}"
    assert back.attributes["href"] == f"#{reference.attributes['id']}"
    assert note.text.startswith("La note.")


def test_a_picture_that_no_page_shows_is_not_published(site: Path) -> None:
    assert list(site.rglob("menu.png"))
    assert not list(site.rglob("unused.png"))


def test_a_link_to_another_site_is_marked_and_safe(guide: str) -> None:
    (link,) = [e for e in elements(guide, "a") if e.attributes["href"] == "https://example.com"]
    assert "external" in link.classes
    assert set(str(link.attributes["rel"]).split()) == {"external", "noopener", "noreferrer"}


def test_old_anchors_lead_to_their_heading(guide: str) -> None:
    hrefs = {e.text: e.attributes["href"] for e in elements(article(guide), "a")}
    assert hrefs["les réglages"] == "#reglages"
    assert hrefs["l'ancien"] == "#rappel"


def test_ids_of_the_old_renderer_are_live_anchors(site: Path) -> None:
    html = (site / "fr/emails/configurer/index.html").read_text(encoding="utf-8")
    assert {"reglages", "rappel", "rappel_1", "rappel_2", "un-autre-id"} <= set(ids(html))


def test_no_id_is_there_twice(site: Path) -> None:
    for page in site.rglob("index.html"):
        found = ids(article(page.read_text(encoding="utf-8")))
        assert len(found) == len(set(found)), page


def test_a_link_to_another_guide_leads_to_its_address(guide: str) -> None:
    hrefs = {e.text: e.attributes["href"] for e in elements(article(guide), "a")}
    assert hrefs["l'autre"] == "../autre/#debut"


def test_the_contents_list_every_heading(guide: str) -> None:
    contents = guide.partition("md-nav--secondary")[2].partition("</nav>")[0]
    titles = [
        e.text for e in elements(guide, "a", "md-nav__link") if "#" in str(e.attributes["href"])
    ]
    assert contents
    assert titles[-4:] == ["Réglages", "Rappel", "Rappel", "Titre"]


def test_the_excerpt_is_the_description_and_the_title_is_text(guide: str) -> None:
    (description,) = [
        e for e in elements(guide, "meta") if e.attributes.get("name") == "description"
    ]
    assert description.attributes["content"] == 'Les réglages du "courriel", en bref'
    assert elements(guide, "h1")[0].text == 'Configurer <b>le</b> "courriel"'
    assert elements(guide, "title")[0].text.startswith('Configurer <b>le</b> "courriel"')


def test_rows_without_a_separator_are_a_table(guide: str) -> None:
    assert [e.text for e in elements(guide, "th")] == ["Ports", "SSL activé"]


def test_the_page_speaks_its_language(guide: str) -> None:
    assert elements(guide, "html")[0].attributes["lang"] == "fr"


def test_guides_stand_in_the_navigation_by_their_order(site: Path) -> None:
    html = (site / "fr/emails/index.html").read_text(encoding="utf-8")
    titles = [e.text for e in elements(html, "a", "md-nav__link")]
    assert titles.index("Autre") < titles.index('Configurer <b>le</b> "courriel"')


def test_a_hidden_page_is_published_but_in_no_navigation_and_not_searched(site: Path) -> None:
    assert (site / "fr/emails/cache/index.html").is_file()
    html = (site / "fr/emails/index.html").read_text(encoding="utf-8")
    assert "Caché" not in html
    found = found_pages(site / "fr/pagefind")
    assert not [url for url in found if "cache" in url]
    assert [url for url in found if "emails/autre" in url]
    typed = gzip.decompress((site / "fr/pagefind/typing.pack").read_bytes()).decode()
    assert "emails/autre" in typed
    assert "cache" not in typed


def test_a_manual_in_the_dialect_is_rendered_by_the_same_parser(dialect: Path) -> None:
    html = (dialect / "index.html").read_text(encoding="utf-8")
    assert elements(html, "div", "admonition")[0].text == "Hint A hint."
    assert [e.text for e in elements(html, "h1")] == ["The manual#"]
    links = {e.text: e.attributes["href"] for e in elements(article(html), "a")}
    assert links["the other"] == "other/#part"


def test_no_page_asks_another_site_for_anything(site: Path) -> None:
    for page in site.rglob("*.html"):
        for element in elements(page.read_text(encoding="utf-8")):
            if element.tag in ("script", "img", "iframe") or "stylesheet" in str(
                element.attributes.get("rel")
            ):
                source = str(element.attributes.get("src") or element.attributes.get("href") or "")
                assert not urlsplit(source).netloc, f"{page}: {source}"


def build(folder: Path, pages: dict[str, str], *arguments: str) -> Ran:
    return mkdocs("build", *arguments, cwd=write_pages(folder, {**PAGES, **pages}))


def test_a_broken_anchor_fails_a_strict_build_with_its_place(tmp_path: Path) -> None:
    broken = OTHER + "\n[x](#nulle-part)\n"
    ran = build(tmp_path, {"guides/web/mails/autre/guide.fr-fr.md": broken}, "--strict")
    assert ran.status == 1
    assert "guides/web/mails/autre/guide.fr-fr.md:12:1: `#nulle-part` is not an anchor" in ran.err
    assert "Traceback" not in ran.err


def test_a_strict_build_that_is_quiet_fails_as_well_and_says_how_to_see_why(tmp_path: Path) -> None:
    broken = OTHER + "\n[x](#nulle-part)\n"
    ran = build(tmp_path, {"guides/web/mails/autre/guide.fr-fr.md": broken}, "--strict", "--quiet")
    assert ran.status == 1
    assert "findings, which a build without `--quiet` shows" in ran.err


def test_a_broken_anchor_is_a_warning_of_a_build_that_is_not_strict(tmp_path: Path) -> None:
    broken = OTHER + "\n[x](#nulle-part)\n"
    ran = build(tmp_path, {"guides/web/mails/autre/guide.fr-fr.md": broken})
    assert ran.status == 0
    assert "WARNING" in ran.err
    assert "guide.fr-fr.md:12:1" in ran.err


def test_a_finding_in_a_manual_in_the_dialect_is_a_warning_too(tmp_path: Path) -> None:
    ran = build(tmp_path, {**DIALECT, "docs/other.md": "# Other\n\n[x](#nowhere)\n"})
    assert "docs/other.md:3:1: `#nowhere` is not an anchor" in ran.err


@with_links
def test_unreadable_guides_do_not_stop_the_build(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, PAGES)
    (folder / "guides/web/mails/autre/guide.de-de.md").symlink_to("nowhere")
    (folder / "guides/web/mails/autre/guide.it-it.md").write_bytes(b"---\ntitle: \xff\n---\n")
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 0, ran.err
    assert "guide.de-de.md:1:1" in ran.err
    assert (folder / "site/fr/emails/autre/index.html").is_file()


def test_a_mistake_in_the_configuration_is_one_clear_line(tmp_path: Path) -> None:
    ran = build(tmp_path, {"balise.toml": "guide = 'x'\n"})
    assert ran.status == 1
    assert "there is no setting `guide`; did you mean `guides`?" in ran.err
    assert "Traceback" not in ran.err


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for key, value in attrs if key in ("href", "src") and value]


def test_the_project_itself_builds_strictly_with_the_worked_example(own_site: Path) -> None:
    assert (own_site / "fr/emails/configuration-windows-phone-mail-mutu/index.html").is_file()


def test_no_link_of_the_project_site_is_dead(own_site: Path) -> None:
    anchors: dict[str, set[str]] = {}
    for file in own_site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        names = {str(e.attributes.get("name")) for e in elements(html, "a")}
        anchors[file.relative_to(own_site).as_posix()] = names.union(ids(html))
    dead: list[str] = []
    for page in anchors:
        if page.endswith("404.html"):  # its links count from the server's root
            continue
        links = _Links()
        links.feed(article((own_site / page).read_text(encoding="utf-8")))
        for href in links.found:
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
            if parts.path.endswith("/") or target == ".":
                target = normpath(join(target, "index.html"))
            here = target in anchors or (own_site / target).is_file()
            fragment = unquote(parts.fragment)
            if not here or (fragment and fragment not in anchors.get(target, set())):
                dead.append(f"{page}: {href}")
    assert dead == []


def test_a_redirect_replaces_no_file_of_the_site(tmp_path: Path) -> None:
    sources = ("assets/balise/balise.js", ".htaccess", "_redirects", "404.html", "index.html")
    table = "".join(f"/{source} /fr/emails/autre/\n" for source in sources)
    plain, other = tmp_path / "plain", tmp_path / "other"
    assert build(plain, {}).status == 0
    assert build(other, {"guides/_redirects": table}).status == 0
    for name in sources:
        with_it, without = other / "site" / name, plain / "site" / name
        assert with_it.exists() == without.exists()
        if name != "_redirects" and without.exists():
            assert with_it.read_bytes() == without.read_bytes(), name


def test_a_site_is_made_without_unsafe_html_as_soon_as_it_is_to_be_safe(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, PAGES)
    assert mkdocs("build", "--quiet", cwd=folder).status == 0
    built = sorted(folder.rglob("configurer/index.html"))
    assert 'document.title = "run"' in built[0].read_text(encoding="utf-8")
    write_pages(folder, {"balise.toml": 'html = "safe"\n'})
    assert mkdocs("build", "--quiet", cwd=folder).status == 0
    assert 'document.title = "run"' not in built[0].read_text(encoding="utf-8")
