"""`external-class-on-anchor`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.rules.base import PageFacts, Rule
from balise.rules.links.marks import edits_without, external_marks, title_without


class ExternalClassOnAnchor(Rule):
    name = "external-class-on-anchor"
    group = "anchors"
    summary = "A link to a place of its own page is marked as a link to another site"
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link, target in page.links:
            if target.form != "anchor":
                continue
            for attributes in link.attributes:
                if marks := external_marks(attributes):
                    yield self.finding(
                        page.document,
                        marks[0].span,
                        f"`{{.{marks[0].value}}}` marks links to other sites, "
                        "but this one leads to a place on this very page",
                        fix=Fix(
                            title_without(marks), safe=True, edits=edits_without(attributes, marks)
                        ),
                    )
