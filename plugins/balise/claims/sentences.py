"""Claims of free text, by the words around each number or host."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from balise.claims.model import HostClaim, Origin, PortClaim, Source
from balise.claims.patterns import HOST, LanguagePatterns, named_protocols
from balise.claims.section import Mention, SectionContext, infer_subject, port_numbers
from balise.claims.well_known import is_mail_port
from balise.document import Text

T = TypeVar("T")

SENTENCE_END = re.compile(r"[.!?;](?=\s|$)")
CLAUSE_END = re.compile(r"[,;()]")
BRACKET = re.compile(r"\s*\([^()]*\)")
MAX_LABEL = 80
"""Characters that the label of a paragraph may have."""
NEAR = 40
"""Characters behind a number in which a word for "port" belongs to it (`587 SMTP serverio prievadą`)."""


class Passage(msgspec.Struct, frozen=True):
    """A paragraph or table cell, what is known of it, and the patterns of its language.

    `folded` is its text as `normalize` makes it, with the same offsets.
    """

    text: Text
    folded: str
    context: SectionContext
    patterns: LanguagePatterns
    origin: Origin


class _NumberGroup(msgspec.Struct, frozen=True):
    """Numbers that belong together ("995 or 110"), as pairs of offsets in the folded text."""

    spans: list[tuple[int, int]]

    @property
    def start(self) -> int:
        """Where its first number starts."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where its last number ends."""
        return self.spans[-1][1]


class _Surroundings(msgspec.Struct, frozen=True):
    """The words around a group of numbers.

    `before` are those in front that are its own, `between` others that follow the group in front
    of it, `after` those behind. Behind a colon only brackets count: `port: 995 outgoing server: ...` is about something else.
    """

    before: str
    between: str
    after: str


def port_claims(passage: Passage) -> Iterator[PortClaim]:
    """The claims about ports, sentence by sentence."""
    if not any(char.isdigit() for char in passage.folded):
        return
    folded = HOST.sub(lambda host: " " * len(host[0]), passage.folded)
    patterns = passage.patterns
    words = patterns.port.search(folded) or patterns.glued.search(folded) or named_protocols(folded)
    if not words and not patterns.direction(folded):
        return
    passage = replace(passage, folded=folded)
    for start, end in _sentences(folded):
        yield from _claims_in_sentence(passage, start, end)


def _label(folded: str) -> str:
    """What a paragraph is about: `Outgoing server (SMTP): the server is ... The port is 465.`"""
    label, colon, _ = folded[: MAX_LABEL + 1].partition(":")
    return label if colon else ""


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _claims_in_sentence(passage: Passage, start: int, end: int) -> Iterator[PortClaim]:
    """What the words around each group of numbers ("995 or 110") say of it.

    Between two groups the word for "port" parts what belongs to the first ("993 for incoming mail
    and the port 465") from what belongs to the second; what the first has no use for ("incoming:
    port 993, outgoing: port 465") is the second's as well.
    """
    groups = _number_groups(passage, start, end)
    if not groups:
        return
    patterns = passage.patterns
    surroundings = _surroundings(passage, start, end, groups)
    directions = _distribute(patterns.direction, surroundings)
    securities = _distribute(patterns.security, surroundings)
    names = _distribute(lambda words: tuple(named_protocols(words)) or None, surroundings)
    for index, group in enumerate(groups):
        if not _is_about_ports(passage, group, surroundings[index]):
            continue
        named, direction, security = names[index] or (), directions[index], securities[index]
        if direction is None and not named:
            label = _label(passage.folded)
            named, direction = tuple(named_protocols(label)), patterns.direction(label)
        span = passage.text.span(start, end)
        subject = infer_subject(
            passage.context,
            Mention(named[-1], "sentence", span) if named else None,
            Mention(direction, "sentence", span) if direction else None,
        )
        ports = port_numbers(passage.text, passage.folded, group.spans)
        if not ports:
            continue
        yield PortClaim(
            ports,
            subject.protocol,
            subject.direction,
            security,
            passage.origin,
            passage.text.span(group.start, group.end),
            passage.context.section,
            named,
            (*subject.sources, *([Source("security", "sentence", span)] if security else ())),
            passage.context.heading,
        )


def _is_about_ports(passage: Passage, group: _NumberGroup, around: _Surroundings) -> bool:
    """Whether a group of numbers is one of ports.

    The word for "port" stands in front of it, or close behind, as some languages have it; or it is
    the value of a field that names a server, and a port of mail.
    """
    folded, patterns = passage.folded, passage.patterns
    start, end = group.start, group.end
    if patterns.port.search(around.before) or patterns.glued.match(folded, start - 20, end):
        return True
    if any(patterns.glued.search(folded, max(0, first - 25), last) for first, last in group.spans):
        return True
    of_mail = (is_mail_port(int(folded[first:last])) for first, last in group.spans)
    if patterns.port.search(folded[end : end + NEAR].split(",")[0].split(".")[0]):
        return bool(named_protocols(around.after)) or all(of_mail)
    named = patterns.direction(around.before) or named_protocols(around.before)
    is_field = ":" in around.before
    return bool(named) and is_field and all(of_mail)


def _surroundings(
    passage: Passage, start: int, end: int, groups: Sequence[_NumberGroup]
) -> list[_Surroundings]:
    """What is around each group of the sentence `folded[start:end]`."""
    folded = passage.folded
    edges = [start]
    for group, following in pairwise(groups):
        words = list(passage.patterns.port.finditer(folded, group.end, following.start))
        edges.append(words[-1].start() if words else group.end)
    found: list[_Surroundings] = []
    for index, group in enumerate(groups):
        is_field = folded[: group.start].rstrip().endswith(":")
        bracket = BRACKET.match(folded, group.end, end) if is_field else None
        until = edges[index + 1] if index + 1 < len(groups) else end
        behind = groups[index - 1].end if index else start
        found.append(
            _Surroundings(
                before=folded[edges[index] : group.start],
                between=folded[behind : edges[index]],
                after=(bracket[0] if bracket else "") if is_field else folded[group.end : until],
            )
        )
    return found


def _distribute(read: Callable[[str], T], surroundings: Sequence[_Surroundings]) -> list[T]:
    """What `read` finds for each group, None if nothing.

    Words between two groups count for one of them only.
    """
    found: list[T] = []
    taken = False
    for around in surroundings:
        value = read(around.before)
        if value is None and not taken:
            value = read(around.between)
        taken = False
        if value is None and (value := read(around.after)) is not None:
            taken = True
        found.append(value)
    return found


def _number_groups(passage: Passage, start: int, end: int) -> list[_NumberGroup]:
    folded, patterns = passage.folded, passage.patterns
    groups: list[_NumberGroup] = []
    for span in patterns.number_spans(folded, start, end):
        if patterns.negation.search(folded, max(start, span[0] - 20), span[0]):
            continue
        if groups and patterns.separator.fullmatch(folded, groups[-1].end, span[0]):
            groups[-1].spans.append(span)
        else:
            groups.append(_NumberGroup([span]))
    for phrase in patterns.forbidding.finditer(folded, start, end):
        groups = _without_forbidden(groups, folded, *phrase.span())
    return groups


def _without_forbidden(
    groups: Sequence[_NumberGroup], folded: str, start: int, end: int
) -> list[_NumberGroup]:
    """The groups but for those that a phrase forbids: all within it, else the next one, else the last."""
    within = [group for group in groups if start <= group.start and group.end <= end]
    if not within:
        within = [
            g for g in groups if g.start >= end and not CLAUSE_END.search(folded, end, g.start)
        ]
        within = within[:1]
    if not within:
        within = [
            g for g in groups if g.end <= start and not CLAUSE_END.search(folded, g.end, start)
        ]
        within = within[-1:]
    return [group for group in groups if group not in within]


def host_claims(passage: Passage) -> Iterator[HostClaim]:
    """The claims about servers: hosts that are named together with a direction or protocol."""
    cursor = 0
    for match in HOST.finditer(passage.folded):
        before = passage.folded[cursor : match.start()]
        cursor = match.end()
        direction, protocols = passage.patterns.direction(before), named_protocols(before)
        if not (direction or protocols) or not passage.patterns.server.search(before):
            continue
        span = passage.text.span(*match.span())
        subject = infer_subject(
            passage.context,
            Mention(protocols[-1], "sentence", span) if len(set(protocols)) == 1 else None,
            Mention(direction, "sentence", span) if direction else None,
        )
        if subject.direction:
            yield HostClaim(
                match[0],
                subject.protocol,
                subject.direction,
                passage.origin,
                span,
                passage.context.section,
            )
