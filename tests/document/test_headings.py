"""Headings: their text, ids, older ids, and the name of a page's file."""

import pytest

from balise.base.source import SourceFile
from balise.document import PageName, page_name, read_document


def headings(text: str) -> list[tuple[str, tuple[str, ...]]]:
    document = read_document(SourceFile("guide.fr-fr.md", text))
    return [(heading.id, heading.aliases) for heading in document.headings]


def ids(text: str) -> list[str]:
    return [id_ for id_, _ in headings(text)]


def text_of(line: str) -> str:
    return read_document(SourceFile("guide.fr-fr.md", f"{line}\n")).headings[0].text


def test_an_id_is_made_of_the_text() -> None:
    assert ids("# Réglages du compte\n\n## Étape 1 : ouvrir\n") == [
        "reglages-du-compte",
        "etape-1-ouvrir",
    ]


def test_a_repeated_text_gets_a_number() -> None:
    assert ids("## Rappel\n\n## Rappel\n\n## Rappel\n") == ["rappel", "rappel_1", "rappel_2"]


def test_texts_that_differ_in_accents_or_capitals_share_an_id() -> None:
    assert ids("## Réglé\n\n## regle\n") == ["regle", "regle_1"]


def test_an_id_by_hand_is_kept_as_it_is_written() -> None:
    assert ids("## a {#Étape_A}\n\n## b {#A-1:b}\n") == ["Étape_A", "A-1:b"]


def test_an_id_by_hand_is_taken_for_every_other_heading() -> None:
    assert ids("## Rappel\n\n## Autre {#rappel}\n") == ["rappel_1", "rappel"]


def test_a_class_is_no_id() -> None:
    assert ids("## Rappel {.wide}\n") == ["rappel"]


def test_an_h2_behind_an_h3_keeps_the_id_it_was_published_with() -> None:
    text = "## A\n\n### B\n\n## Rappel\n"
    assert headings(text) == [("a", ()), ("b", ()), ("rappel", ("rappel_1",))]


def test_an_h2_behind_an_h4_was_published_two_numbers_further() -> None:
    text = "## A\n\n### B\n\n#### C\n\n## Rappel\n"
    assert headings(text)[-1] == ("rappel", ("rappel_2",))


def test_an_h2_behind_an_h4_that_skipped_a_level_climbed_once() -> None:
    text = "## A\n\n#### C\n\n## Rappel\n"
    assert headings(text)[-1] == ("rappel", ("rappel_1",))


def test_headings_of_one_level_have_no_older_ids() -> None:
    assert headings("## A\n\n## A\n\n## B\n") == [("a", ()), ("a_1", ()), ("b", ())]


def test_going_down_makes_no_older_id() -> None:
    assert headings("# A\n\n## B\n\n### C\n") == [("a", ()), ("b", ()), ("c", ())]


def test_an_older_id_that_is_an_id_now_is_no_alias() -> None:
    text = "## A\n\n### Rappel\n\n## Rappel\n"
    assert headings(text)[1:] == [("rappel", ()), ("rappel_1", ("rappel_2",))]


def test_no_alias_hides_an_id() -> None:
    text = "## A\n\n### B\n\n## Rappel\n\n## Rappel\n"
    page = headings(text)
    assert [id_ for id_, _ in page] == ["a", "b", "rappel", "rappel_1"]
    assert page[2][1] == ()


def test_no_alias_hides_an_anchor_made_by_hand() -> None:
    text = '## A\n\n### B\n\n## Rappel\n\n<a name="rappel_1"></a>\n'
    assert headings(text)[-1] == ("rappel", ())


def test_an_id_by_hand_has_no_older_id() -> None:
    assert headings("## A\n\n### B\n\n## Rappel {#here}\n")[-1] == ("here", ())


def test_no_two_headings_share_an_id_or_an_alias() -> None:
    text = "".join(f"{'#' * level} Rappel\n\n" for level in (2, 3, 4, 2, 3, 2, 4, 2, 1, 3, 2, 2))
    names = [name for id_, aliases in headings(text) for name in (id_, *aliases)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## *Un* **deux** trois", "Un deux trois"),
        ("## [Un](deux) trois", "Un trois"),
        ("## Voir [ceci](https://example.com/){.external}", "Voir ceci"),
        ("## Cliquez `Ici`{.action}", "Cliquez Ici"),
        ("## <https://example.com/>", "https://example.com/"),
        ('## <a name="x"></a>Titre', "Titre"),
        ("## <b>Titre</b>", "Titre"),
        ("## A &amp; B \\*", "A & B *"),
        ("## Titre {#id .class}", "Titre"),
        ("## Titre ##", "Titre"),
        ("Titre\nlong\n---", "Titre long"),
    ],
)
def test_the_text_of_a_heading_is_what_a_reader_sees(line: str, text: str) -> None:
    assert text_of(line) == text


def test_a_picture_is_no_part_of_an_id() -> None:
    assert ids("## ![logo](1.png) Titre\n") == ["titre"]


@pytest.mark.parametrize("line", ["##", "## ##", "## ![logo](1.png)", '## <a name="x"></a>'])
def test_a_heading_without_text_has_no_id(line: str) -> None:
    assert headings(f"{line}\n") == [("", ())]


def test_a_heading_without_latin_letters_has_an_id_all_the_same() -> None:
    assert ids("## 日本\n\n## 日本\n") == ["_1", "_2"]


def test_headings_in_containers_have_ids() -> None:
    assert ids("> [!note]\n> ## A\n\n- ## B\n\n> ## A\n") == ["a", "b", "a_1"]


def test_code_holds_no_headings() -> None:
    assert ids("```\n# a\n```\n\n    # b\n") == []


def test_levels_and_lines() -> None:
    document = read_document(SourceFile("guide.fr-fr.md", "# a\n\n### b\n\nc\n-----\n"))
    assert [(h.level, h.line) for h in document.headings] == [(1, 1), (3, 3), (2, 5)]


def test_a_place_belongs_to_the_heading_above_it() -> None:
    text = "a\n\n## b\n\nc\n\n## d\n"
    document = read_document(SourceFile("guide.fr-fr.md", text))
    assert [document.section(text.index(letter)) for letter in "abcd"] == [-1, 0, 0, 1]


# What an HTML tag makes an anchor of


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('<a name="x"></a>', ["x"]),
        ("<a name='x'></a>", ["x"]),
        ("<a name=x></a>", ["x"]),
        ('<a id="x" name="x"></a>', ["x"]),
        ('<a id="x" name="y"></a>', ["x", "y"]),
        ('<A NAME="x"></A>', ["x"]),
        ('<div id="x">', ["x"]),
        ('<input name="x">', []),
        ('<a href="#x">y</a>', []),
        ('<a data-id="x">y</a>', []),
        ("`<a name=x>`", []),
        ('<!-- <a name="x"></a> -->', []),
        ('text <a name="x"></a> <b id="y">z</b>', ["x", "y"]),
        ("[a](b){#x}", ["x"]),
    ],
)
def test_anchors_made_by_hand(html: str, names: list[str]) -> None:
    document = read_document(SourceFile("guide.fr-fr.md", f"{html}\n"))
    assert [anchor.name for anchor in document.anchors] == names


# What a file's name says


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("guide.fr-fr.md", PageName("guide", "fr", "fr")),
        ("a/b/product.fr-ca.md", PageName("product", "fr", "ca")),
        ("universe.en-gb.md", PageName("universe", "en", "gb")),
        ("pages/home.en-asia.md", PageName("home", "en", "asia")),
        ("404.lt-lt.md", PageName("404", "lt", "lt")),
    ],
)
def test_a_page_is_known_by_its_name(path: str, name: PageName) -> None:
    assert page_name(path) == name


@pytest.mark.parametrize(
    "path",
    [
        "guide.es_es.md",
        "guide.fr.md",
        "guide.md",
        "default.fr-fr.md",
        "guide.fr-fr.txt",
        "guide.fr-fr.md.bak",
        "myguide.fr-fr.md",
        "README.md",
        "guide.fr-fr",
        "",
    ],
)
def test_other_names_are_no_pages(path: str) -> None:
    assert page_name(path) is None


def test_the_locale_is_language_and_zone() -> None:
    assert PageName("guide", "fr", "ca").locale == "fr-ca"
