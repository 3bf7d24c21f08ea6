import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from balise.base.findings import Finding
from balise.base.source import Span
from balise.document import Document, Text
from balise.rules.base import PageRule, RuleContext

PARENTHESIS = re.compile(r"[()]")
ENUMERATION = re.compile(r"(?:^|[\s(/,;:\"“«>–-])(?:[^\W\d_]|[ivxIVX]{1,4}|[0-9]{1,3}[a-z]?)$")
"""What stands in front of `)` in `a)`, `iv)` and `12b)`."""
LAST = re.compile(r"\W*$")
SMILEY = re.compile(r"(?:[:;=]-?|8-)$")
QUOTED = {('"', '"'), ("'", "'"), ("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’")}
"""What stands around a parenthesis that is talked about."""
NEAR = 6
"""Characters in front of a parenthesis that tell what it is."""


class Parenthesis(msgspec.Struct, frozen=True):
    """A parenthesis without its counterpart, its place, and where in its paragraph it ends."""

    opens: bool
    end: int
    span: Span


class UnbalancedParenthesis(PageRule):
    name = "unbalanced-parenthesis"
    group = "text"
    summary = "A parenthesis is never closed, or closes nothing"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for found in _across_paragraphs(document):
            message = "this `)` closes nothing; write the `(` that it belongs to, or remove it"
            if found.opens:
                message = "this `(` is never closed; write the `)`, or remove it"
            yield self.finding(document, found.span, message)


def _across_paragraphs(document: Document) -> Iterator[Parenthesis]:
    """Parentheses without a counterpart.

    One pair may hold several paragraphs of a section, and ends with the last of them.
    """
    opened: dict[int, list[Parenthesis]] = defaultdict(list)
    unbalanced = [p for p in document.prose if p.text.text.count("(") != p.text.text.count(")")]
    excluded = _excluded(document) if unbalanced else []
    for prose in unbalanced:
        before = opened[document.section(prose.span.start)]
        for found in _in_paragraph(prose.text, excluded):
            if found.opens:
                before.append(found)
            elif before and LAST.match(prose.text.text, found.end):
                before.pop()
            else:
                yield found
    for left in opened.values():
        yield from left


def _excluded(document: Document) -> Sequence[Span]:
    """The places of code, of addresses that are their own text, and of markup that went wrong."""
    links = (link.span for link in document.links if link.kind == "autolink")
    others = (fact.span for kind in (document.code_spans, document.residues) for fact in kind)
    return sorted((*links, *others))


def _in_paragraph(text: Text, excluded: Sequence[Span]) -> Iterator[Parenthesis]:
    """Parentheses without a counterpart in the paragraph, but for those that need none.

    In `(either a) this or b) that)` the first `)` closes nothing, and the last one does.
    """
    opened: list[Parenthesis] = []
    spare = 0
    for match in PARENTHESIS.finditer(text.text):
        span = text.span(*match.span())
        index = bisect_right(excluded, span.start, key=lambda place: place.start) - 1
        if index >= 0 and span.start < excluded[index].end:
            continue
        if match[0] == "(":
            if not _is_sign(text.text, match.start()):
                opened.append(Parenthesis(True, match.end(), span))
        elif opened:
            opened.pop()
            spare += _is_sign(text.text, match.start())
        elif not _is_sign(text.text, match.start()):
            if spare:
                spare -= 1
            else:
                yield Parenthesis(False, match.end(), span)
    yield from opened


def _is_sign(text: str, at: int) -> bool:
    """Whether a parenthesis is a part of a smiley or of `a)`, or stands in quotation marks."""
    before = text[max(0, at - NEAR) : at]
    around = (text[at - 1 : at], text[at + 1 : at + 2])
    return (
        around in QUOTED
        or SMILEY.search(before) is not None
        or (text[at] == ")" and ENUMERATION.search(before) is not None)
    )
