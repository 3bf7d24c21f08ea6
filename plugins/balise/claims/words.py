"""The words of each language, from the data files in `words/`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

PROTOCOLS = (
    "imap", "pop", "smtp", "ftp", "ftps", "sftp", "ssh", "https", "http", "mysql", "postgresql",
    "rdp", "ldap", "telnet",
)  # fmt: skip
"""Protocols that are told apart. `POP3`, `IMAP4` and the like are the same as without a number."""

SECURED = ("ssl", "tls", "starttls")


@dataclass(frozen=True, slots=True)
class Words:
    """One language: for each meaning the words that carry it, without accents, lower case."""

    port: tuple[str, ...] = ()
    server: tuple[str, ...] = ()
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()


def fold(text: str) -> str:
    """`text` in lower case without accents, character for character: offsets stay true."""
    if text.isascii():
        return text.lower()
    return "".join(_fold_character(char) for char in text)


@cache
def _fold_character(char: str) -> str:
    lower = unicodedata.normalize("NFD", char)[0].lower()
    return lower if len(lower) == 1 else char


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the words as a whole word in folded text; nothing if there are none."""
    alternatives = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives})(?![^\W_])" if alternatives else r"(?!)")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file of words."""
    folder = files("balise.claims") / "words"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


@cache
def words_of(language: str | None) -> Words:
    """The words of a language; those of all languages together where it is not known.

    A language without a file has English words, which its writers copy more often than not.
    """
    if language is None:
        everything = [words_of(name) for name in languages()]
        return Words(
            *(
                tuple(dict.fromkeys(w for words in everything for w in getattr(words, field.name)))
                for field in fields(Words)
            )
        )
    name = language if language in languages() else "en"
    text = (files("balise.claims") / "words" / f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Words(
        *(tuple(fold(w) for w in data.get(f.name.rstrip("_"), ())) for f in fields(Words))
    )
