"""`script-link`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class ScriptLink(Rule):
    name = "script-link"
    group = "links"
    summary = "The address of a link or picture is a script"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link, target in page.links:
            if target.reason == "script":
                message = (
                    f"`{target.written.name}:` is no address of a page: the site leaves it out"
                )
                yield self.finding(page.document, link.span, message)
        for image, picture in page.pictures:
            if picture.kind == "script":
                scheme = image.src.partition(":")[0].lower()
                message = f"`{scheme}:` is no address of a picture: the site leaves it out"
                yield self.finding(page.document, image.span, message)
