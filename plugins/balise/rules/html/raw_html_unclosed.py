from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from balise.base.counting import count
from balise.base.findings import Finding, Related, Severity
from balise.document import Document, HtmlTag
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.html_elements import ELEMENTS, HIDING, WITHOUT_END

MAX_NAMED = 10
"""Other placeholders of a line that are named."""


class RawHtmlUnclosed(PageRule):
    name = "raw-html-unclosed"
    group = "html"
    summary = "An HTML element is opened and never closed"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        values = {e.span for e in document.html_elements if any(v for _, v in e.attributes)}
        placeholders: dict[int, list[HtmlTag]] = defaultdict(list)
        for tag in _open(document.html_tags):
            if tag.name in WITHOUT_END:
                continue
            if tag.name not in ELEMENTS and not ("-" in tag.name and tag.span in values):
                placeholders[document.position(tag.span.start).line].append(tag)
                continue
            message = f"`<{tag.name}>` is never closed: `</{tag.name}>` is missing"
            if tag.name not in HIDING:
                yield self.finding(document, tag.span, message)
            else:
                yield self._hidden(document, tag, f"{message}, so readers do not see what follows")
        for first, *others in placeholders.values():
            message = (
                f"`{_written(first)}` is taken for HTML, so readers do not see it; "
                rf"mark it as code, or write `\{_written(first)}`"
            )
            if others:
                message = (
                    f"`{_written(first)}` and {count(len(others), 'other')} on this line are taken "
                    "for HTML, so readers do not see them; mark them as code, or write `\\` in "
                    "front of each"
                )
            yield self._hidden(document, first, message, others[:MAX_NAMED])

    def _hidden(
        self, document: Document, tag: HtmlTag, message: str, others: Sequence[HtmlTag] = ()
    ) -> Finding:
        """A finding about text that readers do not see: an error."""
        related = tuple(Related(document.path, o.span, f"`{_written(o)}`") for o in others)
        finding = self.finding(document, tag.span, message, related=related)
        return replace(finding, severity=Severity.ERROR)


def _written(tag: HtmlTag) -> str:
    return tag.words or f"<{tag.name}>"


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
