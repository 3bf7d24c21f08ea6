from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection import Target, address_like
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address, relative_source
from balise.rules.helpers.link_fixes import rewrite_link

NUMBERED = ("number", "number-address")


class LegacyLink(PageRule):
    name = "legacy-link"
    group = "links"
    summary = "A link names a guide by its number in an older system"
    severity = Severity.INFO
    on_by_default = False
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        for link, target in context.links:
            if target.form not in NUMBERED or target.kind != "page":
                continue
            written = f"`{display_address(link.href)}`"
            fragment = "" if target.dead_anchor else target.fragment
            address = address_like("relative", document.path, target.path, fragment, collection)
            sure = (
                not target.fallback_locale and not target.dead_anchor and _anchor_is_certain(target)
            )
            title = collection.pages[target.path].value("title")
            fix = rewrite_link(link, address, safe=True, title=title) if sure else None
            kind = "number" if target.form == "number" else "address"
            message = f"{written} is the {kind} of a guide in an older system: today it is `{relative_source(target.path, document.path)}`"
            yield self.finding(document, link.span, message, fix=fix)


def _anchor_is_certain(target: Target) -> bool:
    return target.anchor is None or target.anchor.certain
