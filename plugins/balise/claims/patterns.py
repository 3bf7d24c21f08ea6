"""Patterns that find the words of one language, and numbers, protocols and hosts in any."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from balise.claims.model import Direction, Security
from balise.claims.words import PROTOCOLS, SECURED, fold, word_pattern, words_of

NUMBER = re.compile(r"(?<![\w.,/-])[0-9]{2,5}(?![\w-]|[.,][0-9])")
UNIT_BEHIND = re.compile(
    r"\s*(?:%|[€$£]|:[0-9]|(?:euros?|[kmgt]i?[bo]|ms|min\w*|sec\w*|heures?|hours?|days?|jours?)(?!\w))",
    re.IGNORECASE,
)
"""What stands behind a number that is a price, a time or a size."""
BEFORE_COLON = re.compile(r"([\w.]+):$")
YEARS = range(1990, 2040)
JUNK = re.compile(r"\[/?\w*\]|[\"“”„«»*`]")
"""Quotation marks and remains of other markup between words and numbers."""

OTHER_PROTOCOLS = sorted(
    (name for name in PROTOCOLS if name not in ("imap", "pop", "smtp")), key=len
)
PROTOCOL = re.compile(
    rf"(?<![a-z])(?:(imap|pop|smtp)[0-9]?s?|({'|'.join(reversed(OTHER_PROTOCOLS))}))(?![a-z])"
)
"""`POP3`, `IMAPS`: the same protocol."""
GLUED_SSL = re.compile(r"(?<![a-z])(starttls|ssl|tls)(?=[^\W\d_]{4})")
"""`SSLactivated`, as cells have it that lost a line break."""

STARTTLS = re.compile(r"(?<![a-z])starttls(?![a-z])")
TLS = re.compile(r"(?<![a-z])(?:ssl|tls)(?![a-z])")
HOST = re.compile(
    r"(?<![\w.@/-])(?:[a-z0-9?*](?:[\w?*-]{0,62})\.){2,6}(?:net|com|org|fr|eu|ca|de|io|pl|es|it|co\.uk)(?![\w/@-]|\.\w)"
)


class LanguagePatterns(msgspec.Struct, frozen=True):
    """The words of one language, as patterns over text that `normalize` has made.

    `port` to `secured` find words of that meaning. `glued` finds a number directly behind a word for
    "port" (`port143`), `separator` what stands between two numbers of one group ("995 or 110", "110, and
    143"), and `negation` a word for "not" at the end of a text; `forbidding` finds "never use" in front of
    numbers or behind them, or around them as in "gebruik 110 niet". `yes` and `no` are what cells say.
    """

    port: re.Pattern[str]
    glued: re.Pattern[str]
    server: re.Pattern[str]
    incoming: re.Pattern[str]
    outgoing: re.Pattern[str]
    enabled: re.Pattern[str]
    disabled: re.Pattern[str]
    secured: re.Pattern[str]
    separator: re.Pattern[str]
    negation: re.Pattern[str]
    forbidding: re.Pattern[str]
    yes: frozenset[str]
    no: frozenset[str]

    def direction(self, folded: str) -> Direction | None:
        """The direction named last in `folded`."""
        incoming = _last_match(self.incoming, folded)
        outgoing = _last_match(self.outgoing, folded)
        if incoming == outgoing:
            return None
        return "incoming" if incoming > outgoing else "outgoing"

    def sole_direction(self, folded: str) -> Direction | None:
        """The direction that `folded` names, if it does not name both."""
        if self.incoming.search(folded) and self.outgoing.search(folded):
            return None
        return self.direction(folded)

    def security(self, folded: str) -> Security | None:
        """How the connection is protected, where `folded` says so in words."""
        folded = GLUED_SSL.sub(r"\1 ", folded)
        if not self.secured.search(folded):
            return None
        disabled, enabled = _last_match(self.disabled, folded), _last_match(self.enabled, folded)
        if disabled == enabled:
            return "starttls" if self._names_starttls_alone(folded) else None
        if disabled > enabled:
            return "none"
        return "starttls" if STARTTLS.search(folded) else "tls"

    def _names_starttls_alone(self, folded: str) -> bool:
        """Whether `folded` names STARTTLS, nothing that could be chosen for it, and no "not" in front."""
        named = STARTTLS.search(folded)
        if named is None or TLS.search(folded):
            return False
        return self.negation.search(folded, 0, named.start()) is None

    def label_security(self, folded: str) -> Security | None:
        """The same for a label or cell of a table, where `SSL/TLS` alone says that it is on."""
        if security := self.security(folded):
            return security
        if STARTTLS.search(folded):
            return None if TLS.search(folded) else "starttls"
        return "tls" if TLS.search(folded) else None

    def number_spans(
        self, folded: str, start: int, end: int, *, allow_years: bool = False
    ) -> list[tuple[int, int]]:
        """The numbers of `folded[start:end]` that may be ports, as pairs of offsets in `folded`.

        Those glued to a word for "port" (`port143`) count. What may be a year does not, unless
        `allow_years` says so.
        """
        found = [match.span() for match in NUMBER.finditer(folded, start, end)]
        found += [match.span(1) for match in self.glued.finditer(folded, start, end)]
        return sorted(span for span in found if _may_be_port(folded, *span, allow_years))


def _last_match(words: re.Pattern[str], folded: str) -> tuple[int, int]:
    """Where the last of the words ends, and how long it is: "not enabled" outdoes "enabled"."""
    ends = ((match.end(), match.end() - match.start()) for match in words.finditer(folded))
    return max(ends, default=(-1, 0))


@cache
def patterns_of(language: str | None) -> LanguagePatterns:
    """The patterns of a language (`fr`); those of English for None and for a language without words."""
    words = words_of(language)
    words_between = "|".join(re.escape(word) for word in words.joining) or "(?!)"
    joining = rf"(?<!\w)(?:{words_between})(?!\w)"
    ports = "|".join(re.escape(word) for word in sorted(words.port, key=len, reverse=True))
    return LanguagePatterns(
        port=word_pattern(words.port),
        glued=re.compile(rf"(?<![^\W\d_])(?:{ports or '(?!)'})([0-9]{{2,5}})(?![\w-]|[.,][0-9])"),
        server=word_pattern(words.server),
        incoming=word_pattern(words.incoming),
        outgoing=word_pattern(words.outgoing),
        enabled=_security_pattern(words.enabled, words.with_),
        disabled=_security_pattern(words.disabled, words.without),
        secured=word_pattern(SECURED),
        separator=re.compile(rf"\s*(?:[,/&](?:\s*{joining})?|{joining})\s*"),
        negation=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.not_)) or '(?!)'})\s+$"),
        forbidding=_forbidding_pattern(words.forbidding),
        yes=frozenset(words.yes),
        no=frozenset(words.no),
    )


def _security_pattern(adjectives: Iterable[str], prepositions: Iterable[str]) -> re.Pattern[str]:
    """Adjectives anywhere, and prepositions that encryption follows: "without SSL"."""
    before = word_pattern(prepositions).pattern
    near = rf"(?:{before})(?:(?=\W{{1,3}}(?:\w+\W{{1,3}}){{0,3}}(?:ssl|tls|starttls))|(?<=ssl)|(?<=tls))"
    return re.compile(f"{word_pattern(adjectives).pattern}|{near}")


def _forbidding_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """The phrases, but for "do not use SSL"."""
    words = word_pattern(phrases).pattern.replace(r"\ \*\ ", r"(?:\s+[^\s,;.()]+){0,5}?\s+")
    return re.compile(rf"{words}(?!\W+(?:[^\W\d]+\W+)?(?:ssl|tls|starttls))")


def normalize(text: str) -> str:
    """`text` folded, with blanks for quotation marks and the like; offsets stay the same."""
    return JUNK.sub(lambda junk: " " * len(junk[0]), fold(text))


def _may_be_port(folded: str, start: int, end: int, allow_years: bool) -> bool:
    if UNIT_BEHIND.match(folded, end) or (not allow_years and int(folded[start:end]) in YEARS):
        return False
    if folded[start - 1 : start] != ":":
        return True
    before = BEFORE_COLON.search(folded[max(0, start - 60) : start])
    return before is not None and "." not in before[1] and not before[1].isdigit()


def named_protocols(folded: str) -> list[str]:
    """The protocols that `folded` names, in order, with repeats."""
    return [mail or other for mail, other in PROTOCOL.findall(folded)]
