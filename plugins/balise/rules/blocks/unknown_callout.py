from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.base.suggestions import nearest
from balise.rules.base import PageRule, RuleContext
from balise.syntax import BLOCK_TYPES, CALLOUT_TYPES


class UnknownCallout(PageRule):
    name = "unknown-callout"
    group = "blocks"
    summary = "A callout has an unknown type"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks:
            marked = block.marker.end - block.marker.start == len(f"[!{block.type}]")
            if block.type in BLOCK_TYPES or not marked:
                continue
            folded = block.type.strip().casefold()
            fix = None
            if folded in BLOCK_TYPES:
                message = f"`[!{block.type}]` is written `[!{folded}]`"
                fix = Fix.replacement(block.marker, f"[!{folded}]", safe=True, removes=block.type)
            else:
                found = nearest(folded, sorted(BLOCK_TYPES))
                types = ", ".join(f"`{name}`" for name in sorted(CALLOUT_TYPES))
                hint = f"did you mean `[!{found}]`?" if found else f"the types are {types}"
                message = f"there is no callout `[!{block.type}]`; {hint}"
            yield self.finding(context.document, block.marker, message, fix=fix)
