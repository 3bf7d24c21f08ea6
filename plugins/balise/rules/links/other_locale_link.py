from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.collection import Target, address_like
from balise.document import Link
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.link_fixes import rewrite_link

BY_ADDRESS = ("published", "relative", "rooted")
"""Links that name a locale; the others always mean the page's own."""


class OtherLocaleLink(PageRule):
    name = "other-locale-link"
    group = "links"
    summary = "A link leads to another language, though the page exists in this one"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        own = collection.names.get(document.path)
        for link, target in context.links:
            name = collection.names.get(target.path)
            if (
                own is None
                or name is None
                or target.fallback_locale
                or target.form not in BY_ADDRESS
            ):
                continue
            folder = collection.folder(target.path)
            if folder == collection.folder(document.path):
                continue
            if name.locale == own.locale:
                if target.found_by == "other-slug":
                    message = f"`{display_address(link.href)}` has the slug of another language"
                    fix = _fix(link, target, target.path, context, safe=True)
                    yield self.finding(document, link.span, message, fix=fix)
                continue
            there = collection.folders[folder].get((name.type, own.locale))
            if there is not None:
                title = collection.pages[there].value("title")
                message = f"this link leads to {name.locale}, but the page exists in {own.locale}"
                message += f" as well: “{title}”" if title else " as well"
                fix = _fix(link, target, there, context, safe=False)
                yield self.finding(document, link.span, message, fix=fix)


def _fix(link: Link, target: Target, there: str, context: RuleContext, *, safe: bool) -> Fix | None:
    """The same place on the page at `there`, in the page's own language, if it can be told."""
    collection = context.collection
    fragment = target.written.fragment
    if fragment:
        match = collection.resolve_anchor(there, fragment)
        if match is None or (safe and not match.certain):
            return None
        fragment = match.target
    address = address_like(target.form, context.document.path, there, fragment, collection)
    return rewrite_link(link, address, safe=safe)
