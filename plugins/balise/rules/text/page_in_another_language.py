from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Document
from balise.document.language import count_words, language_of_words, languages, spread
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span

FEWEST = 10
"""Common words of the other language, and not of the page's own, that there must be."""
MARGIN = 3
"""How many times as many as the other way round; a page that is half translated has fewer."""
OWN = 3
"""Of a text in the language of its locale about one word in so many is a common one, or more."""


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
        sample = spread(words)
        if OWN * count_words(sample, own.common) > len(sample):
            return
        written = language_of_words(sample)
        if written is None or written == name.language:
            return
        other = languages()[written]
        theirs = count_words(sample, other.common - own.common)
        ours = count_words(sample, own.common - other.common)
        if theirs >= max(FEWEST, MARGIN * ours):
            message = (
                f"this page is for {name.locale}, but its text is in {other.name}; translate it"
            )
            yield self.finding(document, value_span(document, "title"), message)


def _is_copy(document: Document) -> bool:
    """Whether the page says that its text is that of another one."""
    included = any(not include.code for include in document.includes)
    return included or document.canonical is not None
