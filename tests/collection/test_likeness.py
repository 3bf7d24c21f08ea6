"""Whether a name may have been written for another one: the words in them decide."""

import tomllib
from importlib.resources import files

import pytest

from balise.collection import may_mean
from balise.document.language import WORDS
from balise.document.slugs import transliterate


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("setpu", "setup"),
        ("howto_restore_a_disk", "how-to-restore-a-disk"),
        ("understanding-the-menu", "understand-the-menu"),
        ("restore-the-disk", "restore-your-disk"),
        ("restaurer-le-disque", "restaurer-un-disque-de-secours"),
        ("dodawanie-dysku", "dodanie-dysku"),
        ("step-3-restore-the-disk_2", "step-3-restore-the-disk"),
        ("Désactiver l’accès", "desactiver-l-acces"),
        ("enable-or-disable-a-disk", "disable-a-disk"),
        ("change-the-address", "change-address"),
        ("начало", "начала"),
    ],
)
def test_slips_and_forms_of_words_may_mean_the_same(written: str, name: str) -> None:
    assert may_mean(written, name)
    assert may_mean(name, written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("restore-the-disk", "restore-the-key"),
        ("manual-setup", "imap-setup"),
        ("step-3-restore-the-disk", "step-4-restore-the-disk"),
        ("outlook-2010", "outlook-2013"),
    ],
)
def test_another_word_or_number_means_something_else(written: str, name: str) -> None:
    assert not may_mean(written, name)
    assert not may_mean(name, written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("enable-a-disk", "disable-a-disk"),
        ("regenerate-a-key", "delete-a-key"),
        ("Activer un disque", "Désactiver un disque"),
        ("Festplatte aktivieren", "Festplatte deaktivieren"),
        ("activar-un-disco", "desactivar-un-disco"),
        ("attivare-un-disco", "disattivare-un-disco"),
        ("włączanie dysku", "wyłączanie dysku"),
        ("ativar-um-disco", "desativar-um-disco"),
        ("įjungti diską", "išjungti diską"),
        ("aktivointi", "deaktivointi"),
        ("een-schijf-inschakelen", "een-schijf-uitschakelen"),
        ("zapnutí disku", "vypnutí disku"),
    ],
)
def test_opposites_are_told_apart_in_every_language(written: str, name: str) -> None:
    assert not may_mean(written, name)
    assert not may_mean(name, written)


def test_opposites_are_known_in_every_language_and_written_without_accents() -> None:
    text = (files("balise.collection") / "opposites.toml").read_text(encoding="utf-8")
    pairs = tomllib.loads(text)
    assert pairs.keys() == WORDS.keys()
    stems = [
        stem
        for of_language in pairs.values()
        for pair in of_language
        for side in pair
        for stem in side
    ]
    assert [stem for stem in stems if transliterate(stem).lower() != stem] == []


def test_no_word_begins_as_both_sides_of_a_pair() -> None:
    text = (files("balise.collection") / "opposites.toml").read_text(encoding="utf-8")
    pairs = [pair for of_language in tomllib.loads(text).values() for pair in of_language]
    twice = [
        (one, other)
        for ours, theirs in pairs
        for one in ours
        for other in theirs
        if one.startswith(other) or other.startswith(one)
    ]
    assert twice == []
