from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection import with_fragment
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address, relative_source
from balise.rules.helpers.link_fixes import rewrite_link

WHOSE: dict[str, str] = {
    "sibling": "is an anchor of the guide in another language",
    "spelling": "is another spelling of an anchor",
}


class LegacyAnchor(PageRule):
    name = "legacy-anchor"
    group = "anchors"
    summary = "A link uses an anchor of an older system"
    severity = Severity.INFO
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for link, target in context.links:
            match = target.anchor
            if match is None or not match.legacy or match.heading is None:
                continue
            heading = match.heading
            where = (
                ""
                if target.path == document.path
                else f" of `{relative_source(target.path, document.path)}`"
            )
            meaning = "means" if match.certain else "seems to mean"
            whose = WHOSE.get(match.strategy, "is an anchor of an older system")
            message = (
                f"`#{display_address(target.written.fragment)}` {whose}: it {meaning} "
                f"“{heading.text}” (line {heading.line}{where}), which is `#{match.target}` today"
            )
            numbered = target.form in ("number", "number-address")
            fix = None
            if match.certain and not numbered:
                fix = rewrite_link(link, with_fragment(link.href, match.target), safe=True)
            yield self.finding(document, link.span, message, fix=fix)
