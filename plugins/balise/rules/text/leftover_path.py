from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.collection import Collection, address_like
from balise.document import Residue
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.link_fixes import written_link


class LeftoverPath(PageRule):
    name = "leftover-path"
    group = "text"
    summary = "The path of a guide in an older system prints as text"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        for residue in document.residues_of("leftover-path"):
            there = _guide_today(residue, document.path, collection)
            if not there and not residue.text.startswith("<"):
                continue  # it may be the path of a folder, as readers have it
            message = (
                f"`{display_address(residue.text)}` is a path of an older system and prints as text"
            )
            if not there:
                message += "; write a link in its place, or remove it"
                yield self.finding(document, residue.span, message)
                continue
            title = collection.pages[there].value("title") or ""
            address = address_like("relative", document.path, there, "", collection)
            message += f"; link to `{address}`" + (f" (“{title}”)" if title else "")
            names = collection.names
            same = names[there].locale == names[document.path].locale
            link = written_link(title, address)
            fix = Fix.replacement(residue.span, link, safe=False) if title and same else None
            yield self.finding(document, residue.span, message, fix=fix)


def _guide_today(residue: Residue, page: str, collection: Collection) -> str | None:
    """The page whose folder or slug has the last name of a path, in the locale of `page`."""
    own = collection.names.get(page)
    name = residue.text.strip("</>").rpartition("/")[2]
    named = collection.folders_by_name.get(name.casefold(), ())
    folders = {*named, *collection.folders_by_slug.get(name, ())}
    if own is None or len(folders) != 1:
        return None
    return collection.in_locale(folders.pop(), own.locale, "guide")
