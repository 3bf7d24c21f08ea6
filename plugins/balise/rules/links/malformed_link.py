from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.document import Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.link_fixes import rewrite_link
from balise.rules.helpers.swapped_links import is_swapped


class MalformedLink(PageRule):
    name = "malformed-link"
    group = "links"
    summary = "The address of a link is not a valid one"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for link, target in context.links:
            if is_swapped(link, target):
                whole = link.address is not None and link.address.end + 1 == link.span.end
                words = display_address(link.href)
                yield self._swapped(document, link.span, link.text, words, whole=whole)
            if target.reason != "malformed":
                continue
            message = f"`{display_address(link.href)}` is not a valid address"
            fix = rewrite_link(link, target.address, safe=True) if target.address else None
            if not target.address:
                message += "; if it is an example, write it as code"
            if target.address:
                message += f"; did you mean `{display_address(target.address)}`?"
            yield self.finding(document, link.span, message, fix=fix)
        for residue in document.residues_of("swapped-link"):
            address, words = residue.text[1:-1].split("](", 1)
            yield self._swapped(document, residue.span, address, words, whole=True)

    def _swapped(
        self, document: Document, span: Span, address: str, words: str, *, whole: bool
    ) -> Finding:
        message = (
            f"the text and the address of this link have changed places: `{words}` is no address"
        )
        meant = f"[{words}]({address})"
        fix = Fix.replacement(span, meant, f"write `{meant}`", safe=False) if whole else None
        return self.finding(document, span, message, fix=fix)
