import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from balise.base.findings import Cause, Finding, Fix
from balise.base.source import Edit, Span
from balise.config import RuleCatalog, TextKind
from balise.document import Document, Text
from balise.rules.base import PageRule, RuleContext, RuleOptions

SCHEME = re.compile(r"https?://", re.IGNORECASE)
BEGINNING = re.compile(r"[^\s/:*?#@]+(?::[0-9]+)?(?:/[^\s*]*)?")


def _wrong_address(value: str, known: RuleCatalog | None) -> str:
    if BEGINNING.fullmatch(SCHEME.sub("", value, count=1)):
        return ""
    return f": `{value}` is not the beginning of an address, such as `https://old.example.com`"


def _wrong_replacement(value: str, known: RuleCatalog | None) -> str:
    if not value or (SCHEME.match(value) and not re.search(r"\s", value)):
        return ""
    return f": `{value}` is not an address; write one with `https://`, or nothing"


Address = Annotated[str, TextKind("an address", "addresses", _wrong_address).meta()]
Replacement = Annotated[str, TextKind("an address", "addresses", _wrong_replacement).meta()]


class Options(RuleOptions, frozen=True):
    addresses: Annotated[
        dict[Address, Replacement],
        Meta(description="Retired addresses by how they begin, each with what is in its place"),
    ] = msgspec.field(default_factory=dict)


class Mention(msgspec.Struct, frozen=True):
    """How a retired address begins on a page, its place, and what is there today, if anything."""

    written: str
    span: Span
    today: str


class RetiredAddress(PageRule):
    name = "retired-address"
    group = "links"
    summary = "An address is one that the team has retired"
    fixable = "sometimes"
    reach = "everywhere"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        if not self.options.addresses:
            return
        document = context.document
        in_text = sorted(
            (mention for text in _texts(document) for mention in self._find(text)),
            key=lambda mention: mention.span,
        )
        starts = [mention.span.start for mention in in_text]
        told: set[int] = set()
        for written, span, place in (
            *((link.href, link.span, link.address) for link in document.links),
            *((image.src, image.span, image.address) for image in document.images),
        ):
            at = place or span
            found = next(iter(self._find(Text(written, ((0, at.start),)))), None)
            if found is None or found.span.start != at.start:
                continue
            inside = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
            told.update(inside)
            mentions = [found, *(in_text[i] for i in inside if in_text[i].span != found.span)]
            safe, whole = not inside, place is not None
            yield self._finding(context, span, mentions, safe=safe, whole=whole)
        for index, mention in enumerate(in_text):
            if index not in told:
                yield self._finding(context, mention.span, [mention], safe=False, whole=True)

    def _find(self, text: Text) -> Iterator[Mention]:
        pattern, today = retired_addresses(tuple(self.options.addresses.items()))
        for match in pattern.finditer(text.text):
            replacement = today[match[1].lower()]
            if "//" not in match[0]:
                replacement = _bare(replacement)
            yield Mention(match[0], text.span(*match.span()), replacement)

    def _finding(
        self,
        context: RuleContext,
        span: Span,
        mentions: Sequence[Mention],
        *,
        safe: bool,
        whole: bool,
    ) -> Finding:
        """A finding about one address, and a fix where the `whole` of it stands at its place."""
        first = mentions[0]
        message = f"`{first.written}` is retired"
        if not first.today:
            message += "; link to another place, or remove it"
            return self.finding(context.document, span, message)
        message += f"; today it is `{first.today}`"
        fix = None
        if whole:
            edits = tuple(Edit(m.span, m.today, m.written) for m in mentions)
            fix = Fix(f"write `{first.today}`", safe=safe, edits=edits)
        cause = Cause(context.collection.root, first.written, message)
        return self.finding(context.document, span, message, fix=fix, cause=cause)


@cache
def retired_addresses(
    addresses: tuple[tuple[str, str], ...],
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds the addresses that begin so, the longest first, and what is in their place.

    Of `old.example.com` that is not `old.example.com.au`.
    """
    today = {_bare(old).lower(): new.rstrip("/") for old, new in addresses}
    beginnings = "|".join(map(re.escape, sorted(today, key=len, reverse=True)))
    found = rf"(?<![\w.@:/-])(?:(?:https?:)?//)?({beginnings})(?![\w-]|\.\w|:[0-9])"
    return re.compile(found, re.IGNORECASE), today


def _bare(address: str) -> str:
    return SCHEME.sub("", address, count=1).rstrip("/")


def _texts(document: Document) -> Iterator[Text]:
    for prose in document.prose:
        yield prose.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield cell.text
    for fence in document.fences:
        yield fence.code
