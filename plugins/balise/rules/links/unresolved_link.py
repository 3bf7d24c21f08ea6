from collections.abc import Iterator

from balise.base.findings import Cause, Finding, Severity
from balise.base.suggestions import did_you_mean
from balise.collection import Collection, Target
from balise.document import Link
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address, relative_source
from balise.rules.helpers.link_fixes import suggest_target
from balise.rules.helpers.swapped_links import is_swapped

OTHERS = frozenset({"empty", "malformed", "script"})
"""Reasons that have a rule of their own."""


class UnresolvedLink(PageRule):
    name = "unresolved-link"
    group = "links"
    summary = "A link leads to a page or file that is not there"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        for link, target in (*context.links, *context.canonical):
            if is_swapped(link, target):
                continue  # `malformed-link` tells
            if target.kind == "missing" and target.reason not in OTHERS:
                hint, fix = suggest_target(link, target, document.path, collection)
                folder = _folder(link, target, document.path, collection)
                reason = folder or _message(link, target, collection)
                message = folder or reason + hint
                cause = _cause(target, reason, collection)
                yield self.finding(document, link.span, message, fix=fix, cause=cause)


def _folder(link: Link, target: Target, page: str, collection: Collection) -> str:
    """What to say of a link to a folder that is there; nothing of any other."""
    if target.form not in ("relative", "rooted") or not target.written.rest:
        return ""
    path = collection.joined(target.written.rest, page)
    if path not in collection.known_folders or not collection.contains(path):
        return ""
    name = collection.names.get(page)
    locale = name.locale if name else collection.scheme.original
    there = collection.in_locale(collection.relative(path), locale)
    message = f"`{display_address(link.href)}` is a folder; name a page in it"
    return f"{message}, such as `{relative_source(there, page)}`" if there else message


def _cause(target: Target, reason: str, collection: Collection) -> Cause | None:
    """A number that no guide had: a guide that gets it mends all links by it."""
    number = target.address
    if target.reason != "no-number" or not number.isdigit():
        return None
    remedy = f"write `legacy_guide_number: {number}` on the guide that is in its place today"
    return Cause(collection.root, number, f"{reason}; {remedy}")


def _message(link: Link, target: Target, collection: Collection) -> str:
    written, looked_for = f"`{display_address(link.href)}`", f"`{display_address(target.address)}`"
    match target.reason:
        case "no-number" if not target.address.isdigit():
            return f"{written} has no number"
        case "no-number":
            return f"no guide here had the number {looked_for} in the older system"
        case "no-folder":
            return f"{written} leads to no page: behind `/pages/` stands a folder, from that of all guides"
        case "no-product":
            return f"{written} leads to no page: behind `/products/` stands the slug of a product"
        case "no-key":
            table = f"`{collection.layout.key_table}`"
            if target.address in collection.keyed_addresses:
                return f"{table} has no address for {looked_for} in this language, and no `default`"
            known = did_you_mean(target.address, collection.keyed_addresses)
            return f"{table} has no address for {looked_for}{known}"
        case "outside":
            return f"{written} lies outside of the guides"
        case "local":
            return f"{written} is a place on one computer: readers cannot open it"
        case "no-file":
            return f"there is no file {written} from here"
        case _ if target.form == "published":
            return f"there is no page at {written}"
        case _:
            return f"{written} is neither a file nor the address of a page from here"
