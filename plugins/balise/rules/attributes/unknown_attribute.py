"""`unknown-attribute`"""

import re
from collections.abc import Iterator

from balise.document import AttributeItem
from balise.findings import Finding, Fix
from balise.rules.base import PageFacts, Rule
from balise.source import Edit
from balise.suggestions import nearest
from balise.syntax.attributes import PRINTED

CLASSES = frozenset(
    {
        "action",
        "external",
        "external-link",
        "internal",
        "ref",
        "thumbnail",
        "note-ref",
        "fn-backref",
    }
)
SIZE_CLASS = re.compile(r"[wh]-[0-9]+")
KEYS = PRINTED | {"align", "alt", "class", "id", "target", "hl_lines"}


class UnknownAttribute(Rule):
    name = "unknown-attribute"
    group = "attributes"
    summary = "An attribute list has a class or a key that means nothing"
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        owners = (document.headings, document.links, document.images, document.code_spans)
        lists = (found for kind in owners for owner in kind for found in owner.attributes)
        for attributes in lists:
            for item in attributes.items:
                if not _known(item):
                    yield self._unknown(page, item)

    def _unknown(self, page: PageFacts, item: AttributeItem) -> Finding:
        if item.kind == "pair":
            found = nearest(item.key, KEYS)
            hint = f"; did you mean `{found}`?" if found else ""
            message = f"`{item.key}` is not an attribute that guides have{hint}"
            return self.finding(page.document, item.span, message)
        found = nearest(item.value, CLASSES)
        message = f"`.{item.value}` has no meaning"
        fix = None
        if found:
            message += f"; did you mean `.{found}`?"
            edit = Edit(item.span, f".{found}")
            fix = Fix(f"write `.{found}`", safe=True, edits=(edit,))
        return self.finding(page.document, item.span, message, fix=fix)


def _known(item: AttributeItem) -> bool:
    if item.kind == "class":
        return item.value in CLASSES or SIZE_CLASS.fullmatch(item.value) is not None
    return item.kind == "id" or item.key in KEYS
