"""What a page is about in a sentence, for search engines and for who gets a link to it."""

from collections.abc import Sequence

from balise.collection import Page
from balise.collection.page import shown
from balise.publish.page_context import Section
from balise.render import RenderedPage, shortened

OFFERED = 8
"""How many titles tell what a page without a text of its own offers."""


def description_of(page: Page | None, content: RenderedPage, sections: Sequence[Section]) -> str:
    """The description or the excerpt in the front matter, the first sentences, or what is offered.

    It is plain text of at most 160 characters, empty for a page that says and offers nothing.
    """
    written = (shown(page, key) for key in ("description", "excerpt")) if page else ()
    found = next((text for text in written if text and text.strip()), "") or content.summary.text
    return shortened(found or _offered(sections))


def _offered(sections: Sequence[Section]) -> str:
    cards = (card for section in sections for card in (*section.cards, *section.links))
    return ", ".join(card.title for card, _ in zip(cards, range(OFFERED), strict=False))
