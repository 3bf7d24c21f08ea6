from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps, Severity
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.external_marks import external_marks, removal_edits, removal_title


class ExternalClass(PageRule):
    name = "external-class"
    group = "style"
    summary = "A link says that it leads to another site"
    severity = Severity.INFO
    fixable = "always"
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link, target in context.links:
            if target.form == "anchor":
                continue  # what `external-class-on-anchor` finds
            for attributes in link.attributes:
                if marks := external_marks(attributes):
                    message = (
                        f"`{{.{marks[0].value}}}` is not needed: links to other sites are marked"
                    )
                    fix = Fix(
                        removal_title(marks),
                        safe=True,
                        edits=removal_edits(attributes, marks),
                        keeps=Keeps.HTML,
                    )
                    yield self.finding(context.document, marks[0].span, message, fix=fix)
