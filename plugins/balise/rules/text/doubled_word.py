import re
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import eq

from balise.base.findings import Finding
from balise.base.source import Span
from balise.document import Document, Text
from balise.document.language import language_of_words, languages, spread, words_in
from balise.rules.base import PageRule, RuleContext

WORD = re.compile(r"(?<![\w'’./@-])[^\W\d_]{2,}+(?![\w'’/@-]|[.:]\w)")


class DoubledWord(PageRule):
    name = "doubled-word"
    group = "text"
    summary = "A word stands twice in a row"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, words = context.document, context.words
        name = context.collection.names.get(document.path)
        if name is None or not any(map(_is_word, _repeated(words))):
            return
        pairs = list(_pairs(document))
        written = language_of_words(spread(words)) if pairs else None
        language = languages().get(written or name.language)
        for word, span in pairs:
            if language and word not in language.doubles:
                message = f"`{word}` stands twice in a row; remove one of them"
                yield self.finding(document, span, message)


def _repeated(words: Sequence[str]) -> Iterator[str]:
    """The words that follow the same one: the fastest way to tell that on most pages there are none."""
    return compress(words, map(eq, words, words[1:]))


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.isalpha()


def _pairs(document: Document) -> Iterator[tuple[str, Span]]:
    """Each word that stands twice in a row on one line, and the place of both.

    The second one may begin a link. With a capital it is a name: `the guide Guide to FTP`. What is
    repeated more often is meant to be.
    """
    links = {link.span.start for link in document.links}
    for text in _texts(document):
        if not any(_repeated(words_in(text.text))):
            continue
        for run in _runs(text.text):
            word, again = run[0][0], run[-1][0]
            if len(run) != 2 or word[1:] != again[1:] or not again.islower():
                continue
            first, second = text.span(*run[0].span()), text.span(*run[1].span())
            gap = second.start - first.end
            in_link = gap == 2 and second.start - 1 in links
            if (gap == 1 or in_link) and not _breaks(document, first.end):
                yield again, Span(first.start, second.end)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of a text; those that are the same but for capitals, with one space between, together."""
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        if run and (
            text[run[-1].end() : word.start()] != " " or word[0].lower() != run[-1][0].lower()
        ):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _breaks(document: Document, offset: int) -> bool:
    """Whether a place is in code, or at the end of a line."""
    in_code = any(code.span.start <= offset < code.span.end for code in document.code_spans)
    return in_code or document.line(offset) != document.line(offset + 1)


def _texts(document: Document) -> Iterator[Text]:
    yield from (prose.text for prose in document.prose)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)
