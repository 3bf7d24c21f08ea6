from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.base.suggestions import did_you_mean
from balise.collection import Collection, Trouble
from balise.rules.base import CollectionRule
from balise.rules.helpers.page_places import place_of


class BrokenRedirect(CollectionRule):
    name = "broken-redirect"
    group = "redirects"
    summary = "A redirect leads nowhere, in a circle, or away from a page that is there"
    severity = Severity.ERROR

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        for trouble in collection.redirects.troubles():
            redirect = trouble.redirect
            related: tuple[Related, ...] = ()
            if trouble.kind == "hides-page":
                page = collection.by_url[redirect.source]
                related = (place_of(page, "slug", collection, "the page that is there"),)
            message = _message(trouble, collection)
            yield self.finding(redirect, redirect.span, message, related=related)


def _message(trouble: Trouble, collection: Collection) -> str:
    redirect = trouble.redirect
    source, target = f"`/{redirect.source}`", f"`/{redirect.target}`"
    match trouble.kind:
        case "nowhere":
            hint = did_you_mean(f"/{redirect.target}", [f"/{url}" for url in collection.by_url])
            return f"there is no page at {target}, so {source} leads nowhere{hint}"
        case "loop" if trouble.steps == 1:
            return f"{source} leads to itself"
        case "loop":
            return f"{source} leads back to itself in {trouble.steps} steps, so it never arrives"
        case "hides-page":
            return f"there is a page at {source}; readers get the page, so remove this redirect"
        case "own-file":
            return f"the site has a file of its own at {source}; readers get that, so remove this redirect"
        case "repeated":
            return f"{source} has a redirect already, and the first one counts"
        case "malformed":
            return "a redirect is from an address on this site without `*` or `:`, to an address"
