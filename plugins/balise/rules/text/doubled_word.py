import re
from collections.abc import Iterator
from itertools import pairwise
from operator import eq

from balise.base.findings import Finding
from balise.base.source import Span
from balise.document import Document, Text
from balise.document.language import language_of_words, languages, spread
from balise.rules.base import PageRule, RuleContext

PAIR = re.compile(r"(?<![\w'’./@-])([^\W\d_]{2,}+) (\1)(?![\w'’/@-]|[.:]\w)", re.IGNORECASE)


class DoubledWord(PageRule):
    name = "doubled-word"
    group = "text"
    summary = "A word stands twice in a row"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, words = context.document, context.words
        name = context.collection.names.get(document.path)
        # Most pages end here, and this is the fastest way to tell.
        if name is None or not any(map(eq, words, words[1:])):
            return
        twice = {word for word, following in pairwise(words) if word == following}
        pairs = list(_pairs(document)) if any(len(w) > 1 and w.isalpha() for w in twice) else []
        written = language_of_words(spread(words)) if pairs else None
        language = languages().get(written or name.language)
        for word, span in pairs:
            if language and word not in language.doubles:
                message = f"`{word}` stands twice in a row; remove one of them"
                yield self.finding(document, span, message)


def _pairs(document: Document) -> Iterator[tuple[str, Span]]:
    """Each word that stands twice in a row on one line, and the place of both.

    The second one may begin a link. With a capital it is a name: `the guide Guide to FTP`.
    """
    links = {link.span.start for link in document.links}
    for text in _texts(document):
        for pair in PAIR.finditer(text.text):
            first, second = text.span(*pair.span(1)), text.span(*pair.span(2))
            gap = second.start - first.end
            in_link = gap == 2 and second.start - 1 in links
            alike = pair[1][1:] == pair[2][1:] and pair[2].islower()
            if alike and (gap == 1 or in_link) and not _breaks(document, first.end):
                yield pair[2], Span(first.start, second.end)


def _breaks(document: Document, offset: int) -> bool:
    """Whether a place is in code, or at the end of a line."""
    in_code = any(code.span.start <= offset < code.span.end for code in document.code_spans)
    return in_code or document.line(offset) != document.line(offset + 1)


def _texts(document: Document) -> Iterator[Text]:
    yield from (prose.text for prose in document.prose)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)
