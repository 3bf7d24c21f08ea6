"""What stands around a guide: its date, its neighbours, what search engines and networks are told of it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

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
plugins: [balise]
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
