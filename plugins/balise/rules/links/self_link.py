"""`self-link`"""

from collections.abc import Iterator

from balise.collection import with_fragment
from balise.findings import Finding
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import rewritten


class SelfLink(Rule):
    name = "self-link"
    group = "links"
    summary = "A link leads to the page that it stands on"
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link, target in page.links:
            if target.path != page.document.path or target.form == "anchor" or target.dead_anchor:
                continue
            if target.fragment:
                sure = target.anchor is None or target.anchor.certain
                address = with_fragment("", target.fragment)
                fix = rewritten(link, address, safe=True) if sure else None
                message = f"this is the address of this very page; `#{target.fragment}` is enough"
                yield self.finding(page.document, link.span, message, fix=fix)
            else:
                message = "this link leads to the page that it stands on"
                yield self.finding(page.document, link.span, message)
