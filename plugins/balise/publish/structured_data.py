"""What a page is about, for search engines: data of schema.org as JSON-LD 1.1."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from balise.publish.page_context import PageLink
from balise.render import Question

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What could end the element that JSON stands in, or begin another, as JSON can write it too."""


class PageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a page; `url` and `image` are absolute, `language` is a tag of BCP 47,
    `changed` a day (ISO 8601). Whatever is not known is empty.

    `above` are the pages above it, with absolute URLs. Only an `article` is told to be one.
    """

    url: str
    title: str
    description: str = ""
    language: str = ""
    changed: str = ""
    image: str = ""
    article: bool = False
    above: Sequence[PageLink] = ()
    questions: Sequence[Question] = ()


def structured_data(page: PageFacts) -> str:
    """The content of a `script` of the type `application/ld+json`; empty if there is nothing to tell."""
    graph = [*_breadcrumbs(page), *_article(page), *_questions(page)]
    if not graph:
        return ""
    data = {"@context": "https://schema.org", "@graph": graph}
    text = ENCODER.encode(data)
    for character, escape in ESCAPED.items():
        text = text.replace(character, escape)
    return text


def _breadcrumbs(page: PageFacts) -> Iterator[dict[str, Any]]:
    if page.above:
        links = [*page.above, PageLink(page.title, page.url)]
        items = [
            {"@type": "ListItem", "position": position, "name": link.title, "item": link.url}
            for position, link in enumerate(links, 1)
        ]
        yield {"@type": "BreadcrumbList", "itemListElement": items}


def _article(page: PageFacts) -> Iterator[dict[str, Any]]:
    if page.article:
        told = {
            "@type": "TechArticle",
            "headline": page.title,
            "description": page.description,
            "inLanguage": page.language,
            "dateModified": page.changed,
            "image": page.image,
            "mainEntityOfPage": page.url,
        }
        yield {key: value for key, value in told.items() if value}


def _questions(page: PageFacts) -> Iterator[dict[str, Any]]:
    if page.questions:
        asked = [
            {
                "@type": "Question",
                "name": question.text,
                "acceptedAnswer": {"@type": "Answer", "text": question.answer},
            }
            for question in page.questions
        ]
        yield {"@type": "FAQPage", "mainEntity": asked}
