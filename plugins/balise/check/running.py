"""Rules are run: on a page, on a whole collection; one that fails hides nothing of the others."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from balise.base.findings import Finding
from balise.check.report import Crash
from balise.collection import Collection
from balise.rules import CollectionRule, PageRule, Rule, RuleContext


def guarded(
    rule: Rule, path: str, run: Callable[[], Iterator[Finding]], crashes: list[Crash]
) -> list[Finding]:
    """What a rule finds; what it found before it failed, and that it failed."""
    findings: list[Finding] = []
    try:
        findings.extend(run())
    except Exception as error:  # a rule's bug must not hide the other findings
        crashes.append(Crash(rule.name, path, f"{type(error).__name__}: {error}"))
    return findings


def on_page(context: RuleContext, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
    """What the rules about a page find on one."""
    path = context.document.path
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, PageRule):
            findings += guarded(rule, path, partial(rule.check_page, context), crashes)
    return findings


def on_whole(collection: Collection, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
    """What the rules about a collection find in it."""
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, CollectionRule):
            run = partial(rule.check_collection, collection)
            findings += guarded(rule, collection.root, run, crashes)
    return findings
