"""Every fact stands exactly where it says, whatever is in front of it and however lines end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.base.source import SourceFile, Span
from balise.document import Document, read_document

PAGE = "guide.en-gb.md"


def read(text: str) -> Document:
    return read_document(SourceFile(PAGE, text))


def written(text: str, facts: Sequence[object]) -> list[str]:
    """What stands in `text` at the span of each fact."""
    spans: list[Span] = [getattr(fact, "span") for fact in facts]  # noqa: B009
    return [text[span.start : span.end] for span in spans]


PLACES = {
    "alone": "{}\n",
    "without a line end": "{}",
    "behind text": "some text {} more\n",
    "in the second line": "text\n{}\n",
    "in a quotation": "> {}\n",
    "in a quotation without a blank": ">{}\n",
    "in the second line of a quotation": "> text\n> {}\n",
    "in a line without the bracket of its quotation": "> text\n{}\n",
    "in a quotation in a quotation": "> > {}\n",
    "in a quotation behind a tab": ">\t{}\n",
    "in a callout": "> [!note]\n>\n> {}\n",
    "in a callout without brackets": "> [!note]\n{}\n",
    "in a callout in a callout": "> [!note]\n>\n> > [!hint]\n> > {}\n",
    "behind a marker": "> [!note] {}\n",
    "in a list": "- text\n- {}\n",
    "in a list in a list": "- text\n  1. text\n     {}\n",
    "in a list indented by a tab": "-\ttext\n\n\t{}\n",
    "in a list in a callout": "> [!note]\n>\n> 1. text\n>\n>    {}\n",
    "in a callout in a list": "- text\n\n    > [!note]\n    >\n    > {}\n",
    "in a heading": "## {}\n",
    "in a heading with text and closing marks": "  ###   text {} ##\n",
    "in a heading in a quotation": "> ## {}\n",
    "in an underlined heading": "{}\n===\n",
    "in the head of a table": "| a | {} |\n|---|---|\n",
    "in a cell": "| a | b |\n|---|---|\n| c | {} |\n",
    "in a cell without pipes at the ends": "a | b\n--|--\nc | {}\n",
    "in a cell behind an escaped pipe": "| a | b |\n|---|---|\n| c \\| \\| d | e \\| {} |\n",
    "in a cell in a callout": "> [!note]\n> | a | b |\n> |---|---|\n> | c | {} |\n",
    "in rows without a separator": "| a | b |\n| c | {} |\n",
    "in emphasis": "**a {}**\n",
    "behind entities": "&nbsp;&eacute;&#233;&amp; {}\n",
    "behind escapes": "\\* \\_ \\[ \\\\ {}\n",
    "behind characters outside the basic plane": "\U0001f600 \U00020000 e\u0301 {}\n",
    "behind the same text": "a b c d.png {}\n",
    "behind front matter": "---\ntitle: x\n---\n\n{}\n",
    "behind front matter and a blank line less": "---\ntitle: x\n---\n{}\n",
    "behind HTML": "<b>x</b> <a name='y'></a> {}\n",
    "behind a hard line end": "text  \n{}\n",
    "behind a backslash at the end of a line": "text\\\n{}\n",
    "behind blanks that are not part of a line": "text\n     {}\n",
}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.fixture(params=list(LINE_ENDS.values()), ids=list(LINE_ENDS))
def line_end(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=list(PLACES.values()), ids=list(PLACES))
def place(request: pytest.FixtureRequest, line_end: str) -> str:
    return str(request.param).replace("\n", line_end)


def test_a_link_is_where_it_says(place: str) -> None:
    text = place.format("[a b](c)")
    assert written(text, read(text).links) == ["[a b](c)"]


def test_an_autolink_is_where_it_says(place: str) -> None:
    text = place.format("<https://example.com/>")
    links = read(text).links
    assert written(text, links) == ["<https://example.com/>"]
    assert links[0].kind == "autolink"


def test_an_image_is_where_it_says(place: str) -> None:
    text = place.format("![a b](c.png)")
    assert written(text, read(text).images) == ["![a b](c.png)"]


def test_a_code_span_is_where_it_says(place: str) -> None:
    text = place.format("`` a`b ``")
    assert written(text, read(text).code_spans) == ["`` a`b ``"]


def test_emphasis_with_a_list_is_where_it_says_and_other_is_no_fact(place: str) -> None:
    text = place.format("**a**, _b *c*_{.d}{#e} **f**{.g} h")
    emphases = read(text).emphases
    assert written(text, emphases) == ["_b *c*_", "**f**"]
    assert [emphasis.text for emphasis in emphases] == ["b c", "f"]
    assert written(text, emphases[0].attributes) == ["{.d}", "{#e}"]
    assert "e" in [anchor.name for anchor in read(text).anchors]


def test_an_attribute_list_is_where_it_says(place: str) -> None:
    text = place.format('![a](c.png){.d width="4"}')
    image = read(text).images[0]
    assert written(text, [image]) == ["![a](c.png)"]
    assert written(text, image.attributes) == ['{.d width="4"}']
    assert written(text, image.attributes[0].items) == [".d", 'width="4"']


def test_an_anchor_is_where_it_says(place: str) -> None:
    text = place.format('<i id="z">d</i>')
    anchors = [a for a in read(text).anchors if a.name == "z"]
    assert written(text, anchors) == ['<i id="z">']


def test_a_link_around_an_image_is_where_it_says(place: str) -> None:
    text = place.format("x [![a](c.png){.d}](e){.f}")
    page = read(text)
    assert written(text, page.links) == ["[![a](c.png){.d}](e)"]
    assert written(text, page.images) == ["![a](c.png)"]
    assert written(text, page.links[0].attributes) == ["{.f}"]
    assert written(text, page.images[0].attributes) == ["{.d}"]


def test_the_second_of_two_equal_constructs_is_where_it_says(place: str) -> None:
    text = place.format("[a](b) [a](b)")
    first, second = read(text).links
    assert written(text, [first, second]) == ["[a](b)", "[a](b)"]
    assert second.span.start == first.span.end + 1


def words_of(page: Document) -> Iterator[tuple[str, Span]]:
    """Each word of prose and cells that is written as it is read, and its place."""
    texts = [prose.text for prose in page.prose]
    texts += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    for text in texts:
        for word in re.finditer(r"[A-Za-z0-9]+", text.text):
            yield word[0], text.span(*word.span())


def test_a_word_of_prose_is_where_it_says(place: str) -> None:
    text = place.format("*one* &quot; two [three](b) `four`{.c} five")
    page = read(text)
    found = [(word, text[span.start : span.end]) for word, span in words_of(page)]
    assert [word for word, there in found if word != there] == []
    assert page.headings or {"one", "two", "three", "four", "five"} <= {word for word, _ in found}


def test_a_link_over_two_lines_of_a_quotation_holds_what_is_between(line_end: str) -> None:
    text = f"> text{line_end}> > [a{line_end}> > b](c) d{line_end}"
    page = read(text)
    assert written(text, page.links) == [f"[a{line_end}> > b](c)"]
    assert page.links[0].text == "a b"


def test_a_link_whose_second_line_has_no_bracket(line_end: str) -> None:
    text = f"> [!note]{line_end}> [a{line_end}b](c) [d](e){line_end}"
    assert written(text, read(text).links) == [f"[a{line_end}b](c)", "[d](e)"]


def test_a_code_span_over_two_lines_of_a_list(line_end: str) -> None:
    text = f"1. text `a{line_end}   b` `c`{line_end}"
    page = read(text)
    assert written(text, page.code_spans) == [f"`a{line_end}   b`", "`c`"]
    assert page.code_spans[0].text == "a b"


def test_words_of_a_code_span_over_two_lines(line_end: str) -> None:
    text = f"> [!note]{line_end}> see `one{line_end}> two` three{line_end}"
    found = [(word, text[span.start : span.end]) for word, span in words_of(read(text))]
    assert found == [(word, word) for word in ("see", "one", "two", "three")]


def test_every_kind_of_line_end_in_one_file() -> None:
    text = "> [a](1)\r\n> [b](2)\r> [c](3)\n\r\n- [d](4)\r\r## [e](5)\n"
    assert written(text, read(text).links) == ["[a](1)", "[b](2)", "[c](3)", "[d](4)", "[e](5)"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source = SourceFile.from_bytes(PAGE, "---\ntitle: é\n---\n[a](b)\n".encode("utf-8-sig"))
    page = read_document(source)
    assert written(source.text, page.links) == ["[a](b)"]
    assert page.value("title") == "é"


def test_bytes_that_are_no_text_do_not_move_what_is_behind() -> None:
    source = SourceFile.from_bytes(PAGE, b"\xe9\xe8 [a](b)\n")
    assert written(source.text, read_document(source).links) == ["[a](b)"]


def test_a_nul_does_not_move_what_is_behind() -> None:
    text = "a\0b [c](d)\n"
    assert written(text, read(text).links) == ["[c](d)"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Title", "## Title"),
        ("   ## Title", "## Title"),
        ("##   Title  ", "##   Title"),
        ("## Title ##", "## Title ##"),
        ("## Title {#a .b}", "## Title {#a .b}"),
        ("## [a](b){.c}", "## [a](b){.c}"),
        ("> ## Title", "## Title"),
        ("> > # Title", "# Title"),
        ("- ## Title", "## Title"),
        ("##", "##"),
        ("> ##", "##"),
        ("# # #", "# # #"),
    ],
)
def test_a_heading_is_from_its_marks_to_its_last_character(
    line: str, heading: str, line_end: str
) -> None:
    text = f"text{line_end}{line_end}{line}{line_end}text{line_end}"
    page = read(text)
    assert written(text, page.headings) == [heading]
    assert page.headings[0].line == 3


def test_an_underlined_heading_is_from_its_text_to_its_underline(line_end: str) -> None:
    text = f"> a{line_end}> b{line_end}> ==={line_end}"
    assert written(text, read(text).headings) == [f"a{line_end}> b{line_end}> ==="]


def test_the_list_of_a_heading_is_where_it_says(line_end: str) -> None:
    text = f"a{line_end}{line_end}> ## Title {{#b .c}}  ##{line_end}"
    heading = read(text).headings[0]
    assert written(text, heading.attributes) == ["{#b .c}"]
    assert written(text, heading.attributes[0].items) == ["#b", ".c"]


def test_cells_are_without_their_blanks(line_end: str) -> None:
    text = f"> |  a | `b \\| c` |{line_end}> |---|:-:|{line_end}> | \U0001f600 |d |{line_end}"
    rows = read(text).tables[0].rows
    assert [written(text, row.cells) for row in rows] == [["a", "`b \\| c`"], ["\U0001f600", "d"]]
    assert [[cell.text.text for cell in row.cells] for row in rows] == [
        ["a", "b | c"],
        ["\U0001f600", "d"],
    ]


def test_an_empty_cell_has_an_empty_span_in_its_row() -> None:
    text = "| a | b |\n|---|---|\n| c |\n|  | d |\n"
    rows = read(text).tables[0].rows
    assert [written(text, row.cells) for row in rows] == [["a", "b"], ["c", ""], ["", "d"]]
    for row in rows:
        for cell in row.cells:
            assert row.span.start <= cell.span.start <= cell.span.end <= row.span.end


def test_rows_and_tables_are_without_what_is_in_front(line_end: str) -> None:
    text = f"> - | a | b |  {line_end}>   |---|---|{line_end}>   | c | d |{line_end}"
    table = read(text).tables[0]
    assert written(text, table.rows) == ["| a | b |", "| c | d |"]
    assert [row.prefix for row in table.rows] == ["> - ", ">   "]
    assert written(text, [table])[0].startswith("| a |")
    assert written(text, [table])[0].endswith("| d |")


def test_a_separator_that_does_not_fit_is_where_it_says(line_end: str) -> None:
    text = f"> | a | b |{line_end}> |---|---|---|{line_end}> | c | d |{line_end}"
    misfit = read(text).tables[0].misfit
    assert misfit is not None
    assert text[misfit.start : misfit.end] == "|---|---|---|"


def test_a_row_knows_how_many_cells_it_has_itself() -> None:
    text = "| a | b |\n|---|---|\n| c |\n| d | e | f |\n"
    assert [row.written for row in read(text).tables[0].rows] == [2, 1, 3]


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("> [!note]", "[!note]"),
        (">[!Note] text", "[!Note]"),
        ("  >  [! note ]", "[! note ]"),
        ("> > [!note]", "[!note]"),
        ("- > [!note]", "[!note]"),
        ("> - > [!product-section(right)]", "[!product-section(right)]"),
        (">\t[!note]", "[!note]"),
    ],
)
def test_a_marker_is_where_it_says(line: str, marker: str, line_end: str) -> None:
    text = f"é{line_end}{line_end}{line}{line_end}"
    block = read(text).blocks[0]
    assert text[block.marker.start : block.marker.end] == marker
    assert block.type == marker[2:-1]
    assert block.line == 3


def test_a_block_is_from_its_bracket_to_its_last_line(line_end: str) -> None:
    text = f"- > [!note]{line_end}  > a{line_end}  b{line_end}{line_end}c{line_end}"
    assert written(text, read(text).blocks) == [f"> [!note]{line_end}  > a{line_end}  b"]


def test_a_block_in_a_block_is_from_its_own_bracket() -> None:
    text = "> [!note]\n>\n> > [!hint]\n> > a\n"
    outer, inner = read(text).blocks
    assert written(text, [outer]) == ["> [!note]\n>\n> > [!hint]\n> > a"]
    assert written(text, [inner]) == ["> [!hint]\n> > a"]


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("- a\n- b\n", ["-", "-"]),
        ("* a\n  + b\n", ["*", "+"]),
        ("9. a\n10. b\n", ["9.", "10."]),
        ("1) a\n", ["1)"]),
        ("- - a\n", ["-", "-"]),
        ("> - a\n> 1. b\n", ["-", "1."]),
        ("> [!note]\n> - a-b\n", ["-"]),
        ("a - b\n- c - d\n", ["-"]),
        ("- 1. - a\n", ["-", "1.", "-"]),
        ("a\n-\n", ["-"]),
    ],
)
def test_the_marker_of_an_item_is_where_it_says(text: str, markers: list[str]) -> None:
    items = read(text).list_items
    assert [text[i.marker.start : i.marker.end] for i in items] == markers
    starts = [i.marker.start for i in items]
    assert starts == sorted(set(starts))


def test_an_item_is_from_its_marker_to_its_last_line(line_end: str) -> None:
    text = f"> - a{line_end}>   b{line_end}> - c{line_end}"
    assert written(text, read(text).list_items) == [f"- a{line_end}>   b", "- c"]


def test_an_item_without_anything_is_empty() -> None:
    items = read("- a\n-\n- b\n").list_items
    assert [item.empty for item in items] == [False, True, False]


def test_numbered_items_are_told_from_the_others() -> None:
    assert [item.ordered for item in read("1. a\n\n- b\n").list_items] == [True, False]


def test_an_anchor_in_a_block_of_html_is_where_it_says(line_end: str) -> None:
    text = f'> <div>{line_end}> <a name="x"></a><p id="y">{line_end}> </div>{line_end}'
    page = read(text)
    assert [anchor.name for anchor in page.anchors] == ["x", "y"]
    assert written(text, page.anchors) == ['<a name="x">', '<p id="y">']


def test_lines_and_columns_count_from_one_in_characters() -> None:
    text = "é\r\n\U0001f600 [a](b)\r\n"
    page = read(text)
    position = page.position(page.links[0].span.start)
    assert (position.line, position.column) == (2, 3)


# Documents that are put together from constructs that are known.

WORDS = st.sampled_from(
    ["mail", "été", "ł", "\U0001f600", "993", "&eacute;", "\\*", "&nbsp;", "*key*", "a_b", "c & d"]
)
INNER = st.sampled_from(["word", "two words", "ä\U0001f600", "&amp; x", "\\] y", "*z*"])
KINDS = st.sampled_from(
    ["link", "link", "image", "code", "emphasis", "autolink", "reference", "picture"]
)
LISTS = st.sampled_from(["", "", "{.a}", "{#b .c}", '{width="4"}', "{.d}{.e}", "<.f>"])
CONTAINERS = st.sampled_from([("> ", "> "), (">", ">"), ("> ", ""), ("- ", "  "), ("10. ", "    ")])
SHAPES = st.sampled_from(["paragraph", "heading", "callout", "table", "pipes"])
ENDS = st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=5)
LIST = re.compile(r"\{[^}]*\}|<\.[^>]*>")


@dataclass(frozen=True)
class Made:
    """A text and the constructs that were put into it, by kind."""

    text: str
    links: list[str]
    images: list[str]
    code_spans: list[str]
    emphases: list[str]
    lists: list[str]


class Maker:
    """Draws the parts of one document and notes what it has put in."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.links: list[str] = []
        self.images: list[str] = []
        self.code_spans: list[str] = []
        self.emphases: list[str] = []
        self.lists: list[str] = []
        self.count = 0

    def attributes(self) -> str:
        found = self.draw(LISTS)
        self.lists += LIST.findall(found)
        return found

    def construct(self, glue: str) -> str:
        self.count += 1
        number = self.count
        text = f"{self.draw(INNER)}{glue}n{number}"
        kind = self.draw(KINDS)
        if kind == "image":
            made = f"![{text}](<i {number}>)"
            self.images.append(made)
        elif kind == "code":
            made = f"``{text} ` x``"
            self.code_spans.append(made)
        elif kind == "emphasis":
            made, attributes = f"**{text}**", self.attributes()
            self.emphases += [made] if attributes else []
            return made + attributes
        else:
            if kind == "picture":
                image = f"![p{number}](i{number})"
                self.images.append(image)
                made = f"[{image}{self.attributes()}](u{number})"
            elif kind == "autolink":
                made = f"<https://example.com/{number}>"
            elif kind == "reference":
                made = f"[{text}][ref]"
            else:
                made = f'[{text}](u{number} "t")'
            self.links.append(made)
        return made + self.attributes()

    def run(self, glue: str) -> str:
        parts = [self.draw(WORDS)]
        for _ in range(self.draw(st.integers(1, 3))):
            parts += [self.construct(glue), self.draw(WORDS)]
        return self.draw(st.sampled_from([" ", glue])).join(parts)

    def block(self) -> list[str]:
        shape = self.draw(SHAPES)
        if shape == "heading":
            lines = [f"## {self.run(' ')}{self.draw(st.sampled_from(['', ' ##']))}"]
        elif shape in ("table", "pipes"):
            lines = [f"| {self.run(' ')} | \\| {self.run(' ')} |", f"|{self.run(' ')}| x |"]
            if shape == "table":
                lines.insert(1, "|---|--:|")
        else:
            lines = self.run("\n").split("\n")
        if shape == "callout":
            prefixes = st.sampled_from(["> ", ">", ""])
            lines = ["> [!note]", *(self.draw(prefixes) + line for line in lines)]
        for first, further in self.draw(st.lists(CONTAINERS, max_size=3)):
            if first == ">" and any(line.startswith(" ") for line in lines):
                continue  # it would take a blank of their indent
            rest = further if further or shape == "paragraph" else first
            lines = [first + lines[0], *(rest + line for line in lines[1:])]
        return [*lines, ""]


@st.composite
def documents(draw: st.DrawFn) -> Made:
    maker = Maker(draw)
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        lines += maker.block()
    ends = draw(ENDS)
    text = ""
    for number, line in enumerate([*lines, "[ref]: there"]):
        end = ends[number % len(ends)]
        # The LF of an empty line would make one line end of the CR in front of it.
        text += line + ("\r" if not line and text.endswith("\r") else end)
    return Made(text, maker.links, maker.images, maker.code_spans, maker.emphases, maker.lists)


def joined(pieces: Sequence[str]) -> list[str]:
    """The pieces with LF only and without what stands in front of their further lines."""
    return sorted(re.sub(r"(?:\r\n?|\n)[ \t>]*", "\n", piece) for piece in pieces)


@settings(deadline=None, max_examples=300)
@given(documents())
def test_every_construct_is_found_exactly_where_it_was_put(made: Made) -> None:
    page = read(made.text)
    assert joined(written(made.text, page.links)) == sorted(made.links)
    assert joined(written(made.text, page.images)) == sorted(made.images)
    assert joined(written(made.text, page.code_spans)) == sorted(made.code_spans)
    assert joined(written(made.text, page.emphases)) == sorted(made.emphases)
    lists = [found for lists in page.attribute_lists() for found in lists]
    assert joined(written(made.text, lists)) == sorted(made.lists)


@settings(deadline=None, max_examples=200)
@given(documents())
def test_every_word_is_found_exactly_where_it_was_put(made: Made) -> None:
    for word, span in words_of(read(made.text)):
        assert made.text[span.start : span.end] == word


MARKDOWN = st.text(alphabet="> -*#|`![](){}.<>:=\\&;\"'\n\r\t ab1é\U0001f600\0\u2028\x0b\x0c\ufeff")


def spans_of(page: Document) -> Iterator[Span]:
    yield from (fact.span for fact in page.headings)
    yield from (fact.span for fact in page.links)
    yield from (fact.span for fact in page.images)
    yield from (fact.span for fact in page.code_spans)
    yield from (fact.span for fact in page.emphases)
    yield from (fact.span for fact in page.anchors)
    yield from (fact.span for fact in page.prose)
    yield from (fact.span for fact in page.tables)
    yield from (fact.span for fact in page.blocks)
    yield from (fact.span for fact in page.list_items)
    yield from (fact.span for fact in page.problems)
    for table in page.tables:
        for row in table.rows:
            yield row.span
            yield from (cell.span for cell in row.cells)


@settings(deadline=None, max_examples=1000)
@given(st.one_of(MARKDOWN, st.text(), MARKDOWN.map("---\n{}\n---\n".format)))
def test_any_text_can_be_read_and_no_place_is_outside_of_it(text: str) -> None:
    page = read(text)
    for span in spans_of(page):
        assert 0 <= span.start <= span.end <= len(text)


@settings(deadline=None, max_examples=300)
@given(st.binary())
def test_any_bytes_can_be_read_and_no_place_is_outside_of_them(data: bytes) -> None:
    source = SourceFile.from_bytes(PAGE, data)
    for span in spans_of(read_document(source)):
        assert 0 <= span.start <= span.end <= len(source.text)


@settings(deadline=None, max_examples=500)
@given(MARKDOWN)
def test_line_ends_do_not_change_what_a_page_says(text: str) -> None:
    text = text.replace("\r", "")
    page, other = read(text), read(text.replace("\n", "\r\n"))
    assert [(f.href, f.text) for f in page.links] == [(f.href, f.text) for f in other.links]
    assert [(h.level, h.text) for h in page.headings] == [(h.level, h.text) for h in other.headings]
    assert [p.text.text for p in page.prose] == [p.text.text for p in other.prose]


@pytest.mark.parametrize(
    "text",
    ["- item\n\t<div id=a>\n", "- item\n\n\t<div id=a>\n", "1. a\n   - b\n\n\t <div id=a>\n"],
)
def test_a_tag_behind_a_tab_that_a_list_cuts_stands_where_it_is(text: str) -> None:
    document = read(text)
    assert written(text, document.html_tags) == ["<div id=a>"]
    assert written(text, document.anchors) == ["<div id=a>"]
