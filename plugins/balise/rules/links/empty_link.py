import re
from collections.abc import Iterator

from balise.base.findings import Finding
from balise.collection import title_of
from balise.document import Document, Link
from balise.rules.base import PageRule, RuleContext

BACK = re.compile(r"\[[0-9]{1,3}\]")
"""The text of a link from a note to the place that it is about: `[[2]](#)`."""


class EmptyLink(PageRule):
    name = "empty-link"
    group = "links"
    summary = "A link has no address or no text"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for link, target in context.links:
            if target.reason == "empty":
                yield self.finding(document, link.span, "this link has no address")
            elif link.href == "#" and BACK.fullmatch(link.text.strip()):
                continue
            elif link.href == "#":
                message = "`#` leads nowhere but to the top of the page; write where it should lead, or `#top`"
                yield self.finding(document, link.span, message)
            elif link.kind == "link" and not link.text.strip() and not _shows(link, document):
                if target.kind == "missing" or title_of(target, context.collection):
                    continue  # another finding, or the site prints the title of the page
                message = "this link has no text, so readers cannot see it"
                yield self.finding(document, link.span, message)


def _shows(link: Link, document: Document) -> bool:
    """Whether there is a picture in the link."""
    return any(link.span.start < image.span.start < link.span.end for image in document.images)
