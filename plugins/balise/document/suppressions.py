"""Comments that silence rules: `<!-- balise: ignore[rule] reason -->`, and what each is about."""

import re
from collections.abc import Callable, Sequence
from typing import cast

from markdown_it.token import Token
from msgspec.structs import replace

from balise.base.source import Span
from balise.document.model import Suppression, SuppressionKind
from balise.document.source_map import SourceMap
from balise.syntax.html import COMMENT

ADDRESSED = re.compile(
    r"<!--\s*+balise\s*+:\s*+((?:(?!-->)\S|\s++(?!-->))*+)\s*+-->", re.IGNORECASE
)
DIRECTIVE = re.compile(
    r"(ignore-page|ignore|off|on)(?:\s*+\[([\s\w,.-]*+)\]|(?!\s*+\[)(?=[\s:]|$))[\s:–—-]*+(.*+)",
    re.DOTALL,
)
NAME = re.compile(r"[^\s,]+")
BLANKS = " \t"
MARKS = " \t>"
"""What stands in front of a line that is all of a block's: nothing that begins a block itself."""
LISTS = frozenset({"bullet_list_close", "ordered_list_close", "dl_close"})
JOINED = frozenset({"bullet_list_open", "ordered_list_open", "dl_open", "code_block"})
"""What would become part of a list above it, without a comment between them."""


class SuppressionCollector:
    """Collects the suppressions of a page while its tokens are walked."""

    def __init__(self, source_map: SourceMap) -> None:
        self.source_map = source_map
        self.found: list[Suppression] = []
        self._known_following: tuple[int, int, Token | None] = (-1, 0, None)
        """Of comments in a row: their level, the index where they end, and what follows there."""

    def in_block(
        self, tokens: Sequence[Token], index: int, span: Callable[[int, int], Span]
    ) -> None:
        """Collect those of the HTML block `tokens[index]`.

        `span` gives the place in the file of a pair of offsets in the block's content.
        """
        token = tokens[index]
        html, alone = token.content, only_comments(token)
        following = self._following(tokens, index) if alone else token
        lines = tuple(following.map) if following and following.map else None
        for found in COMMENT.finditer(html):
            comment = ADDRESSED.fullmatch(html, *found.span())
            if comment is None:
                continue
            place = span(*comment.span())
            removal: Span | None
            if alone:
                removal = self._line_of_its_own(place, tokens, index, following)
            elif comment.start() == 0:
                removal = None  # what stands behind it would not be HTML any more
            else:
                removal = self._removal(place)
            self._add(comment, span, self._lines(lines), removal)

    def _following(self, tokens: Sequence[Token], index: int) -> Token | None:
        """The next block in the same container, comments aside."""
        level = tokens[index].level
        known_level, end, following = self._known_following
        if level != known_level or index >= end:
            end = index + 1
            while end < len(tokens) and not _ends_comments(tokens[end], level):
                end += 1
            following = tokens[end] if end < len(tokens) else None
            if following and (following.level < level or not following.map):
                following = None
            self._known_following = (level, end, following)
        return following

    def in_text(
        self, html: str, span: Callable[[int, int], Span], lines: tuple[int, int] | None
    ) -> None:
        """Collect `html`, a piece of inline HTML in text on the lines `[first, last)`, if it is one.

        `span` gives the place in the file of a pair of offsets in `html`.
        """
        if comment := ADDRESSED.fullmatch(html):
            self._add(comment, span, self._lines(lines), self._removal(span(*comment.span())))

    def all(self, length: int) -> tuple[Suppression, ...]:
        """All suppressions, in the order of the file, once the whole page is read.

        `length` is that of the text, in characters: a region that nothing ends goes up to there.
        """
        found = sorted(self.found, key=lambda suppression: suppression.span)
        ends = [s.span.start for s in found if s.kind == "on" and not s.names]
        for index, suppression in enumerate(found):
            if suppression.kind == "ignore-page":
                found[index] = replace(suppression, covers=Span(0, length))
            elif suppression.kind == "off":
                start = suppression.span.end
                end = next((end for end in ends if end >= start), length)
                found[index] = replace(suppression, covers=Span(start, end))
        return tuple(found)

    def _add(
        self,
        comment: re.Match[str],
        span: Callable[[int, int], Span],
        covers: Span | None,
        removal: Span | None,
    ) -> None:
        match = DIRECTIVE.fullmatch(comment.string, *comment.span(1))
        kind: SuppressionKind = "malformed"
        reason = comment[1]
        names: tuple[tuple[str, Span], ...] = ()
        if match and (match[2] is None or match[2].strip(" \t\n,")):
            kind = cast("SuppressionKind", match[1])
            reason = match[3]
            listed = NAME.finditer(comment.string, *match.span(2)) if match[2] else ()
            names = tuple((name[0], span(*name.span())) for name in listed)
        reason, place = " ".join(reason.split()), span(*comment.span())
        covers = covers if kind == "ignore" else None
        self.found.append(Suppression(kind, names, reason, place, covers, removal))

    def _lines(self, lines: Sequence[int] | None) -> Span | None:
        return self.source_map.lines_span(lines[0], lines[1]) if lines else None

    def _around(self, place: Span) -> tuple[int, int, str, str]:
        """First and last line of a comment, and what stands on them in front of it and behind."""
        first, last = self.source_map.line(place.start), self.source_map.line(place.end)
        starts, lines = self.source_map.file_starts, self.source_map.lines
        before = lines[first][: place.start - starts[first]]
        return first, last, before, lines[last][place.end - starts[last] :]

    def _removal(self, place: Span) -> Span:
        """The comment with its line if it is alone there, or with the blanks on one side."""
        first, last, before, behind = self._around(place)
        if not before.strip(MARKS) and not behind.strip(BLANKS):
            return self._whole_lines(first, last)
        if behind.strip(BLANKS):
            blanks = len(behind) - len(behind.lstrip(BLANKS))
            return Span(place.start, place.end + (blanks if before[-1:] in BLANKS else 0))
        blanks = len(before) - len(before.rstrip(BLANKS))
        return Span(place.start - blanks, place.end + len(behind))

    def _line_of_its_own(
        self, place: Span, tokens: Sequence[Token], index: int, following: Token | None
    ) -> Span | None:
        """What to remove so that the blocks around it stay the blocks that they are."""
        first, last, before, behind = self._around(place)
        lines = self.source_map.lines
        if behind.strip(BLANKS) or "<!--" in before:
            return self._removal(place)
        below = lines[last + 1] if last + 1 < len(lines) else ""
        if before.strip(MARKS):  # the marker of a list, which needs something behind it
            if not below.strip(MARKS) or not following or not following.map:
                return None
            if following.map[0] != last + 1 or following.type == "code_block":
                return None
            text = len(below) - len(below.lstrip(MARKS))
            return Span(place.start, self.source_map.file_starts[last + 1] + text)
        above = lines[first - 1] if first else ""
        if index and tokens[index - 1].type in LISTS and following and following.map:
            start = lines[following.map[0]]
            if following.type in JOINED or start[len(before) :].startswith(tuple(BLANKS)):
                return None
        if above.strip(MARKS) and below.strip(MARKS):
            # The line stays, as the blank one that the blocks above and below need between them.
            return Span(place.start - len(before) + len(before.rstrip(BLANKS)), self._end(last))
        between = not before and last + 2 < len(lines)
        return self._whole_lines(first, last + (1 if between and above == below == "" else 0))

    def _end(self, line: int) -> int:
        return self.source_map.file_starts[line] + len(self.source_map.lines[line])

    def _whole_lines(self, first: int, last: int) -> Span:
        starts = self.source_map.file_starts
        end = starts[last + 1] if last + 1 < len(starts) else self._end(last)
        return Span(starts[first], end)


def only_comments(token: Token) -> bool:
    """Whether an HTML block has nothing but comments in it."""
    return token.type == "html_block" and not COMMENT.sub("", token.content).strip()


def _ends_comments(token: Token, level: int) -> bool:
    """Whether a token ends the comments in a row at `level`: a block there, or the end of their container."""
    at_level = token.level == level and token.nesting >= 0
    return token.level < level or (at_level and not only_comments(token))
