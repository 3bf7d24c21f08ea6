"""`external-class-on-anchor`"""

from collections.abc import Iterator

from balise.document import AttributeItem, Attributes
from balise.findings import Finding, Fix
from balise.rules.base import PageFacts, Rule
from balise.source import Edit, Span
from balise.syntax.link import EXTERNAL_CLASSES


class ExternalClassOnAnchor(Rule):
    name = "external-class-on-anchor"
    group = "anchors"
    summary = "A link to a place of its own page is marked as a link to another site"
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link, target in page.links:
            if target.form != "anchor":
                continue
            for attributes in link.attributes:
                marks = [item for item in attributes.items if _is_mark(item)]
                if marks:
                    yield self.finding(
                        page.document,
                        marks[0].span,
                        f"`{{.{marks[0].value}}}` marks links to other sites, "
                        "but this one leads to a place on this very page",
                        fix=_without(attributes, marks),
                    )


def _is_mark(item: AttributeItem) -> bool:
    return item.kind == "class" and item.value in EXTERNAL_CLASSES


def _without(attributes: Attributes, marks: list[AttributeItem]) -> Fix:
    """Take the marks off their list, and the list off the page if that was all."""
    title = "remove " + " and ".join(f"`.{mark.value}`" for mark in marks)
    if len(marks) == len(attributes.items):
        return Fix(title, safe=True, edits=(Edit(attributes.span, ""),))
    edits: list[Edit] = []
    for index, item in enumerate(attributes.items):
        if item in marks:
            start = attributes.items[index - 1].span.end if index else item.span.start
            following = attributes.items[index + 1].span.start if not index else item.span.end
            edits.append(Edit(Span(start, following), ""))
    return Fix(title, safe=True, edits=tuple(edits))
