from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.rules.base import PageRule, RuleContext

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif")


class ImageWrittenAsLink(PageRule):
    name = "image-written-as-link"
    group = "images"
    summary = "A picture is written as a link, with `[!` instead of `![`"
    severity = Severity.ERROR
    fixable = "always"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link in context.document.links:
            path = link.href.partition("#")[0].partition("?")[0].lower()
            if not link.text.startswith("!") or not path.endswith(PICTURES):
                continue
            start = link.span.start
            fix = Fix.replacement(Span(start, start + 2), "![", safe=True)
            message = "this is a link to a picture; a picture begins with `![`"
            yield self.finding(context.document, link.span, message, fix=fix)
