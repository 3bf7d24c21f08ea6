"""A file's text -> its tokens and its `Document`: the one parse of the project."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import msgspec
from markdown_it.token import Token

from balise.base.digests import digest_of
from balise.base.source import SourceFile, Span
from balise.document.blocks import CLOSINGS, OPENINGS, PARTS, BlockCollector
from balise.document.code import code_error, other_language
from balise.document.front_matter import read_front_matter
from balise.document.headings import with_ids
from balise.document.inlines import InlineCollector, attributes_fact
from balise.document.model import (
    CodeError,
    Document,
    Fence,
    Heading,
    Include,
    ListItem,
    Problem,
    Prose,
    Quote,
    Table,
    Text,
)
from balise.document.source_map import SourceMap, source_span, to_source
from balise.document.tables import read_table
from balise.syntax import make_parser
from balise.syntax.attributes import attribute_lists
from balise.syntax.fence import code_includes, language_place


class ParsedPage(msgspec.Struct, frozen=True):
    """A page's facts and its tokens; the tokens live as long as a rendering."""

    document: Document
    tokens: Sequence[Token]


def read_document(source: SourceFile) -> Document:
    """The facts of a page."""
    return read_page(source).document


def unreadable(path: str, reason: str) -> Document:
    """The document of a file that cannot be read; `reason` is the system's own word for it."""
    return Document(path, (0,), 0, problems=(Problem("unreadable", Span(0, 0), reason),))


def read_page(source: SourceFile) -> ParsedPage:
    """The facts of a page and its tokens. Never raises: what is wrong becomes a `Problem`."""
    source_map = SourceMap(source)
    tokens = make_parser().parse(source_map.text)
    facts = _FactCollector(source_map)
    facts.read(tokens)
    front_matter, problems = read_front_matter(source_map, facts.front_matter_lines)
    headings = with_ids(facts.headings, facts.inlines.anchors)
    foreign = facts.inlines.foreign
    residues = tuple(sorted(facts.inlines.residues, key=lambda residue: residue.span))
    document = Document(
        path=source.path,
        line_starts=tuple(source.line_starts),
        length=len(source.text),
        newline=source.newline,
        front_matter=front_matter,
        headings=headings,
        links=tuple(facts.inlines.links),
        images=tuple(facts.inlines.images),
        code_spans=tuple(facts.inlines.code_spans),
        emphases=tuple(facts.inlines.emphases),
        anchors=tuple(facts.inlines.anchors),
        tables=tuple(facts.tables),
        blocks=tuple(sorted(facts.blocks.blocks, key=lambda block: block.span)),
        quotes=tuple(facts.quotes),
        includes=tuple(facts.includes),
        fences=tuple(facts.fences),
        html_tags=tuple(facts.inlines.html_tags),
        html_elements=tuple(facts.inlines.html_elements),
        residues=residues,
        foreign=foreign.all(residues),
        foreign_anchors=tuple(foreign.anchors(headings)),
        list_items=tuple(facts.list_items),
        repeated_blank_lines=tuple(_repeated_blank_lines(source_map, facts.verbatim)),
        prose=tuple(facts.prose),
        problems=(*_text_problems(source), *problems, *facts.problems),
        suppressions=facts.inlines.suppressions.all(len(source.text)),
        text_digest=_text_digest(source_map, facts.front_matter_lines),
    )
    return ParsedPage(document, tokens)


def _text_digest(source_map: SourceMap, front_matter_lines: tuple[int, int] | None) -> bytes:
    first = front_matter_lines[1] if front_matter_lines else 0
    text = "\n".join(source_map.lines[first:]).strip()
    return digest_of(text.encode("utf-8", "surrogatepass")) if text else b""


def _repeated_blank_lines(source_map: SourceMap, verbatim: Sequence[tuple[int, int]]) -> list[Span]:
    """Each run of blank lines without its first one; none on the lines `[first, last)` of `verbatim`."""
    # What stands behind the last line end is no line.
    lines = enumerate(source_map.lines[:-1])
    blank = [n for n, line in lines if not line or (line[0] in " \t" and not line.strip(" \t"))]
    spans: list[Span] = []
    kept = {line for first, last in verbatim for line in range(first, last)}
    for above, line in pairwise(blank):
        if line != above + 1 or line in kept:
            continue
        start, end = source_map.file_starts[line : line + 2]
        if spans and spans[-1].end == start:
            start = spans.pop().start
        spans.append(Span(start, end))
    return spans


def _text_problems(source: SourceFile) -> list[Problem]:
    problems: list[Problem] = []
    if source.undecodable:
        count = sum(span.end - span.start for span in source.undecodable)
        problems.append(Problem("undecodable", source.undecodable[0], str(count)))
    if (nul := source.text.find("\0")) >= 0:
        problems.append(Problem("nul", Span(nul, nul + 1), str(source.text.count("\0"))))
    if not source.text.strip():
        problems.append(Problem("empty", Span(0, 0)))
    return problems


class _FactCollector:
    """Collects the facts of a page in one walk over its block tokens."""

    def __init__(self, source_map: SourceMap) -> None:
        self.source_map = source_map
        self.inlines = InlineCollector(source_map)
        self.front_matter_lines: tuple[int, int] | None = None
        self.headings: list[Heading] = []
        self.tables: list[Table] = []
        self.blocks = BlockCollector(source_map, self.inlines)
        self.quotes: list[Quote] = []
        self.includes: list[Include] = []
        self.fences: list[Fence] = []
        self.list_items: list[ListItem] = []
        self.prose: list[Prose] = []
        self.problems: list[Problem] = []
        self.marker_columns: dict[int, int] = {}
        self.verbatim: list[tuple[int, int]] = []

    def read(self, tokens: Sequence[Token]) -> None:
        index, end = 0, len(tokens)
        while index < end:
            token = tokens[index]
            kind = token.type
            if kind == "paragraph_open":
                if "too_deep" in token.meta:
                    self._too_deep(token)
                self._paragraph(tokens[index + 1])
                index += 2
            elif kind == "heading_open":
                self._heading(token, tokens[index + 1])
                index += 2
            elif kind == "table_open":
                table, index = read_table(tokens, index, self.source_map, self.inlines)
                self.tables.append(table)
            elif kind == "list_item_open":
                self._list_item(tokens, index)
            elif kind in OPENINGS:
                self.blocks.open(tokens, index)
            elif kind in CLOSINGS:
                self.blocks.close()
            elif kind in PARTS:
                self.blocks.part(tokens, index)
            elif kind == "blockquote_open":
                self._quote(token)
                self.blocks.quotation_depth += 1
            elif kind == "blockquote_close":
                self.blocks.quotation_depth -= 1
            elif kind == "fence":
                self._fence(token)
            elif kind == "code_block" and token.map:
                self.verbatim.append((token.map[0], token.map[1]))
            elif kind == "include":
                self._include(token)
            elif kind == "inline":
                self.inlines.read(token)
            elif kind == "html_block":
                self._html(tokens, index)
            elif kind == "front_matter" and token.map:
                self.front_matter_lines = (token.map[0], token.map[1])
                self.verbatim.append(self.front_matter_lines)
            index += 1

    def _too_deep(self, token: Token) -> None:
        if token.map and not any(p.kind == "nested-too-deep" for p in self.problems):
            span = self.source_map.lines_span(token.map[0], token.map[0] + 1)
            self.problems.append(Problem("nested-too-deep", span))

    def _paragraph(self, inline: Token) -> None:
        self.inlines.foreign.paragraph(inline)
        span = self.source_map.content_span(inline)
        line = self.source_map.line(span.start) + 1
        self.prose.append(Prose(self.inlines.read(inline), span, line))

    def _heading(self, token: Token, inline: Token) -> None:
        first, last = token.map or (0, 1)
        text = self.inlines.read(inline).text
        start = to_source(self.source_map.segments(inline), 0)
        if token.markup.startswith("#"):
            start_of_line = self.source_map.file_starts[first]
            before = self.source_map.lines[first][: start - start_of_line].rstrip(" \t")
            start = start_of_line + len(before) - len(token.markup)
        elif not inline.content:
            start = self.source_map.bare_line(first).start
        end_line = self.source_map.lines[last - 1].rstrip(" \t")
        span = Span(start, self.source_map.file_starts[last - 1] + len(end_line))
        attributes = tuple(
            attributes_fact(found, ((found.start, self.source_map.offset(found.start)),))
            for found in attribute_lists(token)
        )
        self.headings.append(
            Heading(
                int(token.tag[1:]),
                text.strip(),
                "",
                (),
                span,
                first + 1,
                attributes,
                self.source_map.content_span(inline),
            )
        )

    def _include(self, token: Token) -> None:
        start, end, path = map(self.source_map.offset, token.meta["places"])
        address = Span(path, path + len(token.info))
        self.includes.append(Include(token.info, Span(start, end), address))

    def _list_item(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        first, last = token.map or (0, 1)
        lines = self.source_map.lines_span(first, last)
        marker = f"{token.info}{token.markup}"
        # Containers around it put only blanks, `>` and other markers in front.
        column = self.source_map.lines[first].find(marker, self.marker_columns.get(first, 0))
        self.marker_columns[first] = column + len(marker)
        start = lines.start + column
        span = Span(start, start + len(marker))
        behind = self.source_map.lines[first][column + len(marker) :]
        empty = tokens[index + 1].type == "list_item_close" and not behind.strip()
        self.list_items.append(
            ListItem(
                span,
                Span(start, lines.end),
                ordered=bool(token.info),
                empty=empty,
                text_below=self._text_below(tokens, index, first + 1) if empty else None,
                number=token.info,
            )
        )

    def _text_below(self, tokens: Sequence[Token], index: int, line: int) -> int | None:
        """Where the paragraph on `line` begins that follows an empty, last item of a list."""
        following = [token.type for token in tokens[index + 2 : index + 4]]
        if following[1:] != ["paragraph_open"] or not following[0].endswith("_list_close"):
            return None
        inline = tokens[index + 4]
        if inline.map is None or inline.map[0] != line:
            return None
        return to_source(self.source_map.segments(inline), 0)

    def _lines_from(self, token: Token, mark: str) -> Span:
        first, last = token.map or (0, 1)
        lines = self.source_map.lines_span(first, last)
        return Span(lines.start + max(0, self.source_map.lines[first].find(mark)), lines.end)

    def _quote(self, token: Token) -> None:
        first, last = token.map or (0, 1)
        lines = self.source_map.lines
        while last > first + 1 and not lines[last - 1].strip():
            last -= 1
        start = self.source_map.offset(token.meta["start"])
        first_line = lines[first][start - self.source_map.file_starts[first] :]
        empty = not any(line.strip(" \t>") for line in (first_line, *lines[first + 1 : last]))
        self.quotes.append(
            Quote(Span(start, self.source_map.lines_span(first, last).end), first + 1, empty)
        )

    def _fence(self, token: Token) -> None:
        first, last = token.map or (0, 1)
        last_line = self.source_map.lines[min(last, len(self.source_map.lines)) - 1].rstrip()
        closed = last - first > 1 and last_line.endswith(token.markup)
        span = self._lines_from(token, token.markup)
        content = token.content.removesuffix("\n")
        code = (
            Text(content, self.source_map.line_segments(content, first + 1))
            if content
            else Text("")
        )
        fence = Fence(
            token.info.strip(),
            span,
            first + 1,
            closed,
            code,
            *self._language(token, span.start, content),
        )
        self.fences.append(fence)
        self.verbatim.append((first, last))
        self.inlines.foreign.fence(fence)
        for below, path in code_includes(token):
            line = first + 1 + below
            line_start, text = self.source_map.file_starts[line], self.source_map.lines[line]
            start = line_start + text.find("{!>")
            end = self.source_map.bare_line(line).end
            at = line_start + text.find(path, start - line_start)
            address = Span(at, at + len(path))
            self.includes.append(Include(path, Span(start, end), address, code=True))

    def _language(self, token: Token, start: int, code: str) -> tuple[Text, str, CodeError | None]:
        """What the info string of a fence at `start` names, what else its code is, and its error."""
        at = language_place(token)
        if at is None:
            return Text(""), "", None
        name = Text(token.info[at[0] : at[1]], ((0, start + len(token.markup) + at[0]),))
        if code_includes(token):
            return name, "", None
        written_in = other_language(name.text, code)
        return name, written_in, None if written_in else code_error(name.text, code)

    def _html(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        first, last = token.map or (0, 1)
        self.verbatim.append((first, last))
        span = partial(source_span, self.source_map.line_segments(token.content, first))
        self.inlines.read_html(token.content, span)
        self.inlines.foreign.html(token)
        if "<!--" in token.content:
            self.inlines.suppressions.in_block(tokens, index, span)
