from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Severity
from balise.collection import Collection, address_of_key, keys_of_address
from balise.document import Link
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.link_fixes import rewrite_link

Keys = Sequence[tuple[str, str]]
"""Keys, each with a locale that it has an address for."""

BY_ADDRESS = ("external", "number-address")
"""Links that name a site; a key always means the one of the page's own locale."""


class OtherCountryLink(PageRule):
    name = "other-country-link"
    group = "links"
    summary = "A link leads to the site of a country with another language"
    severity = Severity.INFO
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        own = collection.names.get(document.path)
        for link, target in context.links:
            if own is None or target.kind != "external" or target.form not in BY_ADDRESS:
                continue
            known, keys = keys_of_address(link.href, collection.local_addresses)
            locales = sorted({locale for _, locale in keys})
            if any(locale.startswith(f"{own.language}-") for locale in locales):
                continue
            address = _address_for(own.locale, keys, collection)
            if address is None or _names_file(link):
                continue
            message = (
                f"`{display_address(link.href)}` is on the site for {locales[0]}; "
                f"the one for {own.locale} is `{address}`"
            )
            whole = link.href.rstrip("/") == known
            fix = rewrite_link(link, address, safe=False) if whole else None
            yield self.finding(document, link.span, message, fix=fix)


def _address_for(locale: str, keys: Keys, collection: Collection) -> str | None:
    """The other address that all of the keys have in a locale, if there is one."""
    found = {address_of_key(key, locale, collection.keyed_addresses) for key, _ in keys}
    address = found.pop() if len(found) == 1 else None
    if address and keys_of_address(address, collection.local_addresses)[1] != keys:
        return address
    return None


def _names_file(link: Link) -> bool:
    """Whether the text of a link is the name of a file, which is the same in all languages."""
    return "." in link.text and link.href.endswith(f"/{link.text.strip()}")
