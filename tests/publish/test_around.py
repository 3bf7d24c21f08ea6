"""What stands around a guide: its date, its neighbours, what search engines and networks are told of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from balise.publish.problem_report import form_of_repository
from tests.helpers.browsing import in_browser
from tests.helpers.built_files import copy_sources
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.helpers.repositories import git

SITE = "https://help.example.org/"
MKDOCS = f"""\
site_name: Brindle
site_url: {SITE}
repo_url: https://github.com/brindle/guides
theme: {{name: material, font: false}}
plugins: [{{balise: {{search: false}}}}]
"""
HOSTILE = "</script><script>alert(1)</script> & more"
SENTENCE = "Ce guide explique comment créer une adresse."
LONG = (
    "Une adresse se crée en quelques minutes depuis votre espace client, sans aucune connaissance "
    * 3
)
DATED = {
    "fr-fr": "**Dernière mise à jour le 29/06/2018**",
    "de-de": "**Stand 05.11.2018**",
    "en-gb": "**Last updated 3rd January, 2019**",
    "fi-fi": "Päivitetty 9.1.2018",
    "pl-pl": "**Ostatnia aktualizacja z dn. 2018-01-03 r.**",
    "es-es": "*Última actualización: 5 de marzo de 2018*",
}
UNDATED = {
    "fr-ca": "Ce guide vaut pour Outlook 2010.",
    "en-ca": "The offer of 2017-01-03 has ended, and was replaced by another one on 2018-01-03.",
    "nl-nl": "Versie 2.4.2019 of later is nodig om deze handleiding tot het einde te kunnen volgen.",
}
FAQ = f"""---
title: "Questions {HOSTILE}"
slug: questions
order: 3
---

> [!faq]
>
> Combien d'adresses ?
>> Cinq, ou plus :
>>
>> - avec `Pro`{{.action}}
>>
>> | Offre | Adresses |
>> |---|---|
>> | Start | 5 |
>
> Et après ?
>> Rien <b>d'autre</b>.
"""
PRODUCT = "---\ntitle: E-mails\nslug: emails\nsections: Débuter, Ensuite\n---\n"


def guide(title: str, text: str, **front: object) -> str:
    slug = re.sub(r"[^a-z]+", "-", title.lower())
    more = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\nslug: {slug}\n{more}---\n\n{text}\n"


PAGES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# Manual\n",
    "guides/home.fr-fr.md": "---\ntitle: Guides\n---\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": PRODUCT,
    "guides/web/mails/a/guide.fr-fr.md": guide(
        "Dernier",
        f"{DATED['fr-fr']}\n\n## Objectif\n\n{SENTENCE} {LONG}",
        section="Ensuite",
        order=2,
    ),
    "guides/web/mails/b/guide.fr-fr.md": guide("Premier", LONG, section="Débuter", order=2),
    "guides/web/mails/b/guide.en-asia.md": guide("First", "Text."),
    "guides/web/mails/c/guide.fr-fr.md": guide(
        "Milieu", "Texte.", section="Ensuite", order=1, excerpt="Le milieu"
    ),
    "guides/web/mails/d/guide.fr-fr.md": FAQ,
    "guides/web/mails/e/guide.fr-fr.md": guide("Caché", "Texte.", hidden="true"),
    **{
        f"guides/web/dates/guide.{locale}.md": guide("Dates", f"{line}\n\n## A\n\nText.")
        for locale, line in (DATED | UNDATED).items()
    },
}


def build(folder: Path, pages: dict[str, str] = PAGES, history: bool = True) -> Path:
    """The site of these pages, from a repository where there is to be one."""
    write_pages(folder, pages)
    if history:
        git(folder, "init", "--quiet")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "A")
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 0, ran.err
    return folder / "site"


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("around", build) / "site"


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def metas(page: str) -> dict[str, str]:
    """The contents of the `meta` elements of a page by their names."""
    found = (element.attributes for element in elements(page, "meta"))
    return {str(a.get("property") or a.get("name")): str(a.get("content")) for a in found}


def data(page: str) -> dict[str, dict[str, Any]]:
    """What a page tells as JSON-LD, by type."""
    scripts = [
        e for e in elements(page, "script") if e.attributes.get("type") == "application/ld+json"
    ]
    graph = [item for e in scripts for item in json.loads("".join(e.parts))["@graph"]]
    return {item["@type"]: item for item in graph}


def report(page: str) -> str:
    """Where a page leads to for a report of a problem."""
    return next(
        str(e.attributes["href"]) for e in elements(page, "a") if "data-page" in e.attributes
    )


def neighbours(page: str) -> list[str]:
    links = (
        e.attributes for e in elements(page, "a") if e.attributes.get("rel") in ("prev", "next")
    )
    return [f"{a['rel']} {str(a['href']).rstrip('/').rpartition('/')[2]}" for a in links]


def test_guides_follow_each_other_across_sections_in_the_order_of_their_product(site: Path) -> None:
    assert neighbours(html(site, "fr/emails/questions")) == ["prev dates", "next premier"]
    assert neighbours(html(site, "fr/emails/premier")) == ["prev questions", "next milieu"]
    assert neighbours(html(site, "fr/emails/milieu")) == ["prev premier", "next dernier"]
    assert neighbours(html(site, "fr/emails/cach-")) == []


@pytest.mark.parametrize("locale", [*DATED, *UNDATED])
def test_a_page_shows_the_date_of_its_text_or_that_of_git_and_never_both(
    site: Path, locale: str
) -> None:
    language, zone = locale.split("-")
    prefix = zone if zone == language else f"{zone}/{language}"
    page = html(site, f"{prefix}/dates")
    assert len(elements(page, "time")) == (locale in UNDATED)


def test_the_description_is_the_excerpt_or_the_first_sentences_without_a_date(site: Path) -> None:
    assert metas(html(site, "fr/emails/milieu"))["description"] == "Le milieu"
    assert metas(html(site, "fr/emails/dernier"))["description"] == SENTENCE


def test_a_long_sentence_is_cut_behind_a_word(site: Path) -> None:
    told = metas(html(site, "fr/emails/premier"))["description"]
    assert 100 < len(told) <= 160
    assert told.endswith("…")
    assert LONG.startswith(told[:-1])
    assert LONG[len(told) - 1] == " "


def test_a_page_without_a_text_is_described_by_what_it_offers(site: Path) -> None:
    told = metas(html(site, "fr/emails"))["description"]
    assert told.startswith("Questions </script>")
    assert told.endswith("Premier, Milieu, Dernier")


def test_networks_are_told_title_description_address_and_locales(site: Path) -> None:
    told = metas(html(site, "fr/emails/premier"))
    assert told["og:title"] == told["twitter:title"] == "Premier"
    assert told["og:description"] == told["twitter:description"] == told["description"]
    assert told["og:url"] == f"{SITE}fr/emails/premier/"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("fr_FR", "en")
    assert (told["og:type"], told["twitter:card"]) == ("article", "summary")
    assert metas(html(site, "fr/emails"))["og:type"] == "website"


def test_search_engines_are_told_where_a_guide_stands_and_what_it_is(site: Path) -> None:
    told = data(html(site, "fr/emails/milieu"))
    items = told["BreadcrumbList"]["itemListElement"]
    assert [(i["position"], i["name"], i["item"]) for i in items] == [
        (1, "Guides", f"{SITE}fr/"),
        (2, "Web", f"{SITE}fr/web/"),
        (3, "E-mails", f"{SITE}fr/emails/"),
        (4, "Milieu", f"{SITE}fr/emails/milieu/"),
    ]
    article = told["TechArticle"]
    assert article["headline"] == "Milieu"
    assert (article["inLanguage"], article["description"]) == ("fr-FR", "Le milieu")
    assert list(data(html(site, "fr/emails"))) == ["BreadcrumbList"]
    assert data(html(site, "fr")) == {}


def test_questions_and_answers_are_told_as_text(site: Path) -> None:
    first, second = data(html(site, "fr/emails/questions"))["FAQPage"]["mainEntity"]
    assert first["name"] == "Combien d'adresses ?"
    lines = ["Cinq, ou plus :", "avec Pro", "Offre | Adresses", "Start | 5"]
    assert first["acceptedAnswer"]["text"].splitlines() == lines
    assert (second["name"], second["acceptedAnswer"]["text"]) == ("Et après ?", "Rien d'autre.")


def test_a_title_cannot_end_the_script_that_tells_it(site: Path) -> None:
    page = html(site, "fr/emails/questions")
    assert "<script>alert" not in page
    assert data(page)["TechArticle"]["headline"] == f"Questions {HOSTILE}"
    assert len(elements(page, "script")) == len(elements(html(site, "fr/emails/milieu"), "script"))


def test_search_engines_are_told_nothing_of_a_hidden_guide(site: Path) -> None:
    assert data(html(site, "fr/emails/cach-")) == {}


def test_what_needs_an_address_of_the_site_is_left_out_without_one(tmp_path: Path) -> None:
    pages = {**PAGES, "mkdocs.yml": MKDOCS.replace(f"site_url: {SITE}\n", "")}
    built = build(tmp_path, pages, history=False)
    page = html(built, "fr/emails/milieu")
    assert data(page) == {}
    assert "og:url" not in metas(page)
    assert metas(page)["og:title"] == "Milieu"


# Feedback and reports


def asked(page: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(report(page)).query).items()}


def test_a_report_has_the_page_its_file_and_its_commit(site: Path) -> None:
    page = html(site, "fr/emails/milieu")
    assert report(page).startswith("https://github.com/brindle/guides/issues/new?")
    commit = git(site.parent, "rev-parse", "HEAD")[:12]
    path = "guides/web/mails/c/guide.fr-fr.md"
    assert asked(page) == {
        "title": "Milieu",
        "body": f"\n\n---\n{SITE}fr/emails/milieu/\n`{path}` @ {commit}\n",
    }


@pytest.mark.parametrize(
    ("repository", "form"),
    [
        (
            "https://gitlab.com/a/b/",
            "https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D={title}&",
        ),
        ("https://gitlab.a.org/b.git", "https://gitlab.a.org/b/-/issues/new?"),
        ("https://github.com/a/b", "https://github.com/a/b/issues/new?title={title}&body={body}"),
        ("https://git.example.org/github/b", ""),
        ("", ""),
    ],
)
def test_problems_are_reported_where_the_host_of_a_repository_is_known(
    repository: str, form: str
) -> None:
    found = form_of_repository(repository)
    assert found.startswith(form) if form else not found


@pytest.mark.parametrize(
    ("option", "start"),
    [
        (
            "'mailto:a@example.org?subject={title}&body={path}'",
            "mailto:a@example.org?subject=Milieu&body=guides%2Fweb",
        ),
        ("false", ""),
    ],
)
def test_the_owner_says_where_problems_are_reported(
    option: str, start: str, tmp_path: Path
) -> None:
    text = MKDOCS.replace("search: false", f"search: false, report: {option}")
    page = html(build(tmp_path, {**PAGES, "mkdocs.yml": text}, history=False), "fr/emails/milieu")
    links = [e for e in elements(page, "a") if "data-page" in e.attributes]
    assert [str(e.attributes["href"])[: len(start)] for e in links] == [start] * bool(start)


@pytest.mark.parametrize(
    ("form", "said"),
    [("https://a.org/{titel}", "did you mean `title`"), ("a.org", "`a.org` is no address")],
)
def test_a_slip_in_where_problems_are_reported_is_one_clear_line(
    form: str, said: str, tmp_path: Path
) -> None:
    text = MKDOCS.replace("search: false", f"report: '{form}'")
    ran = mkdocs("build", cwd=write_pages(tmp_path, {**PAGES, "mkdocs.yml": text}))
    assert ran.status == 1
    assert said in ran.err
    assert "Traceback" not in ran.err


ANALYTICS = """\
<script>
document.addEventListener("DOMContentLoaded", () => {
  const form = document.forms.feedback;
  form.hidden = false;
  form.addEventListener("submit", event => {
    event.preventDefault();
    form.firstElementChild.disabled = true;
    document.title = `answered ${event.submitter.dataset.mdValue}`;
    form.querySelector(`.md-feedback__note [data-md-value="${event.submitter.dataset.mdValue}"]`).hidden = false;
  });
});
</script>
"""
CHOSEN = {
    **PAGES,
    "mkdocs.yml": MKDOCS.replace("search: false", "search: false, contributors: true").replace(
        "font: false}", "font: false, custom_dir: over}"
    )
    + "extra: {analytics: {provider: ours, feedback: true}}\n",
    "over/partials/integrations/analytics/ours.html": ANALYTICS,
}
OWN_TEXTS = """\
extra:
  analytics:
    provider: ours
    feedback:
      title: Useful?
      ratings:
        - {icon: material/heart, name: Very, data: 5, note: "Tell us about <b>{title}</b> at {url}"}
"""


def commit_as(folder: Path, author: str, path: str, text: str) -> None:
    (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x", f"--author={author} <a@example.org>")


@pytest.fixture(scope="module")
def chosen(once: Once) -> Path:
    """A site with all that is by choice, by several authors, whose guide was moved."""

    def fill(folder: Path) -> None:
        build(folder, CHOSEN)
        old, new = "guides/web/mails/c/guide.fr-fr.md", "guides/web/mails/z/guide.fr-fr.md"
        text = (folder / old).read_text("utf-8") + "\n## Fin\n\nTexte.\n" * 20
        commit_as(folder, "Zoë & co", old, text)
        commit_as(folder, "Bob", old, f"{text}.")
        commit_as(folder, "Bob", old, f"{text}..")
        commit_as(folder, "renovate[bot]", old, f"{text}...")
        build(folder, {}, history=False)
        (folder / new).parent.mkdir()
        git(folder, "mv", old, new)
        commit_as(folder, "Bob", new, f"{text}....")
        build(folder, {}, history=False)

    return once("around-chosen", fill) / "site"


def test_a_guide_names_who_wrote_it_where_it_was_moved_too(chosen: Path) -> None:
    page = html(chosen, "fr/emails/milieu")
    (told,) = elements(page, "p", "guide-contributors")
    assert told.text == "Contributeurs : Bob, Ada, Zoë & co"


def test_who_wrote_a_guide_is_the_same_without_what_was_kept(chosen: Path, tmp_path: Path) -> None:
    again = copy_sources(chosen.parent, tmp_path / "again")
    built = build(again, {}, history=False)
    assert html(built, "fr/emails/milieu") == html(chosen, "fr/emails/milieu")


def test_nobody_is_named_unless_that_is_chosen(site: Path) -> None:
    assert "guide-contributors" not in html(site, "fr/emails/milieu")


@in_browser
def test_a_reader_answers_whether_a_guide_helped_in_its_language(
    page: Page, chosen: Path, served: Callable[[Path], str]
) -> None:
    page.goto(f"{served(chosen)}fr/emails/milieu/")
    form = page.get_by_role("group", name="Cette page vous a-t-elle été utile ?")
    expect(form.get_by_role("button")).to_have_count(2)
    form.get_by_role("button", name="Cette page m’a été utile").click()
    expect(page).to_have_title("answered 1")
    expect(page.get_by_text("Merci de votre réponse").first).to_be_visible()


@in_browser
def test_a_report_names_the_section_that_is_read(
    page: Page, chosen: Path, served: Callable[[Path], str]
) -> None:
    page.goto(f"{served(chosen)}fr/emails/milieu/#fin_2")
    link = page.get_by_role("link", name="Signaler un problème")
    link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    for _ in range(2):
        link.click()
        address = str(link.get_attribute("href"))
        assert (
            parse_qs(urlsplit(address).query)["body"][0].count(f"{SITE}fr/emails/milieu/#fin_2\n")
            == 1
        )


def test_the_texts_of_feedback_are_those_of_the_owner_where_there_are_any(tmp_path: Path) -> None:
    settings = CHOSEN["mkdocs.yml"].partition("extra:")[0] + OWN_TEXTS
    page = html(
        build(tmp_path, {**CHOSEN, "mkdocs.yml": settings}, history=False), "fr/emails/milieu"
    )
    (button,) = elements(page, "button", "md-feedback__icon")
    assert button.attributes["aria-label"] == "Very"
    assert [e.text for e in elements(page, "legend")] == ["Useful?"]
    assert "Tell us about <b>Milieu</b> at /fr/emails/milieu/" in page


# For programs

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_has_the_guides_of_a_locale_that_changed_last(chosen: Path) -> None:
    page = html(chosen, "fr/emails/milieu")
    (link,) = [
        e for e in elements(page, "link") if e.attributes.get("type") == "application/atom+xml"
    ]
    assert link.attributes["href"] == "../../../fr/feed.xml"
    root = ElementTree.parse(chosen / "fr/feed.xml").getroot()  # noqa: S314 - our own
    assert root.findtext(f"{ATOM}title") == "Guides - Guides modifiés"
    assert root.findtext(f"{ATOM}id") == f"{SITE}fr/feed.xml"
    entries = root.findall(f"{ATOM}entry")
    titles = {str(entry.findtext(f"{ATOM}title")) for entry in entries}
    assert titles == {"Dernier", "Premier", "Milieu", f"Questions {HOSTILE}", "Dates"}
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    days = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert root.findtext(f"{ATOM}updated") == days[0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", days[0])


def test_a_feed_has_the_newest_fifty_by_their_day(tmp_path: Path) -> None:
    guides = {
        f"guides/web/n{n}/guide.fr-fr.md": guide(
            f"G{chr(97 + n // 26)}{chr(97 + n % 26)}", "T.", updated=f"2024-01-{n % 28 + 1:02}"
        )
        for n in range(60)
    }
    pages = {**{path: PAGES[path] for path in ("mkdocs.yml", "docs/index.md")}, **guides}
    built = build(tmp_path, pages, history=False)
    root = ElementTree.parse(built / "fr/feed.xml").getroot()  # noqa: S314 - our own
    days = [str(updated.text)[:10] for updated in root.iter(f"{ATOM}updated")][1:]
    assert len(days) == 50
    assert (days[0], days[-1]) == ("2024-01-28", "2024-01-04")


def test_a_shallow_clone_knows_neither_days_nor_commits_nor_authors(
    chosen: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", chosen.parent.as_uri(), "shallow")
    built = build(tmp_path / "shallow", {}, history=False)
    page = html(built, "fr/emails/milieu")
    assert not elements(page, "time")
    assert "guide-contributors" not in page
    assert asked(page)["body"].endswith("guide.fr-fr.md`\n")
    assert not list(built.rglob("feed.xml"))


def test_robots_are_told_where_the_sitemaps_are(site: Path) -> None:
    lines = (site / "robots.txt").read_text("utf-8").splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    assert named == [f"{SITE}sitemap.xml", f"{SITE}sitemap-guides.xml"]
    assert all((site / name.removeprefix(SITE)).is_file() for name in named)


@pytest.fixture(scope="module")
def bare(once: Once) -> Path:
    """A site from no repository, with a `robots.txt` of its own."""

    def fill(folder: Path) -> None:
        build(folder, {**PAGES, "docs/robots.txt": OWN_ROBOTS}, history=False)

    return once("around-bare", fill) / "site"


OWN_ROBOTS = "User-agent: *\nDisallow: /\n"


def test_a_file_for_robots_of_the_owner_stays(bare: Path) -> None:
    assert (bare / "robots.txt").read_text("utf-8") == OWN_ROBOTS


def test_without_any_day_there_is_no_feed_and_nothing_leads_to_one(bare: Path) -> None:
    assert not list(bare.rglob("feed.xml"))
    assert "atom+xml" not in html(bare, "fr/emails/milieu")
