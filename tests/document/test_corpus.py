"""SourceMap in real guides: what stands at a span, parsed by itself, is the construct again.

Plain CommonMark is the judge. What stands in front of the further lines of a construct (`> `,
the indent of a list) is taken off for it, and so are the escapes of a table's cell.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from balise.base.source import SourceFile, Span
from balise.document import Document, read_document
from tests.helpers.support import corpus

LINE_END = re.compile(r"(?:\r\n?|\n)[ \t>]*")
JUDGE = MarkdownIt("commonmark")
Page = tuple[SourceFile, Document]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    sources = (
        SourceFile.from_bytes(path.as_posix(), path.read_bytes())
        for path in sorted(corpus().rglob("*.md"))
    )
    return [(source, read_document(source)) for source in sources]


def piece(source: SourceFile, span: Span) -> str:
    """What stands at `span`, without what its containers put there."""
    return LINE_END.sub("\n", source.text[span.start : span.end]).replace("\\|", "|")


@cache
def definitions(source: SourceFile) -> dict[str, object]:
    """The link reference definitions of a page."""
    env: dict[str, object] = {}
    JUDGE.parse(source.text, env)
    return env


def inlines(source: SourceFile, text: str) -> list[Token]:
    env = definitions(source) if text.endswith("]") else {}
    return JUDGE.parseInline(text, env)[0].children or []


def where(source: SourceFile, span: Span, text: str) -> str:
    at = source.position(span.start)
    return f"{source.path}:{at.line}:{at.column}: {text!r}"


def same_address(written: str, address: str) -> bool:
    """Whether the parser made `address` of what is written, which it escapes and decodes."""
    mailto = f"mailto:{address.removeprefix('mailto:')}" == address and "@" in written
    plain = unquote(unescape(written).replace("\\", "")).strip()
    return plain == unquote(address).replace("\\", "").strip() or mailto


def wrong_links(page: Page) -> Iterator[str]:
    source, document = page
    for link in document.links:
        text = piece(source, link.span)
        if link.address and not same_address(piece(source, link.address), link.href):
            yield where(source, link.address, text)
        if link.kind == "html":
            if not text.startswith("<a ") or not text.endswith(">"):
                yield where(source, link.span, text)
            continue
        tokens = inlines(source, text)
        kinds = [t.type for t in tokens if t.type in ("link_open", "link_close")]
        whole = tokens[0].type == "link_open" and tokens[-1].type == "link_close"
        same = whole and tokens[0].attrs["href"] == link.href
        markup = "autolink" if link.kind == "autolink" else ""
        if len(kinds) != 2 or not same or tokens[0].markup != markup:
            yield where(source, link.span, text)


def wrong_images(page: Page) -> Iterator[str]:
    source, document = page
    for image in document.images:
        text = piece(source, image.span)
        if image.address and not same_address(piece(source, image.address), image.src):
            yield where(source, image.address, text)
        if image.html:
            if not text.startswith("<img "):
                yield where(source, image.span, text)
            continue
        tokens = inlines(source, text)
        if [t.type for t in tokens] != ["image"] or tokens[0].attrs["src"] != image.src:
            yield where(source, image.span, text)


def wrong_code_spans(page: Page) -> Iterator[str]:
    source, document = page
    for code in document.code_spans:
        text = piece(source, code.span)
        tokens = inlines(source, text)
        if [(t.type, t.content) for t in tokens] != [("code_inline", code.text)]:
            yield where(source, code.span, text)


def wrong_headings(page: Page) -> Iterator[str]:
    source, document = page
    for heading in document.headings:
        text = piece(source, heading.span)
        # `#Title` is a heading of the dialect; CommonMark wants a blank.
        tokens = JUDGE.parse(re.sub(r"^(#+)(?=[^#\s])", r"\1 ", text))
        kinds = [(t.type, t.tag) for t in tokens if t.level == 0 and t.type != "inline"]
        tag = f"h{heading.level}"
        line = source.position(heading.span.start).line
        if kinds != [("heading_open", tag), ("heading_close", tag)] or line != heading.line:
            yield where(source, heading.span, text)


def wrong_lists(page: Page) -> Iterator[str]:
    source, document = page
    for lists in document.attribute_lists():
        for found in lists:
            text = source.text[found.span.start : found.span.end]
            items = [source.text[i.span.start : i.span.end] for i in found.items]
            bare = text.strip("{}<>").removeprefix(":").split()
            braces = f"{text[0]}{text[-1]}" in ("{}", "<>")
            if not braces or "".join(items) != "".join(bare):
                yield where(source, found.span, text)


def test_every_link_stands_where_it_says(pages: list[Page]) -> None:
    assert [wrong for page in pages for wrong in wrong_links(page)] == []


def test_every_image_stands_where_it_says(pages: list[Page]) -> None:
    assert [wrong for page in pages for wrong in wrong_images(page)] == []


def test_every_code_span_stands_where_it_says(pages: list[Page]) -> None:
    assert [wrong for page in pages for wrong in wrong_code_spans(page)] == []


def test_every_heading_stands_where_it_says(pages: list[Page]) -> None:
    assert [wrong for page in pages for wrong in wrong_headings(page)] == []


def test_every_attribute_list_stands_where_it_says(pages: list[Page]) -> None:
    assert [wrong for page in pages for wrong in wrong_lists(page)] == []


def test_every_word_of_prose_stands_where_it_says(pages: list[Page]) -> None:
    wrong: list[str] = []
    for source, document in pages:
        for prose in document.prose:
            if "%" in source.text[prose.span.start : prose.span.end]:
                continue  # an autolink is read with its `%7B` decoded
            for word in re.finditer(r"[A-Za-z]{2,}", prose.text.text):
                span = prose.text.span(*word.span())
                # A word may be in pieces: `new`{.action}er.
                if source.text[span.start] + source.text[span.end - 1] != word[0][0] + word[0][-1]:
                    wrong.append(where(source, span, word[0]))
    assert wrong == []


def test_there_is_something_to_look_at(pages: list[Page]) -> None:
    assert sum(len(document.links) for _, document in pages) > 1_000
    assert sum(len(document.images) for _, document in pages) > 1_000
    assert sum(len(document.code_spans) for _, document in pages) > 1_000
