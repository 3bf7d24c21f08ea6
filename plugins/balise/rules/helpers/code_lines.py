"""The lines of code on a page that hold some sign, between fences and in the text."""

import re
from collections.abc import Callable, Iterator

import msgspec

from balise.base.source import Span
from balise.document import Document, Text

COMMENT = re.compile(r"^[ \t]*+(?:[*;]|--)|(?<!\S)(?:#|//)")


class CodeLine(msgspec.Struct, frozen=True):
    """A line of code, `start` being its offset in `code`; of a code span, all of it."""

    text: str
    code: Text
    start: int
    language: str

    def span(self, start: int, end: int) -> Span:
        """The place in the file of a part of the line."""
        return self.code.span(self.start + start, self.start + end)

    def is_code(self, at: int) -> bool:
        """Whether what stands there is neither in quotes nor in a comment."""
        before = self.text[:at]
        return not (before.count('"') % 2 or before.count("'") % 2 or COMMENT.search(before))


def code_lines(
    document: Document, sign: re.Pattern[str], is_meant: Callable[[str], bool]
) -> Iterator[CodeLine]:
    """The lines that hold the sign: of fences in a language that is meant, and of plain code spans."""
    codes = [
        (fence.code, language)
        for fence in document.fences
        if sign.search(fence.code.text) and is_meant(language := fence.language.text.lower())
    ]
    codes += [
        (span.code, "")
        for span in document.code_spans
        if not span.attributes and sign.search(span.text)
    ]
    for code, language in codes:
        start = 0
        for text in code.text.split("\n"):
            if sign.search(text):
                yield CodeLine(text, code, start, language)
            start += len(text) + 1
