from collections.abc import Iterator

from msgspec.structs import replace

from balise.base.findings import Finding
from balise.base.source import Edit
from balise.collection import title_of, with_fragment
from balise.document import Link
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.external_marks import external_marks, removal_edits
from balise.rules.helpers.link_fixes import rewrite_link


class SelfLink(PageRule):
    name = "self-link"
    group = "links"
    summary = "A link leads to the page that it stands on"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link, target in context.links:
            if (
                target.path != context.document.path
                or target.form == "anchor"
                or target.dead_anchor
            ):
                continue
            if target.fragment:
                sure = target.anchor is None or target.anchor.certain
                address = with_fragment("", target.fragment)
                title = title_of(target, context.collection)
                fix = rewrite_link(link, address, safe=True, title=title) if sure else None
                if fix is not None:
                    fix = replace(fix, edits=(*fix.edits, *_marks(link)))
                message = f"this is the address of this very page; `#{target.fragment}` is enough"
                yield self.finding(context.document, link.span, message, fix=fix)
            else:
                message = "this link leads to the page that it stands on"
                yield self.finding(context.document, link.span, message)


def _marks(link: Link) -> Iterator[Edit]:
    """Take off the mark of a link to another site, which this one was and is no more."""
    for attributes in link.attributes:
        if marks := external_marks(attributes):
            yield from removal_edits(attributes, marks)
