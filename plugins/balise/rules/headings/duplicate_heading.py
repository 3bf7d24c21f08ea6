from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding, Related
from balise.document import Heading
from balise.rules.base import PageRule, RuleContext, RuleOptions


class Options(RuleOptions, frozen=True):
    levels: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=6)], ...],
        Meta(description="Levels of the headings that are compared"),
    ] = (1, 2, 3, 4, 5, 6)


class DuplicateHeading(PageRule):
    name = "duplicate-heading"
    group = "headings"
    summary = "Two headings in the same part of a page have the same text"
    on_by_default = False
    reach = "markdown"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        parents: list[Heading] = []
        seen: dict[tuple[int, int, str], Heading] = {}
        for heading in document.headings:
            while parents and parents[-1].level >= heading.level:
                parents.pop()
            parent = parents[-1].span.start if parents else -1
            parents.append(heading)
            if not heading.text or heading.level not in self.options.levels:
                continue
            first = seen.setdefault((parent, heading.level, heading.text.casefold()), heading)
            if first is not heading:
                message = (
                    f"`{heading.text}` is also the heading of line {first.line}; "
                    "say what is different here"
                )
                related = Related(document.path, first.span, "the same heading")
                yield self.finding(document, heading.span, message, related=(related,))
