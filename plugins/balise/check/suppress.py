"""Findings that comments on their page silence, and comments that silence nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from balise.base.findings import Finding
from balise.document import Document, Suppression
from balise.rules import ALL_RULES, Rule, SuppressionRule

OWN = "suppressions"
"""The group of the rules about suppressions, which a comment silences only if it names them."""


def apply_suppressions(
    findings: Iterable[Finding],
    documents: Iterable[Document],
    complete: Callable[[str], AbstractSet[str]],
    rules: Iterable[Rule],
) -> list[Finding]:
    """The findings that no comment on their page silences, and those about comments without use.

    `documents` are the pages that were checked, `complete` gives the names of the rules that have
    found all that they could find on the page at a path.
    """
    unused = next((rule for rule in rules if isinstance(rule, SuppressionRule)), None)
    pages = {d.path: _Page(d, complete) for d in documents if d.suppressions}
    kept = [f for f in findings if f.path not in pages or not pages[f.path].silences(f)]
    if unused:
        for page in pages.values():
            found = list(page.unused(unused, own=False))
            kept += [finding for finding in found if not page.silences(finding)]
            kept += page.unused(unused, own=True)
    return kept


@cache
def _rules_of(name: str) -> frozenset[str]:
    """The rules that a name means; none for a name that does not exist."""
    return frozenset(rule.name for rule in ALL_RULES if name in (rule.name, rule.group))


@cache
def _all_but_own() -> frozenset[str]:
    return frozenset(rule.name for rule in ALL_RULES if rule.group != OWN)


@cache
def _by_default() -> frozenset[str]:
    return frozenset(rule.name for rule in ALL_RULES if rule.on_by_default)


class _Page:
    """The suppressions of one page, and which names of them have silenced something."""

    def __init__(self, document: Document, complete: Callable[[str], AbstractSet[str]]) -> None:
        self.document = document
        self.complete = complete(document.path)
        self.ends = [s for s in document.suppressions if s.kind == "on" and s.names]
        self.used: defaultdict[int, set[int]] = defaultdict(set)

    def silences(self, finding: Finding) -> bool:
        """Whether a suppression covers this finding; it is of use then."""
        silenced = False
        for index, suppression in enumerate(self.document.suppressions):
            covers = suppression.covers
            if covers is None or not covers.start <= finding.span.start <= covers.end:
                continue
            names = _matching(suppression, finding.rule)
            if names and not self._on_again(suppression, finding):
                self.used[index] |= names
                silenced = True
        return silenced

    def _on_again(self, suppression: Suppression, finding: Finding) -> bool:
        return suppression.kind == "off" and any(
            suppression.span.end <= end.span.start < finding.span.start
            and _matching(end, finding.rule)
            for end in self.ends
        )

    def unused(self, rule: SuppressionRule, *, own: bool) -> Iterator[Finding]:
        """Findings about names that have silenced nothing, of the rule itself or of the others."""
        idle = set(self._idle_ends())
        for index, suppression in enumerate(self.document.suppressions):
            if suppression.kind == "malformed":
                continue
            if suppression.kind == "on":
                if index in idle and not own:
                    every = range(len(suppression.names))
                    yield from rule.check_unused(self.document, suppression, every)
                continue
            if not suppression.names:
                judged = _by_default() & _all_but_own() <= self.complete
                if judged and not own and not self.used[index]:
                    yield from rule.check_unused(self.document, suppression, ())
                continue
            names = [
                at
                for at, (name, _) in enumerate(suppression.names)
                if at not in self.used[index]
                and (rule.name in _rules_of(name)) == own
                and self._judged(name)
            ]
            if names:
                yield from rule.check_unused(self.document, suppression, names)

    def _judged(self, name: str) -> bool:
        """Whether all has run that this name silences; what is off by default need not."""
        rules = _rules_of(name)
        return bool(rules & self.complete) and (
            rules <= self.complete or (len(rules) > 1 and rules & _by_default() <= self.complete)
        )

    def _idle_ends(self) -> Iterator[int]:
        """Each `on`, by index, that ends no region."""
        silent: set[str] = set()
        for index, suppression in enumerate(self.document.suppressions):
            if suppression.kind == "off":
                silent |= _about(suppression)
            elif suppression.kind == "on":
                about = _about(suppression)
                if about and not (silent if not suppression.names else silent & about):
                    yield index
                silent = silent - about if suppression.names else set()


def _matching(suppression: Suppression, rule: str) -> set[int]:
    """Which of the names mean this rule, by index; 0 for a suppression of all rules."""
    if not suppression.names:
        return {0} if rule in _all_but_own() else set()
    return {at for at, (name, _) in enumerate(suppression.names) if rule in _rules_of(name)}


def _about(suppression: Suppression) -> AbstractSet[str]:
    if not suppression.names:
        return _all_but_own()
    return {rule for name, _ in suppression.names for rule in _rules_of(name)}
