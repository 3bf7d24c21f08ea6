from collections.abc import Iterator

from balise.base.findings import Finding
from balise.document import page_name
from balise.rules.base import PageRule, RuleContext


class H1InBody(PageRule):
    name = "h1-in-body"
    group = "headings"
    summary = "A guide has a heading of the first level besides its title"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        if page_name(document.path) is None:
            return
        for heading in document.headings:
            if heading.level == 1:
                message = (
                    "the title of a guide stands in its front matter and is its only heading of "
                    "the first level; begin this one with `##`, or mark it as code if it is a comment"
                )
                yield self.finding(document, heading.span, message)
