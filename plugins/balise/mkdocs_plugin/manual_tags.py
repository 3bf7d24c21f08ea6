"""What is told of a page of the manual where somebody posts a link to it."""

from collections.abc import Mapping
from html import escape
from typing import Any

from jinja2.filters import do_striptags
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from balise.publish.page_context import SocialTags
from balise.publish.social_cards import SocialCards


def manual_tags(page: Page, config: MkDocsConfig, cards: SocialCards | None) -> Mapping[str, Any]:
    """What `partials/social-tags.html` needs."""
    title = do_striptags(str(page.meta.get("title") or page.title or config.site_name))
    description = do_striptags(str(page.meta.get("description") or config.site_description or ""))
    language = str(config.theme["language"])
    above = [do_striptags(section.title or "") for section in page.ancestors][::-1]
    picture = cards.picture(title, above, language) if cards else None
    return {
        "page": page,
        "social": SocialTags(picture),
        "tagged": {
            "site": config.site_name,
            "title": escape(title),
            "description": escape(description),
            "locale": language.replace("-", "_"),
        },
    }
