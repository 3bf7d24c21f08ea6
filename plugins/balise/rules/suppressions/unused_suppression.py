from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Span
from balise.document import Document, Suppression
from balise.rules.base import SuppressionRule


class UnusedSuppression(SuppressionRule):
    name = "unused-suppression"
    group = "suppressions"
    summary = "A comment silences a rule that finds nothing there"
    fixable = "sometimes"
    reach = "everywhere"

    def check_unused(
        self, document: Document, suppression: Suppression, names: Sequence[int]
    ) -> Iterator[Finding]:
        if len(names) == len(suppression.names):
            yield self.finding(
                document, suppression.span, _message(suppression), fix=_fix(suppression)
            )
            return
        for index in names:
            name, span = suppression.names[index]
            message = f"`{name}` finds nothing here that could be silenced"
            place, title = _without(suppression, index, names), f"remove `{name}` from the comment"
            fix = Fix.replacement(place, "", title, safe=True, removes=name, keeps=Keeps.HTML)
            yield self.finding(document, span, message, fix=fix)


def _message(suppression: Suppression) -> str:
    directive = f"`{suppression.directive}`"
    if suppression.kind == "on":
        return f"{directive} ends nothing: no `off` above it is still open for that"
    if suppression.covers is None:
        return f"{directive} has no block below it that it could be about"
    where = {"ignore-page": "on this page", "off": "from here on"}.get(suppression.kind, "here")
    return f"{directive} silences nothing {where}"


def _fix(suppression: Suppression) -> Fix | None:
    if suppression.removal is None:
        return None
    removed = f"balise: {suppression.directive} {suppression.reason}"
    return Fix.replacement(
        suppression.removal, "", "remove the comment", safe=True, removes=removed, keeps=Keeps.HTML
    )


def _without(suppression: Suppression, index: int, unused: Sequence[int]) -> Span:
    """A name and the comma on that side where a name is left that stays."""
    names = suppression.names
    if any(later not in unused for later in range(index + 1, len(names))):
        return Span(names[index][1].start, names[index + 1][1].start)
    return Span(names[index - 1][1].end, names[index][1].end)
