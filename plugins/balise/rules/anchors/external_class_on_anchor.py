from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.external_marks import external_marks, removal_edits, removal_title


class ExternalClassOnAnchor(PageRule):
    name = "external-class-on-anchor"
    group = "anchors"
    summary = "A link to a place of its own page is marked as a link to another site"
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link, target in context.links:
            if target.form != "anchor":
                continue
            for attributes in link.attributes:
                if marks := external_marks(attributes):
                    yield self.finding(
                        context.document,
                        marks[0].span,
                        f"`{{.{marks[0].value}}}` marks links to other sites, "
                        "but this one leads to a place on this very page",
                        fix=Fix(
                            removal_title(marks),
                            safe=True,
                            edits=removal_edits(attributes, marks),
                            keeps=Keeps.HTML,
                        ),
                    )
