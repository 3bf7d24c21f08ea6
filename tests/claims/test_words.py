"""The words of each language, and what a language without a file has."""

import tomllib
from importlib.resources import files

import pytest

from balise.base.source import SourceFile
from balise.claims import PortClaim, read_claims
from balise.claims.words import fold, languages, words_of
from balise.document import read_document


def listed(language: str) -> dict[str, list[str]]:
    """The file of a language as it is."""
    file = files("balise.claims") / "words" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def claims(path: str, text: str) -> tuple[PortClaim, ...]:
    return read_claims(read_document(SourceFile(path, text))).ports


@pytest.mark.parametrize("language", languages())
def test_words_have_single_blanks_and_none_around(language: str) -> None:
    words = [word for words in listed(language).values() for word in words]
    assert [word for word in words if word != " ".join(word.split())] == []


@pytest.mark.parametrize("language", languages())
def test_yes_is_not_no(language: str) -> None:
    words = words_of(language)
    assert not set(words.yes) & set(words.no)


@pytest.mark.parametrize("language", languages())
def test_a_word_for_a_port_is_no_word_for_a_server(language: str) -> None:
    words = words_of(language)
    assert not set(words.port) & set(words.server)


@pytest.mark.parametrize("language", languages())
def test_each_word_for_port_makes_a_number_a_port(language: str) -> None:
    for word in listed(language)["port"]:
        (claim,) = claims(f"guide.{language}-{language}.md", f"{word} 1234\n")
        assert claim.numbers == {1234}, word


@pytest.mark.parametrize("language", languages())
def test_each_word_for_a_direction_names_it(language: str) -> None:
    words = listed(language)
    for direction in ("incoming", "outgoing"):
        for word in words[direction]:
            path = f"guide.{language}-{language}.md"
            (claim,) = claims(path, f"{word}: {words['port'][0]} 1234\n")
            assert claim.direction == direction, word


@pytest.mark.parametrize("language", languages())
def test_each_word_for_encryption_says_whether_it_is_on(language: str) -> None:
    words = listed(language)
    for key, security in (("enabled", "tls"), ("disabled", "none")):
        for word in words[key]:
            path = f"guide.{language}-{language}.md"
            (claim,) = claims(path, f"{words['port'][0]} 1234, SSL {word}\n")
            assert claim.security == security, word


@pytest.mark.parametrize("language", languages())
def test_english_labels_are_read_in_every_language(language: str) -> None:
    (claim,) = claims(f"guide.{language}-{language}.md", "Incoming port 993\n")
    assert claim.numbers == {993}
    assert claim.direction == "incoming"


@pytest.mark.parametrize("path", ["guide.sv-se.md", "guide.xx-xx.md", "README.md"])
def test_a_page_in_a_language_without_a_file_names_ports_and_protocols(path: str) -> None:
    (claim,) = claims(path, "port 993 IMAP\n")
    assert claim.numbers == {993}
    assert claim.protocol == "imap"


@pytest.mark.parametrize("path", ["guide.xx-xx.md", "README.md"])
def test_a_language_without_a_file_has_the_english_words(path: str) -> None:
    (claim,) = claims(path, "The outgoing server uses port 465 with SSL enabled.\n")
    assert (claim.direction, claim.security) == ("outgoing", "tls")


def test_the_country_of_a_page_does_not_matter() -> None:
    (claim,) = claims("guide.fr-ca.md", "Le port entrant est 993.\n")
    assert claim.direction == "incoming"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Réception", "reception"),
        ("ĮEINANTIS", "ieinantis"),
        ("PŘÍCHOZÍ", "prichozi"),
        ("ASCII only", "ascii only"),
        ("", ""),
    ],
)
def test_capitals_and_accents_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["İstanbul", "Straße", "\U0001f600 é", "ﬁle", "e\u0301", "łódź"])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
