"""What is around pages is printed once for many of them: it must be as if each page was printed whole."""

from pathlib import Path

import pytest

from tests.helpers.built_files import files
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements

LOCALES = ("en-gb", "fr-fr", "pl-pl")
OPTIONS = "search: false, check: false, markdown: true, untranslated: true, entrance: true, click_to_load: true"
REPORT = "https://example.org/?page={url}"
SETTINGS = f"""
site_name: Frames
site_url: https://frames.example.org/base/
copyright: <b>Ours</b>
repo_url: https://github.com/example/guides
theme:
  name: material
  font: false
  custom_dir: own
  features: [navigation.instant]
  palette:
    - {{scheme: default, toggle: {{icon: material/weather-night, name: Dark}}}}
    - {{scheme: slate, toggle: {{icon: material/weather-sunny, name: Light}}}}
plugins:
  - balise: {{{OPTIONS}, report: "{REPORT}"}}
"""
MAIN = '{%% extends "base.html" %%}\n{%% block extrahead %%}%s{%% endblock %%}\n'
"""A `main.html` of the owner: what it prints in the head."""
OF_THE_SITE = "{% if config.site_name == '-' %}never{% endif %}"
OF_THE_PAGE = "{% if page.title == '-' %}never{% endif %}"


def pages() -> dict[str, str]:
    """A universe with a product and guides, not all of them in all locales, each with other things on it."""
    found = {"docs/index.md": "# Manual\n"}
    for locale in LOCALES:
        front = "---\ntitle: '{0} & <{1}>'\nexcerpt: About {0}\nslug: {2}\n{3}---\n\n{4}"
        folder = "guides/web/mail"
        found[f"guides/home.{locale}.md"] = f"---\ntitle: Home {locale}\n---\n"
        found[f"guides/web/universe.{locale}.md"] = front.format("Web", locale, "web", "", "")
        found[f"{folder}/product.{locale}.md"] = front.format("Mail", locale, "mail", "", "")
        texts = {
            "plain": ("", "Text.\n"),
            "long": ("updated: 2025-01-02\n", "## One\n\n### Two\n\nText.\n\n## Three\n"),
            "titled": ("hidden: true\n", "# Own title\n\nText.\n"),
            "video": ("", '<iframe src="https://video.example.com/1"></iframe>\n\n## Last\n'),
        }
        for number, (slug, (keys, text)) in enumerate(texts.items()):
            if locale == LOCALES[0] or number % 2 == len(locale) % 2:
                path = f"{folder}/{slug}/guide.{locale}.md"
                found[path] = front.format(slug, locale, f"a-{slug}", keys, text)
    return found


def built(folder: Path, own: dict[str, str]) -> dict[str, bytes]:
    """The files of the site with these templates of the owner."""
    templates = {f"own/{name}": text for name, text in own.items()}
    write_pages(folder, {**pages(), **templates, "mkdocs.yml": SETTINGS, "balise.toml": ""})
    ran = mkdocs("build", "--quiet", cwd=folder, SOURCE_DATE_EPOCH="1700000000")
    assert (ran.status, ran.err) == (0, "")
    return files(folder / "site")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site where a template asks for what is not the same on all pages."""
    return built(tmp_path_factory.mktemp("whole"), {"main.html": MAIN % OF_THE_PAGE})


def test_pages_in_frames_are_those_that_are_printed_whole(
    tmp_path: Path, whole: dict[str, bytes]
) -> None:
    framed = built(tmp_path, {"main.html": MAIN % OF_THE_SITE})
    assert {name for name in framed if framed[name] != whole[name]} == set()
    assert framed.keys() == whole.keys()
    assert len([name for name in framed if name.endswith("/index.html")]) >= 20


def test_a_template_of_the_owner_sees_the_page_that_it_is_on(tmp_path: Path) -> None:
    own = '<meta name="own" content="{{ page.title }} {{ page.file.src_uri }}">'
    shown = f"{{% if page %}}{own}{{% endif %}}"
    site = built(tmp_path, {"main.html": MAIN % shown})
    for slug in ("plain", "long"):
        (meta,) = (
            element
            for element in elements(site[f"gb/en/mail/a-{slug}/index.html"].decode(), "meta")
            if element.attributes.get("name") == "own"
        )
        path = f"guides/web/mail/{slug}/guide.en-gb.md"
        assert meta.attributes["content"] == f"{slug} & <en-gb> {path}"


def test_a_template_in_place_of_ours_counts(tmp_path: Path) -> None:
    footer = "<footer>{{ place.locale }} {{ page.title }}</footer>"
    text = f'{{% extends "main.html" %}}{{% block footer %}}{footer}{{% endblock %}}'
    html = built(tmp_path, {"guide.html": text})["gb/en/mail/a-plain/index.html"].decode()
    assert [e.text for e in elements(html, "footer")] == ["en-gb plain & <en-gb>"]
