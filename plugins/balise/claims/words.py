"""The words of each language, from `words/<language>.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec
from msgspec.structs import fields

PROTOCOLS = (
    "imap", "pop", "smtp", "ftp", "ftps", "sftp", "ssh", "https", "http", "mysql", "postgresql",
    "rdp", "ldap", "telnet",
)  # fmt: skip
"""The protocols that a claim may be about. `POP3` and `IMAP4` are `pop` and `imap`."""

SECURED = ("ssl", "tls", "starttls")
"""The words for an encrypted connection, alike in all languages."""


class Words(msgspec.Struct, frozen=True):
    """The words of one language for each meaning, in lower case and without accents (`fold`).

    `with_` and `without` stand in front of `SSL` and its like, `joining` between two numbers of one
    group ("995 or 110"), `not_` in front of a number that is not meant; `yes` and `no` fill cells.
    `forbidding` are phrases with a verb ("never use"), in which `*` stands for a few words or none.
    """

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
    forbidding: tuple[str, ...] = ()


def fold(text: str) -> str:
    """`text` in lower case without accents, character for character: offsets stay the same."""
    if text.isascii():
        return text.lower()
    return text.translate(FOLDED)


class _Folded(dict[int, str]):
    """Each character in lower case without accents, made when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = unicodedata.normalize("NFD", char)[0].lower()
        self[code] = lower if len(lower) == 1 else char
        return self[code]


FOLDED = _Folded()


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the words as a whole word in folded text; nothing if there are none."""
    alternatives = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives})(?![^\W_])" if alternatives else r"(?!)")


@cache
def languages() -> tuple[str, ...]:
    """The languages (`fr`) that have a file of words, sorted."""
    folder = files("balise.claims") / "words"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


@cache
def words_of(language: str | None) -> Words:
    """The words of a language, and English ones for what guides leave untranslated.

    A language without a file, or an unknown one, has the English ones alone.
    """
    own = _file(language) if language in languages() else {}
    english = _file("en")
    return Words(
        *(tuple(fold(w) for w in _words(f.name.rstrip("_"), own, english)) for f in fields(Words))
    )


UNTRANSLATED = frozenset({"port", "server", "incoming", "outgoing"})
"""What English is mixed in for: labels of programs. Its short words mean other things elsewhere."""


def _words(key: str, own: Mapping[str, list[str]], english: Mapping[str, list[str]]) -> list[str]:
    if not own:
        return english[key]
    return [*own[key], *(english[key] if key in UNTRANSLATED else ())]


def _file(language: str | None) -> Mapping[str, list[str]]:
    text = (files("balise.claims") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
