"""`balise glossary`: what labels are called in each locale."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise, write_pages

FRENCH = "## Menu\n\nCliquez sur `Suivant`{.action}, puis `Suivant`{.action}.\n\n## Fin\n\n`Valider`{.action}\n"
GERMAN = "## Menü\n\nKlicken Sie auf `Weiter`{.action}, dann `Nächster`{.action}.\n\n## Ende\n\n`OK`{.action}\n"
SHORTER = "## Menü\n\n`Weiter`{.action}\n\n## Ende\n\n`Bestätigen `{.action}\n"
OTHER = "## Menü\n\n`Zurück`{.action}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {"a": GERMAN, "b": SHORTER, "c": OTHER}
    pages = {f"guides/{at}/guide.de-de.md": text for at, text in texts.items()}
    pages |= {f"guides/{at}/guide.fr-fr.md": FRENCH for at in texts}
    pages |= {"guides/a/guide.en-gb.md": "## Menu\n\n## End\n\n`Confirm`{.action}\n"}
    return write_pages(tmp_path, {**pages, "balise.toml": ""})


def glossary(folder: Path, *arguments: str) -> Ran:
    return balise("glossary", *arguments, cwd=folder)


def test_a_label_is_what_stands_in_its_place(folder: Path) -> None:
    assert glossary(folder, "--locale", "de-de").out == (
        "Suivant\n  de-de  Nächster (1), Weiter (1)\nValider\n  de-de  Bestätigen (1), OK (1)\n"
    )


def test_all_locales_are_told_as_json(folder: Path) -> None:
    rows = json.loads(glossary(folder, "--output-format", "json").out)
    assert rows[1] == {
        "label": "Valider",
        "uses": 2,
        "locales": {"de-de": {"Bestätigen": 1, "OK": 1}, "en-gb": {"Confirm": 1}},
    }


def test_a_form_is_a_line_of_csv(folder: Path) -> None:
    out = glossary(folder, "--output-format", "csv", "--locale", "en-gb").out
    assert list(csv.reader(io.StringIO(out))) == [
        ["label", "locale", "form", "uses"],
        ["Valider", "en-gb", "Confirm", "1"],
    ]


def test_the_original_is_the_one_that_is_configured(folder: Path) -> None:
    text = '[translations]\nsource-locale = "en-gb"\n'
    (folder / "balise.toml").write_text(text, encoding="utf-8")
    out = glossary(folder, "--locale", "fr-fr").out
    assert out == "Confirm\n  fr-fr  Valider (1)\n"


def test_a_locale_that_there_is_not_is_one_clear_line(folder: Path) -> None:
    ran = glossary(folder, "--locale", "de-DE")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "balise: no translation is in `de-DE`; did you mean `de-de`?\n"


def test_a_collection_without_labels_has_an_empty_glossary(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {"guides/a/guide.fr-fr.md": "Rien.\n", "balise.toml": ""})
    assert (glossary(folder).status, glossary(folder).out) == (0, "")
    assert glossary(folder, "--output-format", "json").out == "[]\n"
