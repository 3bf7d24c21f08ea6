"""The templates around a page of the collection, given what the publisher gives them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import SimpleNamespace as Given
from typing import Any

import jinja2
import pytest
from mkdocs.config import load_config
from mkdocs.utils.templates import script_tag_filter, url_filter

from balise.mkdocs_plugin.page_script import SCRIPTS
from balise.mkdocs_plugin.renderer import THEME, mark_current
from balise.publish.page_context import NavigationEntry, SocialPicture, SocialTags
from balise.publish.structured_data import PageFacts, structured_data
from balise.render.words import interface_words
from tests.helpers.elements import Element, elements, ids

SCRIPT = "\"><script>alert(1)</script>'&"
ASSETS = THEME / "assets" / "balise"
WORDS = interface_words("fr")


def link(title: str, url: str = "../x/", **more: Any) -> Given:
    return Given(title=title, url=url, **more)


def card(title: str, icon: str = "") -> Given:
    return link(title, excerpt=f"Sur {title}", icon=icon, count=3 if icon else 0)


def place(text: str) -> Given:
    """The place of a page, all of whose texts are `text`, or begin with it."""
    finding = Given(
        severity="warning",
        rule="empty-link",
        message=text,
        line=7,
        excerpt=text,
        href="#a",
        fix=text,
    )
    return Given(
        locale="fr-ca",
        language="fr",
        home=link(text),
        manual=link(text),
        tabs=[link(text, active=True), link(f"{text} 2", active=False)],
        navigation="",
        breadcrumbs=[link(text), link(f"{text} 2")],
        translations=[
            Given(locale="fr-ca", name="Français (CA)", url="", current=True),
            Given(locale="en-gb", name="English", url="../../en/", current=False),
        ],
        alternates=[Given(hreflang="x-default", url="https://example.org/fr/")],
        related=[card(text)],
        sections=[Given(title=text, cards=[card(text, text)], links=[card(text)])],
        previous=link(text),
        next=link(f"{text} 2"),
        updated=Given(iso="2026-05-12", shown="12 mai 2026"),
        edit_url="https://example.org/edit/a b",
        excerpt=text,
        open_graph_locale="fr_CA",
        changed="2026-05-12",
        social=SocialTags(SocialPicture(f"https://example.org/{text}", 400, 300), ("en_GB",)),
        structured_data=structured_data(
            PageFacts(url="https://example.org/fr/a/", title=text, article=True)
        ),
        panel=Given(path=f"{text}.md", findings=[finding]),
    )


@dataclass
class Theme:
    """The theme's templates, as MkDocs has them."""

    config: Any
    env: jinja2.Environment

    def navigation(self, tree: list[NavigationEntry]) -> str:
        return self.env.get_template("partials/place-navigation.html").render(
            tree=tree, words=WORDS
        )

    def page(self, template: str, text: str = "Titre", panel: bool = True) -> str:
        around = place(text)
        title = escape(text)
        heading = Given(title=title, url="#a", level=2, children=[])
        page = Given(
            title=title,
            content="<p>Texte.</p>",
            toc=[Given(title=title, url="#b", level=2, children=[heading])],
            meta={"title": title, "description": title, "language": "fr"},
            url="ca/fr/a/",
            canonical_url="https://example.org/ca/fr/a/",
            is_homepage=False,
        )
        context: Mapping[str, Any] = {
            "config": self.config, "page": page, "place": around, "panel": around.panel if panel else None,
            "words": WORDS, "base_url": "../../..", "search_bundle": "", "nav": None,
        }  # fmt: skip
        return self.env.get_template(template).render(context)


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    folder: Path = tmp_path_factory.mktemp("theme")
    (folder / "docs").mkdir()
    settings = "site_name: T\ntheme:\n  name: material\n  font: false\n  palette:\n"
    for scheme in ("default", "slate"):
        settings += (
            f"    - {{scheme: {scheme}, toggle: {{icon: material/weather-night, name: T}}}}\n"
        )
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    config.theme.dirs.insert(0, str(THEME))
    env = config.theme.get_env()
    env.filters["url"] = url_filter
    env.filters["script_tag"] = script_tag_filter
    return Theme(config, env)


TEMPLATES = ["guide.html", "listing.html", "not-found.html"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_script_in_any_text_around_a_page_is_text(theme: Theme, template: str) -> None:
    hostile, harmless = theme.page(template, SCRIPT), theme.page(template)
    assert len(elements(hostile, "script")) == len(elements(harmless, "script"))
    assert "<script>alert" not in hostile
    assert [e.tag for e in elements(hostile)] == [e.tag for e in elements(harmless)]


def test_a_script_in_the_navigation_is_text(theme: Theme) -> None:
    section = NavigationEntry(SCRIPT, open=True, children=[NavigationEntry(SCRIPT, "#")])
    html = theme.navigation([NavigationEntry(SCRIPT, "#", open=True, children=[section])])
    assert elements(html, "script") == []
    assert [e.text for e in elements(html, "a")] == [SCRIPT, SCRIPT]


def test_the_navigation_is_marked_with_the_page_that_is_shown(theme: Theme) -> None:
    entries = [NavigationEntry("A", "../a/?b&c"), NavigationEntry("B", "../b/")]
    html = mark_current(theme.navigation(entries), "../a/?b&c")
    current = [e.text for e in elements(html, "a") if e.attributes.get("aria-current") == "page"]
    assert current == ["A"]


def test_a_guide_tells_where_it_stands_and_where_to_go(theme: Theme) -> None:
    html = theme.page("guide.html")
    assert [e.text for e in elements(html, "nav", "breadcrumbs")] == ["TitreTitre 2"]
    assert [e.text for e in elements(html, "time")] == ["12 mai 2026"]
    rel = {e.attributes["rel"]: e for e in elements(html, "a") if "rel" in e.attributes}
    assert {"prev", "next"} <= rel.keys()
    assert [e.text for e in elements(html, "span", "card__title")] == ["Titre"]
    assert elements(html, "a", "md-nav__link")[0].attributes["href"] == "#b"


def test_translations_are_in_the_head_and_in_the_header(theme: Theme) -> None:
    html = theme.page("guide.html")
    alternates = [
        e.attributes["hreflang"]
        for e in elements(html, "link")
        if "alternate" in str(e.attributes["rel"]).split()
    ]
    assert alternates == ["x-default"]
    menu = [e for e in elements(html, "a") if "details" in e.inside and e.attributes.get("lang")]
    assert [(e.text, e.attributes["hreflang"]) for e in menu] == [
        ("Français (CA)", "fr"),
        ("English", "en"),
    ]
    assert "aria-current" in menu[0].attributes


def test_a_list_has_a_card_with_a_picture_for_a_product_and_one_without_for_a_guide(
    theme: Theme,
) -> None:
    html = theme.page("listing.html", "Serveurs")
    assert len(elements(html, "a", "card")) == 2
    assert len([e for e in elements(html, "svg") if e.attributes.get("stroke")]) == 1


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_id_is_there_twice_and_every_button_has_a_name(theme: Theme, template: str) -> None:
    html = theme.page(template)
    assert len(ids(html)) == len(set(ids(html)))
    assert [e for e in elements(html, "button") if not (e.text or _label(e))] == []


def _label(element: Element) -> str | None:
    return element.attributes.get("aria-label")


def test_only_a_page_that_is_being_written_has_a_panel(theme: Theme) -> None:
    html = theme.page("guide.html")
    (aside,) = elements(html, "aside", "findings")
    assert "empty-link" in aside.text
    copied = [e.attributes.get("data-copy") for e in elements(html, "button")]
    assert "Titre.md:7" in copied
    assert "findings" not in theme.page("guide.html", panel=False)


def test_styles_and_scripts_ask_nobody_else_for_anything() -> None:
    for file in [*ASSETS.glob("*.css"), *ASSETS.glob("*.js"), *SCRIPTS.glob("*.js")]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:https?:)?//[\w.]+\.\w+/", text), file.name


def test_styles_name_files_that_are_there_with_their_licence() -> None:
    for file in ASSETS.glob("*.css"):
        for address in re.findall(r'url\("(?!data:)([^"]+)"\)', file.read_text(encoding="utf-8")):
            assert (ASSETS / address).is_file(), address
    assert "SIL Open Font License" in (ASSETS / "fonts/LICENSE.txt").read_text(encoding="utf-8")
