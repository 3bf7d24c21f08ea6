from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class ScriptLink(PageRule):
    name = "script-link"
    group = "links"
    summary = "The address of a link or picture is a script"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link, target in context.links:
            if target.reason == "script":
                message = (
                    f"`{target.written.name}:` is no address of a page: the site leaves it out"
                )
                yield self.finding(context.document, link.span, message)
        for image, picture in context.pictures:
            if picture.kind == "script":
                scheme = image.src.partition(":")[0].lower()
                message = f"`{scheme}:` is no address of a picture: the site leaves it out"
                yield self.finding(context.document, image.span, message)
