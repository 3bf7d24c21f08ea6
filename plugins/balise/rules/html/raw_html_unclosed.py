from collections.abc import Iterable, Iterator

from balise.base.findings import Finding
from balise.document import HtmlTag
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.html_elements import ELEMENTS, WITHOUT_END


class RawHtmlUnclosed(PageRule):
    name = "raw-html-unclosed"
    group = "html"
    summary = "An HTML element is opened and never closed"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for tag in _open(context.document.html_tags):
            if tag.name in WITHOUT_END:
                continue
            if tag.name in ELEMENTS or "-" in tag.name:
                message = f"`<{tag.name}>` is never closed: `</{tag.name}>` is missing"
            else:
                message = (
                    f"`<{tag.name}>` is taken for HTML, so readers do not see it; "
                    rf"mark it as code, or write `\<{tag.name}>`"
                )
            yield self.finding(context.document, tag.span, message)


def _open(tags: Iterable[HtmlTag]) -> list[HtmlTag]:
    """The tags that no end tag of the same name closes, in the order of the page.

    Each name by itself: `<b><i></b></i>` closes both.
    """
    opened: dict[str, list[HtmlTag]] = {}
    for tag in tags:
        of_name = opened.setdefault(tag.name, [])
        if not tag.closing:
            of_name.append(tag)
        elif of_name:
            of_name.pop()
    return sorted((tag for found in opened.values() for tag in found), key=lambda tag: tag.span)
