"""How the labels of an interface are called in each locale, induced from the guides themselves.

A label of a guide and of its translation are the same one where both pages have the same headings and
as many labels below a heading: then the first is the first, and so on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from balise.claims.outline import Outline


class LabelForms(msgspec.Struct, frozen=True):
    """A label of the original guides, and how often it stands in each form in translations, by locale.

    `uses` is how often the label itself was compared in a locale at most.
    """

    label: str
    uses: int
    forms: Mapping[str, Mapping[str, int]]


def glossary(guides: Iterable[tuple[Outline, Mapping[str, Outline]]]) -> list[LabelForms]:
    """The labels of some guides, the most used first; a guide is its original and its translations."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for original, translations in guides:
        for locale, translation in translations.items():
            for label, form in _pairs(original, translation):
                found[label][locale][form] += 1
    terms = [_forms(label, forms) for label, forms in found.items()]
    return sorted(terms, key=lambda term: (-term.uses, term.label))


def _pairs(original: Outline, translation: Outline) -> Iterator[tuple[str, str]]:
    if original.levels != translation.levels:
        return
    for ours, theirs in zip(original.sections, translation.sections, strict=False):
        if len(ours.labels) == len(theirs.labels):
            yield from zip(map(_plain, ours.labels), map(_plain, theirs.labels), strict=True)


def _plain(label: str) -> str:
    return " ".join(label.split())


def _forms(label: str, forms: Mapping[str, Counter[str]]) -> LabelForms:
    by_count = {
        locale: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        for locale, counts in sorted(forms.items())
    }
    uses = max(counts.total() for counts in forms.values())
    return LabelForms(label, uses, by_count)
