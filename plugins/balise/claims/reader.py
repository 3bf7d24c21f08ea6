"""What the words of one language are searched with, and the numbers and hosts of all."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from balise.claims.claim import Direction, Security
from balise.claims.words import PROTOCOLS, SECURED, Words, fold, pattern, words_of

NUMBER = re.compile(r"(?<![\w.,/-])[0-9]{2,5}(?![\w-]|[.,][0-9])")
FOLLOWED = re.compile(
    r"\s*(?:%|[€$£]|:[0-9]|(?:euros?|[kmgt]i?[bo]|ms|min\w*|sec\w*|heures?|hours?|days?|jours?)(?!\w))",
    re.IGNORECASE,
)
"""What makes a number a price, a time, a size."""
BEHIND_COLON = re.compile(r"([\w.]+):$")
YEARS = range(1990, 2040)
JUNK = re.compile(r"\[/?\w*\]|[\"“”„«»*`]")
"""Quotation marks and remains of other markup between words and numbers."""

OTHERS = sorted((name for name in PROTOCOLS if name not in ("imap", "pop", "smtp")), key=len)
PROTOCOL = re.compile(
    rf"(?<![a-z])(?:(imap|pop|smtp)[0-9]?s?|({'|'.join(reversed(OTHERS))}))(?![a-z])"
)
"""`POP3`, `IMAPS`: the same protocol."""
GLUED_SSL = re.compile(r"(?<![a-z])(starttls|ssl|tls)(?=[^\W\d_]{4})")
"""`SSLactivated`, as cells have it that lost a line break."""

STARTTLS = re.compile(r"(?<![a-z])starttls(?![a-z])")
TLS = re.compile(r"(?<![a-z])(?:ssl|tls)(?![a-z])")
HOST = re.compile(
    r"(?<![\w.@/-])(?:[a-z0-9?*](?:[\w?*-]{0,62})\.){2,6}(?:net|com|org|fr|eu|ca|de|io|pl|es|it|co\.uk)(?![\w/@-]|\.\w)"
)


class Reader(msgspec.Struct, frozen=True):
    """The words of one language, as patterns over folded text."""

    port: re.Pattern[str]
    glued: re.Pattern[str]
    server: re.Pattern[str]
    incoming: re.Pattern[str]
    outgoing: re.Pattern[str]
    enabled: re.Pattern[str]
    disabled: re.Pattern[str]
    secured: re.Pattern[str]
    between: re.Pattern[str]
    negated: re.Pattern[str]
    yes: frozenset[str]
    no: frozenset[str]

    def direction(self, folded: str) -> Direction | None:
        """The direction named last in `folded`."""
        incoming = _last(self.incoming, folded)
        outgoing = _last(self.outgoing, folded)
        if incoming == outgoing:
            return None
        return "incoming" if incoming > outgoing else "outgoing"

    def one_direction(self, folded: str) -> Direction | None:
        """The direction that `folded` names, if it does not name both."""
        if self.incoming.search(folded) and self.outgoing.search(folded):
            return None
        return self.direction(folded)

    def security(self, folded: str) -> Security | None:
        """How the connection is protected, where `folded` says so in words."""
        folded = GLUED_SSL.sub(r"\1 ", folded)
        if not self.secured.search(folded):
            return None
        disabled, enabled = _last(self.disabled, folded), _last(self.enabled, folded)
        if disabled == enabled:
            return None
        if disabled > enabled:
            return "none"
        return "starttls" if STARTTLS.search(folded) else "tls"

    def labelled_security(self, folded: str) -> Security | None:
        """The same for a label or cell of a table, where `SSL/TLS` alone says that it is on."""
        if said := self.security(folded):
            return said
        if STARTTLS.search(folded):
            return None if TLS.search(folded) else "starttls"
        return "tls" if TLS.search(folded) else None


def _last(words: re.Pattern[str], folded: str) -> tuple[int, int]:
    """Where the last of the words ends, and how long it is: "not enabled" outdoes "enabled"."""
    ends = ((match.end(), match.end() - match.start()) for match in words.finditer(folded))
    return max(ends, default=(-1, 0))


@cache
def reader_of(language: str | None) -> Reader:
    """The reader of a language, of all languages together for None."""
    words: Words = words_of(language)
    joining = "|".join(re.escape(word) for word in words.joining) or "(?!)"
    ports = "|".join(re.escape(word) for word in sorted(words.port, key=len, reverse=True))
    return Reader(
        port=pattern(words.port),
        glued=re.compile(rf"(?<![^\W\d_])(?:{ports or '(?!)'})([0-9]{{2,5}})(?![\w-]|[.,][0-9])"),
        server=pattern(words.server),
        incoming=pattern(words.incoming),
        outgoing=pattern(words.outgoing),
        enabled=_said(words.enabled, words.with_),
        disabled=_said(words.disabled, words.without),
        secured=pattern(SECURED),
        between=re.compile(rf"\s*(?:[,/&]|(?<!\w)(?:{joining})(?!\w))\s*"),
        negated=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.not_)) or '(?!)'})\s+$"),
        yes=frozenset(words.yes),
        no=frozenset(words.no),
    )


def _said(adjectives: Iterable[str], prepositions: Iterable[str]) -> re.Pattern[str]:
    """Adjectives anywhere, and prepositions that encryption follows: "without SSL"."""
    before = pattern(prepositions).pattern
    near = rf"(?:{before})(?:(?=\W{{1,3}}(?:\w+\W{{1,3}}){{0,3}}(?:ssl|tls|starttls))|(?<=ssl)|(?<=tls))"
    return re.compile(f"{pattern(adjectives).pattern}|{near}")


def cleaned(text: str) -> str:
    """`text` folded, with blanks for quotation marks and the like; offsets stay true."""
    return JUNK.sub(lambda junk: " " * len(junk[0]), fold(text))


def numbers(
    folded: str, start: int, end: int, reader: Reader, *, years: bool = False
) -> list[tuple[int, int]]:
    """Where numbers stand that may be ports, also glued to the word in front (`port143`).

    What may be a year is none, unless `years` are welcome.
    """
    found = [match.span() for match in NUMBER.finditer(folded, start, end)]
    found += [match.span(1) for match in reader.glued.finditer(folded, start, end)]
    return sorted(span for span in found if _may_be_port(folded, *span, years))


def _may_be_port(folded: str, start: int, end: int, years: bool) -> bool:
    if FOLLOWED.match(folded, end) or (not years and int(folded[start:end]) in YEARS):
        return False
    if folded[start - 1 : start] != ":":
        return True
    before = BEHIND_COLON.search(folded[max(0, start - 60) : start])
    return before is not None and "." not in before[1] and not before[1].isdigit()


def protocols(folded: str) -> list[str]:
    """The protocols that are named, in their order."""
    return [mail or other for mail, other in PROTOCOL.findall(folded)]
