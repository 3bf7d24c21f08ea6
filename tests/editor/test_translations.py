"""Translations: the state of the page in other locales, and the same place there."""

from pathlib import Path

import pytest

from balise.editor.code_lens import code_lenses
from balise.editor.translations import same_place, translations
from tests.helpers.command import write_pages
from tests.helpers.marked import CURSOR, GUIDES, Editor, editor, page
from tests.helpers.repositories import commit, git

ENGLISH = """\
Before all.

## Settings

Incoming mail (IMAP) has port 993.

![a](images/a.png)

## More

One.

Two.
"""
FRENCH = """\
Avant tout.

## Réglages

Le courrier entrant (IMAP) a le port 993.

![a](images/a.png)

## Plus

Un.

Deux.
"""
LOCALES = ("fr-fr", "de-de", "it-it", "es-es")
MINE, FRENCH_PAGE = "web/mine/guide.en-gb.md", "web/mine/guide.fr-fr.md"


def states(at: Editor) -> dict[str, str]:
    return {found.locale: found.state for found in translations(at.view)}


def test_a_translation_is_there_or_missing(tmp_path: Path) -> None:
    others = {FRENCH_PAGE: page("La mienne", FRENCH), "web/other/guide.de-de.md": page("Andere")}
    at = editor(tmp_path, f"‸{ENGLISH}", others)
    assert states(at) == {"fr-fr": "original", "de-de": "missing"}
    found = translations(at.view)
    assert at.name(found[0].path) == FRENCH_PAGE
    assert found[1].path == ""


def test_a_translation_with_other_parts_or_in_another_language(tmp_path: Path) -> None:
    copied = "This is the text that somebody copied and nobody has translated for the page.\n\n"
    same = {f"web/mine/guide.{name}.md": page("x", "## A\n\n## B\n") for name in LOCALES}
    others = {
        **same,
        "web/mine/guide.pl-pl.md": page("x", "## A\n"),
        "web/mine/guide.nl-nl.md": page("x", f"## A\n\n{copied * 6}## B\n"),
    }
    found = states(editor(tmp_path, "‸## A\n\n## B\n", others))
    assert found["pl-pl"] == "structure differs"
    assert found["nl-nl"] == "untranslated"
    assert found["de-de"] == "up to date"


def test_a_translation_is_stale_once_its_source_says_something_else(tmp_path: Path) -> None:
    files = {
        **GUIDES,
        MINE: page("Mine", ENGLISH),
        "web/mine/guide.de-de.md": page("Meine", "Eingehende E-Mails (IMAP) haben Port 993.\n"),
    }
    write_pages(tmp_path, files)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    changed = files | {MINE: page("Mine", ENGLISH.replace("993", "143"))}
    write_pages(tmp_path, changed)
    commit(tmp_path)
    at = Editor(tmp_path, changed | {MINE: CURSOR + changed[MINE]})
    assert states(at)["de-de"] == "stale"
    assert [lens.title for lens in code_lenses(at.view)] == ["1 translation, 1 stale"]


# The same place


def there(at: Editor, locale: str = "fr-fr") -> str | None:
    place = same_place(at.view, at.offset, locale)
    return at.text(place.span, place.path) if place else None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Be‸fore all.", "Avant tout."),
        ("## Set‸tings", "## Réglages"),
        ("Incoming mail (IM‸AP) has port 993.", "Le courrier entrant (IMAP) a le port 993."),
        ("Tw‸o.", "Deux."),
    ],
)
def test_the_paragraph_or_the_heading_at_the_same_place(
    tmp_path: Path, text: str, other: str
) -> None:
    marked = ENGLISH.replace(text.replace(CURSOR, ""), text)
    at = editor(tmp_path, marked, {FRENCH_PAGE: page("La mienne", FRENCH)})
    assert there(at) == other


def test_the_value_of_the_same_key(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\ntitle: Mi‸ne\n---\n", {FRENCH_PAGE: page("La mienne", FRENCH)})
    assert there(at) == "La mienne"


def test_a_translation_that_lacks_a_section_or_has_one_more(tmp_path: Path) -> None:
    text = ENGLISH.replace("## More", "## Only here\n\nText.\n\n## More").replace("One.", "On‸e.")
    at = editor(tmp_path, text, {FRENCH_PAGE: page("La mienne", FRENCH)})
    assert there(at) == "Un."
    more = FRENCH.replace("## Plus", "## En plus\n\n```\na\n```\n\n## Plus")
    marked = ENGLISH.replace("(IMAP)", "(IM‸AP)")
    at = editor(tmp_path, marked, {FRENCH_PAGE: page("La mienne", more)})
    assert there(at) == "Le courrier entrant (IMAP) a le port 993."


def test_where_there_is_no_translation(tmp_path: Path) -> None:
    at = editor(tmp_path, f"‸{ENGLISH}")
    assert there(at, "de-de") is None
    assert there(at, "nonsense") is None
