"""Where findings about a page as a whole are shown."""

from balise.base.source import Span
from balise.document import Document


def value_span(document: Document, key: str) -> Span:
    """The value of a key of the front matter; the beginning of the page without it."""
    entry = document.front_matter.get(key) if document.front_matter else None
    return entry.value_span if entry and entry.value else Span(0, 0)
