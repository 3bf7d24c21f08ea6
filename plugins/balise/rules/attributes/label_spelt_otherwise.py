from collections import Counter, defaultdict
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Related
from balise.base.source import Span
from balise.claims.outline import label_places
from balise.rules.base import PageRule, RuleContext

MARKS = 2
"""The marks around a code span of one backtick: what is between them can be replaced."""


class LabelSpeltOtherwise(PageRule):
    name = "label-spelt-otherwise"
    group = "attributes"
    summary = (
        "A label of an interface has other capitals than elsewhere on the page, or a blank too much"
    )
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        first: dict[str, Span] = {}
        labels = [(span, text, " ".join(text.split())) for span, text in label_places(document)]
        for span, _, label in labels:
            spellings[label.casefold()][label] += 1
            first.setdefault(label, span)
        for span, text, label in labels:
            usual = spellings[label.casefold()].most_common(1)[0][0]
            if label != usual:
                message = f"the label `{label}` is `{usual}` elsewhere on this page"
                related = (Related(document.path, first[usual], f"`{usual}`"),)
                fix = _fix(span, text, usual, "", safe=False)
                yield self.finding(document, span, message, related=related, fix=fix)
            elif text != text.strip():
                message = f"there is a blank at the edge of the label `{label}`"
                fix = _fix(span, text, label, "remove the blank", safe=True)
                yield self.finding(document, span, message, fix=fix)


def _fix(span: Span, text: str, label: str, title: str, *, safe: bool) -> Fix | None:
    if span.end - span.start != len(text) + MARKS:
        return None
    inside = Span(span.start + 1, span.end - 1)
    return Fix.replacement(inside, label, title, safe=safe, removes=text)
