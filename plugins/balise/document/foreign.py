"""Markup of other systems, which is plain text in the dialect, and the anchors that they make of it.

Paragraphs, raw HTML and the first lines of fences are looked at while they are read; what is code
is no such markup. A page without any of the `MARKS` is not looked at.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from markdown_it.token import Token

from balise.base.source import Span
from balise.document.model import (
    Anchor,
    Fence,
    ForeignKind,
    ForeignSyntax,
    Heading,
    Residue,
)
from balise.document.source_map import SourceMap, source_span
from balise.syntax.attributes import LIST, parse_attributes
from balise.syntax.html import COMMENT

MARKS = ("!!!", "???", "===", ":::", "8<-", "import ", "={")
"""What a paragraph or raw HTML has in it that is markup of another system."""

LINES: tuple[tuple[ForeignKind, re.Pattern[str]], ...] = (
    ("admonition", re.compile(r"!!! ?[\w-].*")),
    ("details", re.compile(r"\?\?\?\+? ?[\w-].*")),
    ("tabs", re.compile(r"===[!+]* ?(?:\"(?P<title>[^\"]*)\"|'[^']*')")),
    ("snippet", re.compile(r"-+8<-+(?: .*)?")),
    ("myst", re.compile(r":{3,} ?\{[\w:+.-]+\}.*")),
    ("mkdocstrings", re.compile(r"::: [A-Za-z_][\w-]*(?:\.\w+)+")),
    ("container", re.compile(r":{3,} ?[A-Za-z].*")),
    (
        "mdx",
        re.compile(
            r"import\s++(?:(?!from\b)[\w{},*$]++\s++)++from\s++(?:'[^'\"]++'|\"[^'\"]++\");?"
        ),
    ),
    ("mdx", re.compile(r"<[A-Z]\w*+(?:\.\w++)*+\s(?:[^<>=]|=(?!\{))*+=\{.*")),
)
"""How a line of each kind reads, without the blanks around it."""

INDENTED = frozenset({"admonition", "details", "tabs", "mkdocstrings"})
"""Kinds that hold the lines below that are indented."""
INDENT = 4

FENCED = re.compile(r"\{(?!(?:bash|julia|ojs|python|r|sh|sql)\})[A-Za-z][\w:+-]*\}")
"""How a directive begins behind a fence; a language in braces is code that runs."""

DROPPED = re.compile(r"[^\w -]")
"""What the anchor of a tab lacks of its title."""
ICON = re.compile(r":[\w+-]+:")
TOOL_COMMENT = re.compile(r"<!--\s*+\w++:\w++\s++((?:(?!-->)\S|\s++(?!-->))*+)\s*+-->")
"""A comment that a tool replaces, such as `<!-- md:option toc.slugify -->`."""


class ForeignCollector:
    """Collects the markup of other systems on one page."""

    def __init__(self, source_map: SourceMap) -> None:
        self.source_map = source_map
        self.wanted = any(mark in source_map.text for mark in MARKS)
        self.found: list[ForeignSyntax] = []
        self.places: list[Anchor] = []
        self.titles: list[tuple[str, Span]] = []

    def paragraph(self, token: Token) -> None:
        """Collect what begins on the lines of a paragraph."""
        if not self.wanted or not any(mark in token.content for mark in MARKS):
            return
        segments = self.source_map.segments(token)
        at = 0
        for line in token.content.split("\n"):
            start = at + len(line) - len(line.lstrip())
            place = source_span(segments, start, start + 1).start
            self._line(line.strip(), self.source_map.line(place), place)
            at += len(line) + 1

    def html(self, token: Token) -> None:
        """Collect what begins on the first line of raw HTML."""
        if self.wanted and token.map:
            place = self.source_map.bare_line(token.map[0])
            self._line(token.content.partition("\n")[0].strip(), token.map[0], place.start)

    def fence(self, fence: Fence) -> None:
        """Collect a fence that is a directive."""
        if directive := FENCED.match(fence.info):
            span = Span(fence.span.start, self.source_map.bare_line(fence.line - 1).end)
            self.found.append(ForeignSyntax("myst", directive[0], span, fence.span))

    def attribute_lists(self, text: str, span: Callable[[int, int], Span]) -> None:
        """Collect the ids of attribute lists that the dialect does not read, as behind plain text.

        `span` places offsets of the text, here and below.
        """
        for found in LIST.finditer(text):
            parsed = parse_attributes(text, found.start())
            for item in parsed.items if parsed else ():
                if item.kind == "id" or item.key == "id":
                    self.places.append(Anchor(item.value, span(item.start, item.end)))

    def comments(self, html: str, span: Callable[[int, int], Span]) -> None:
        """Collect the comments in raw HTML that a tool replaces; any word may become an anchor."""
        for comment in COMMENT.finditer(html):
            if named := TOOL_COMMENT.fullmatch(comment[0]):
                place = span(comment.start(), comment.end())
                self.places += [Anchor(word, place) for word in named[1].split()]
                line = self.source_map.line(place.start)
                covers = Span(
                    self.source_map.bare_line(line).start,
                    self.source_map.lines_span(self.source_map.line(place.end), 0).end,
                )
                self.found.append(ForeignSyntax("comment", comment[0], place, covers))

    def all(self, residues: Iterable[Residue]) -> tuple[ForeignSyntax, ...]:
        """All of it, with the tags of templates among the residues, in the order of the page."""
        tags = [
            ForeignSyntax(
                "hugo" if residue.text.startswith("{{") else "liquid",
                residue.text,
                residue.span,
                Span(residue.span.end, residue.span.end),
            )
            for residue in residues
            if residue.kind == "template"
        ]
        return tuple(sorted([*self.found, *tags], key=lambda foreign: foreign.span))

    def anchors(self, headings: Iterable[Heading]) -> Iterator[Anchor]:
        """All anchors; tabs make theirs of titles, alone and behind the id of the heading above."""
        yield from self.places
        above = sorted(headings, key=lambda heading: heading.span)
        for title, span in self.titles:
            slug = DROPPED.sub("", ICON.sub("", title).strip().lower()).replace(" ", "-")
            ids = [heading.id for heading in above if heading.span < span]
            yield Anchor(slug, span)
            if ids:
                yield Anchor(f"{ids[-1]}-{slug}", span)

    def _line(self, text: str, line: int, start: int) -> None:
        matches = ((kind, pattern.fullmatch(text)) for kind, pattern in LINES)
        kind, match = next((found for found in matches if found[1]), (None, None))
        if kind is None or match is None:
            return
        if kind == "container" and self._indented_end(line, start) > line + 1:
            kind = "mkdocstrings"
        if kind == "tabs" and match["title"]:
            self.titles.append((match["title"], Span(start, start + len(text))))
        last = line + 1
        if kind in INDENTED:
            last = self._indented_end(line, start)
        elif kind in ("container", "myst"):
            last = self._closed_end(line)
        covers = Span(start, self.source_map.lines_span(line, last).end)
        self.found.append(ForeignSyntax(kind, text, Span(start, start + len(text)), covers))

    def _indented_end(self, line: int, start: int) -> int:
        """The line behind those that are indented below a line, whose text begins at `start`."""
        lines = self.source_map.lines
        column = start - self.source_map.file_starts[line]
        prefix = lines[line][:column]
        last = line + 1
        for number in range(line + 1, len(lines)):
            text = lines[number]
            if not text.strip(" \t>"):
                continue
            behind = text[column:] if text.startswith(prefix) or not text[:column].strip() else text
            if not behind.startswith((" " * INDENT, "\t")):
                break
            last = number + 1
        return last

    def _closed_end(self, line: int) -> int:
        """The line behind the colons that close a container; the next one where none do."""
        depth = 0
        for number in range(line, len(self.source_map.lines)):
            text = self.source_map.lines[number].strip(" \t>")
            if text.startswith(":::"):
                depth += 1 if text.strip(":") else -1
                if not depth:
                    return number + 1
        return line + 1
