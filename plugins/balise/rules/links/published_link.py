from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection import address_like, title_of
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import relative_source
from balise.rules.helpers.link_fixes import rewrite_link


class PublishedLink(PageRule):
    name = "published-link"
    group = "links"
    summary = "A link to a page of the collection has its published address"
    severity = Severity.INFO
    fixable = "sometimes"
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        for link, target in context.links:
            if target.form != "published" or target.kind != "page" or target.dead_anchor:
                continue
            if target.found_by == "other-slug" or target.path == document.path:
                continue
            address = address_like(
                "relative", document.path, target.path, target.fragment, collection
            )
            kind = "the published" if target.found_by == "direct" else "an old"
            message = f"this is {kind} address of `{relative_source(target.path, document.path)}`"
            sure = (target.anchor is None or target.anchor.certain) and "?" not in link.href
            title = title_of(target, collection)
            fix = rewrite_link(link, address, safe=True, title=title) if sure else None
            yield self.finding(document, link.span, message, fix=fix)
