"""`legacy-anchor`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection import with_fragment
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import rewritten, shown, source_of

WHOSE: dict[str, str] = {
    "sibling": "is an anchor of the guide in another language",
    "spelling": "is another spelling of an anchor",
}


class LegacyAnchor(Rule):
    name = "legacy-anchor"
    group = "anchors"
    summary = "A link uses an anchor of an older system"
    severity = Severity.INFO
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        for link, target in page.links:
            match = target.anchor
            if match is None or not match.legacy or match.heading is None:
                continue
            there = page.collection.documents[target.path]
            heading = match.heading
            where = "" if there.path == document.path else f" of `{source_of(there, document)}`"
            meaning = "means" if match.certain else "seems to mean"
            whose = WHOSE.get(match.strategy, "is an anchor of an older system")
            message = (
                f"`#{shown(target.written.fragment)}` {whose}: it {meaning} "
                f"“{heading.text}” (line {heading.line}{where}), which is `#{match.target}` today"
            )
            numbered = target.form in ("number", "number-address")
            fix = None
            if match.certain and not numbered:
                fix = rewritten(link, with_fragment(link.href, match.target), safe=True)
            yield self.finding(document, link.span, message, fix=fix)
