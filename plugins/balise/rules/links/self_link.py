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
            if target.path != page.document.path or target.form == "anchor":
                continue
            if target.fragment and not target.dead_anchor:
                fix = rewritten(link, with_fragment("", target.fragment), safe=True)
                message = f"this is the address of this very page; `#{target.fragment}` is enough"
                yield self.finding(page.document, link.span, message, fix=fix)
            else:
                message = "this link leads to the page that it stands on"
                yield self.finding(page.document, link.span, message)
