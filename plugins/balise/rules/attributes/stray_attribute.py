from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit, Span
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.attribute_names import KNOWN_CLASSES
from balise.syntax.attributes import parse_attributes


class StrayAttribute(PageRule):
    name = "stray-attribute"
    group = "attributes"
    summary = "An attribute list stands behind plain text"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("stray-attribute"):
            quoted, brace, rest = residue.text.partition("{")
            written = brace + rest
            attributes = parse_attributes(written, 0)
            classes = attributes.values("class") if attributes else []
            if KNOWN_CLASSES.isdisjoint(classes):
                continue  # `{.name}` may be a placeholder
            place, fix = Span(residue.span.end - len(written), residue.span.end), None
            message = f"`{written}` prints as text, because it belongs to nothing"
            if "action" in classes:
                message += "; a label stands between backticks"
            if "action" in classes and quoted:
                title = f"write `{quoted[1:-1]}` between backticks"
                quotes = (residue.span.start, place.start - 1)
                edits = tuple(Edit(Span(quote, quote + 1), "`") for quote in quotes)
                fix = Fix(title, safe=False, edits=edits)
            yield self.finding(context.document, place, message, fix=fix)
