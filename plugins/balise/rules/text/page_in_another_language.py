from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Document
from balise.document.language import common_words, language_of_words, languages
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span

FEWEST = 10
"""Common words of the other language that a page must have."""
MARGIN = 3
"""How many times as many as of its own language; a page that is half translated has fewer."""


class PageInAnotherLanguage(PageRule):
    name = "page-in-another-language"
    group = "text"
    summary = "The text of a page is in another language than its locale"
    severity = Severity.INFO

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, words = context.document, context.words
        name = context.collection.names.get(document.path)
        own = languages().get(name.language) if name else None
        if name is None or own is None or _is_copy(document):
            return
        count = common_words(words, own)
        if len(words) < max(FEWEST, MARGIN * count):
            return
        written = language_of_words(words)
        if written is None or written == name.language:
            return
        other = languages()[written]
        if common_words(words, other) >= max(FEWEST, MARGIN * count):
            message = (
                f"this page is for {name.locale}, but its text is in {other.name}; translate it"
            )
            yield self.finding(document, value_span(document, "title"), message)


def _is_copy(document: Document) -> bool:
    """Whether the page says that its text is that of another one."""
    included = any(not include.code for include in document.includes)
    return included or document.canonical is not None
