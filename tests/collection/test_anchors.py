"""What an anchor means on a page, from its ids of today to the systems of the past."""

import pytest

from balise.base.source import SourceFile
from balise.collection import AnchorMatch, Anchors, Collection
from balise.document import read_document

ORIGINAL = """---
title: Configurer Windows Phone
---

## Ajout du compte

### Étape 1 : démarrer

### Étape 2 : suite

## Réglages

### Étape 1 : démarrer

### Paramètres du compte

### Fin
"""
TRANSLATION = """---
title: Set up Windows Phone
---

## Adding the account

### Step 1: begin

### Step 2: go on

## Settings

### Step 1: begin

### Parameters of the account

### End
"""


def anchors(text: str, locale: str = "fr-fr") -> Anchors:
    return Anchors(read_document(SourceFile(f"guide.{locale}.md", text)))


def find(text: str, fragment: str) -> AnchorMatch | None:
    return anchors(text).find(fragment)


def found(text: str, fragment: str) -> tuple[str, str] | None:
    """Strategy and target."""
    match = find(text, fragment)
    return (match.strategy, match.target) if match else None


def in_translation(fragment: str) -> tuple[str, str] | None:
    match = anchors(TRANSLATION, "en-gb").find(fragment, [anchors(ORIGINAL)])
    return (match.strategy, match.target) if match else None


# Today's


def test_an_id_is_an_anchor() -> None:
    assert found(ORIGINAL, "reglages") == ("id", "reglages")


def test_an_id_by_hand_is_an_anchor_and_the_one_of_the_text_is_none() -> None:
    text = "## Réglages {#settings}\n"
    assert found(text, "settings") == ("id", "settings")
    match = find(text, "reglages")
    assert match is not None
    assert match.legacy
    assert match.target == "settings"


def test_an_anchor_by_hand_is_an_anchor() -> None:
    assert found('## A\n\n<a name="x"></a>\n', "x") == ("anchor", "x")


def test_an_older_id_is_an_anchor() -> None:
    assert found("## A\n\n### B\n\n## Rappel\n", "rappel_1") == ("alias", "rappel_1")


def test_an_id_wins_over_the_same_older_id() -> None:
    match = find("## A\n\n### B\n\n## Rappel\n\n## Rappel\n", "rappel_1")
    assert match is not None
    assert (match.strategy, match.heading and match.heading.line) == ("id", 7)


def test_an_anchor_by_hand_wins_over_the_same_older_id() -> None:
    text = '## A\n\n### B\n\n## Rappel\n\n<a id="rappel_1"></a>\n'
    assert found(text, "rappel_1") == ("anchor", "rappel_1")


def test_an_id_wins_over_an_anchor_of_an_older_system() -> None:
    text = "## A\n\n### B\n\n### A B\n"
    match = find(text, "a-b")
    assert match is not None
    assert (match.strategy, match.target) == ("id", "a-b")


@pytest.mark.parametrize("fragment", ["", "nothing", "?", "_", "12", "_partie_", "x_partie_1_y"])
def test_what_means_nothing_is_not_found(fragment: str) -> None:
    assert found(ORIGINAL, fragment) is None


def test_nothing_is_found_on_an_empty_page() -> None:
    assert found("", "a") is None
    assert found("", "a_partie_1_b") is None


@pytest.mark.parametrize(
    ("fragment", "legacy"),
    [("reglages", False), ("reglages_partie_3_fin", True), ("reglages-fin", True)],
)
def test_only_anchors_of_older_systems_are_legacy(fragment: str, legacy: bool) -> None:
    match = find(ORIGINAL, fragment)
    assert match is not None
    assert match.legacy is legacy


def test_the_places_are_todays_anchors_by_line() -> None:
    text = '# a\n\n<a name="x"></a>\n\n## b {#c}\n'
    assert anchors(text).places == {"a": 1, "x": 3, "c": 5}


# Positions


@pytest.mark.parametrize(
    "fragment",
    [
        "reglages_partie_2_parametres_du_compte",
        "reglages_partie_2",
        "réglages_partie_2_paramètres",
        "reglages_partie_2_reads_otherwise_by_now",
    ],
)
def test_a_position_is_the_nth_h3_of_that_h2(fragment: str) -> None:
    assert found(ORIGINAL, fragment) == ("position", "parametres-du-compte")


def test_a_position_counts_in_its_own_h2() -> None:
    assert found(ORIGINAL, "ajout_du_compte_partie_1_etape_1_demarrer") == (
        "position",
        "etape-1-demarrer",
    )
    assert found(ORIGINAL, "reglages_partie_1_etape_1_demarrer") == (
        "position",
        "etape-1-demarrer_1",
    )


def test_hyphens_and_underscores_of_the_h2_do_not_matter() -> None:
    text = "## Compte e-mail mutualisé\n\n### Un\n\n### Deux\n"
    assert found(text, "compte_e-mail_mutualise_partie_2_deux") == ("position", "deux")
    assert found(text, "compte_e_mail_mutualise_partie_2_deux") == ("position", "deux")


@pytest.mark.parametrize("number", [0, 4, 99, 10**30])
def test_a_position_that_is_not_there_is_not_found(number: int) -> None:
    assert found(ORIGINAL, f"reglages_partie_{number}_nowhere") is None


def test_headings_below_an_h3_are_not_counted() -> None:
    text = "## A\n\n### B\n\n#### C\n\n### D\n"
    assert found(text, "a_partie_2_d") == ("position", "d")


def test_a_position_in_french_means_the_same_place_in_a_translation() -> None:
    match = in_translation("reglages_partie_2_parametres_du_compte")
    assert match is not None
    assert match[1] == "parameters-of-the-account"


def test_a_position_in_a_translation_needs_no_original_if_only_one_h2_is_that_long() -> None:
    match = anchors(TRANSLATION, "en-gb").find("reglages_partie_3_fin")
    assert match is not None
    assert match.target == "end"


def test_a_position_in_a_translation_without_original_is_not_guessed() -> None:
    assert anchors(TRANSLATION, "en-gb").find("reglages_partie_2_parametres_du_compte") is None


def test_a_translation_that_lost_a_level_has_the_position_among_its_h2() -> None:
    flat = "## Begin\n\n## Go on\n\n## Finish\n"
    original = anchors("## Ajout\n\n### Un\n\n### Deux\n\n### Trois\n")
    match = anchors(flat, "en-gb").find("ajout_partie_2_deux", [original])
    assert match is not None
    assert match.target == "go-on"


def test_a_position_of_another_guide_is_not_guessed() -> None:
    flat = "## Begin\n\n## Go on\n\n## Finish\n"
    original = anchors("## Ajout\n\n### Un\n\n### Deux\n\n### Trois\n")
    assert anchors(flat, "en-gb").find("ailleurs_partie_2_autre", [original]) is None


# Paths and spellings


@pytest.mark.parametrize(
    "fragment", ["reglages_parametres-du-compte", "reglages-parametres-du-compte"]
)
def test_the_path_of_slugs_is_the_h3_below_that_h2(fragment: str) -> None:
    assert found(ORIGINAL, fragment) == ("path", "parametres-du-compte")


def test_a_path_tells_equal_headings_apart() -> None:
    assert found(ORIGINAL, "reglages_etape-1-demarrer") == ("path", "etape-1-demarrer_1")
    assert found(ORIGINAL, "ajout-du-compte_etape-1-demarrer") == ("path", "etape-1-demarrer")


@pytest.mark.parametrize(
    "fragment",
    [
        "parametres_du_compte",
        "Parametres-du-compte",
        "paramètres-du-compte",
        "parametresducompte",
        "parametres--du-compte-",
        "Configurer-Windows-Phone-parametres-du-compte",
        "ConfigurerWindowsPhone-Parametresducompte",
    ],
)
def test_a_heading_is_found_in_another_spelling(fragment: str) -> None:
    assert found(ORIGINAL, fragment) == ("spelling", "parametres-du-compte")


def test_a_spelling_of_equal_headings_means_the_first() -> None:
    assert found(ORIGINAL, "etape_1_demarrer") == ("spelling", "etape-1-demarrer")


def test_a_spelling_of_different_headings_is_not_guessed() -> None:
    assert found("## A B\n\n## AB\n", "a_b") is None


def test_the_h3_is_enough_where_its_h2_was_renamed() -> None:
    assert found(ORIGINAL, "ancien_titre_parametres_du_compte") == ("tail", "parametres-du-compte")


def test_an_ampersand_was_written_as_a_word_once() -> None:
    text = "## A\n\n### Mails & More\n"
    assert found(text, "old_mails_amp_more") == ("tail", "mails-more")


def test_a_number_too_high_means_the_heading() -> None:
    assert found(ORIGINAL, "parametres-du-compte_1") == ("suffix", "parametres-du-compte")
    assert found(ORIGINAL, "reglages-2") == ("suffix", "reglages")


def test_a_number_that_is_part_of_the_text_is_no_suffix() -> None:
    assert found("## Office 365\n\n## Office\n", "office-365") == ("id", "office-365")


# Other locales


def test_an_anchor_of_the_original_means_the_heading_at_its_position() -> None:
    assert in_translation("parametres-du-compte") == ("sibling", "parameters-of-the-account")
    assert in_translation("reglages") == ("sibling", "settings")
    assert in_translation("etape-1-demarrer_1") == ("sibling", "step-1-begin_1")


def test_the_page_itself_counts_before_the_original() -> None:
    assert in_translation("settings") == ("id", "settings")


def test_a_translation_of_another_shape_is_not_guessed() -> None:
    shorter = anchors("## Adding the account\n\n## Settings\n\n### Step 1\n", "en-gb")
    assert shorter.find("parametres-du-compte", [anchors(ORIGINAL)]) is None


def test_the_first_sibling_that_knows_it_counts() -> None:
    page = anchors("## Settings\n", "en-gb")
    siblings = [anchors("## Réglages\n"), anchors("## Ustawienia\n", "pl-pl")]
    match = page.find("ustawienia", siblings)
    assert match is not None
    assert (match.strategy, match.target) == ("sibling", "settings")


# A text that changes


def test_kept_anchors_do_not_outlive_the_text_of_their_page() -> None:
    path = "guide.fr-fr.md"
    documents = {path: read_document(SourceFile(path, "## Début\n"))}
    collection = Collection(Collection.of("", documents.values()).structure, documents)
    assert collection.resolve_anchor(path, "debut")
    documents[path] = read_document(SourceFile(path, "## Commencer\n"))
    assert collection.resolve_anchor(path, "debut") is None
    assert collection.resolve_anchor(path, "commencer")


def test_a_page_that_is_another_now_has_the_anchors_of_its_text() -> None:
    path = "a/guide.fr-fr.md"
    pages = {path: read_document(SourceFile(path, "## Avant"))}
    collection = Collection(Collection.of("", pages.values()).structure, pages)
    assert collection.resolve_anchor(path, "avant")
    pages[path] = read_document(SourceFile(path, "## Après"))
    assert collection.resolve_anchor(path, "apres")
    assert not collection.resolve_anchor(path, "avant")
