import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.base.suggestions import nearest
from balise.collection import Collection
from balise.collection.layouts.index import IndexLayout, articles
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import value_of

SLUG = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+")
HIDDEN = "hidden"


class InvalidMetaValue(CollectionRule):
    name = "invalid-meta-value"
    group = "meta"
    summary = "A value in a guide's `meta.yaml` is not one that its key can have"
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        for _, document in articles(collection.data):
            flag = value_of(document, "flag")
            if flag and flag.value != HIDDEN:
                message = (
                    f"`flag` can be `{HIDDEN}` and nothing else, so `{flag.value}` means nothing"
                )
                fix = None
                if nearest(flag.value, [HIDDEN]):
                    message += f"; did you mean `{HIDDEN}`?"
                    fix = Fix.replacement(flag.value_span, HIDDEN, safe=False, removes=flag.value)
                yield self.finding(document, flag.value_span, message, fix=fix)
            slug = value_of(document, "full_slug")
            if slug and not SLUG.fullmatch(slug.value):
                message = f"`full_slug` is not complete or not a part of an address: {_wrong_with(slug.value)}"
                yield self.finding(document, slug.value_span, message)


def _wrong_with(slug: str) -> str:
    if slug.startswith("-") or slug.endswith("-"):
        return "a `-` stands between two words"
    if "--" in slug:
        return "there are two `-` in a row"
    return "it is made of small letters, digits and `-`"
