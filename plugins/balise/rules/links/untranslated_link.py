"""`untranslated-link`"""

from collections.abc import Iterator

from balise.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class UntranslatedLink(Rule):
    name = "untranslated-link"
    group = "links"
    summary = "A link leads to a page that does not exist in the language it asks for"
    severity = Severity.INFO

    def check(self, page: PageFacts) -> Iterator[Finding]:
        collection = page.collection
        for link, target in page.links:
            if not target.lent:
                continue
            name, title = (
                collection.names[target.path],
                collection.documents[target.path].value("title"),
            )
            wanted = (
                collection.locale_of(target.written.rest) if target.form == "published" else None
            )
            own = collection.names.get(page.document.path)
            asked = wanted or (own.locale if own else "this language")
            message = (
                f"this page does not exist in {asked}; the site leads to the one in {name.locale}"
            )
            message += f", “{title}”" if title else ""
            yield self.finding(page.document, link.span, message)
