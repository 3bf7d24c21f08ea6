"""Rules are run: on a page, on a collection, against a revision; one that fails hides no other."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from balise.base.findings import Finding
from balise.check.report import Crash
from balise.collection import Collection
from balise.rules import CollectionRule, PageRule, Revision, RevisionRule, Rule, RuleContext


def run_on_page(context: RuleContext, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
    """What the rules about a page find on one.

    In markup of other systems only those may judge that reach everywhere.
    """
    path, foreign = context.document.path, context.document.foreign
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, PageRule) and rule.may_judge(context.collection):
            found = _guarded(rule, path, partial(rule.check_page, context), crashes)
            if foreign and rule.reach != "everywhere":
                found = [f for f in found if not any(part.holds(f.span) for part in foreign)]
            findings += found
    return findings


def run_on_collection(
    collection: Collection, rules: Sequence[Rule], crashes: list[Crash]
) -> list[Finding]:
    """What the rules about a collection find in it."""
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, CollectionRule) and rule.may_judge(collection):
            run = partial(rule.check_collection, collection)
            findings += _guarded(rule, collection.root, run, crashes)
    return findings


def run_on_revision(
    old: Revision, new: Collection, rules: Sequence[Rule], crashes: list[Crash]
) -> list[Finding]:
    """What the rules about losses find to be lost since a revision."""
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, RevisionRule) and rule.may_judge(new):
            run = partial(rule.check_revision, old, new)
            findings += _guarded(rule, new.root, run, crashes)
    return findings


def _guarded(
    rule: Rule, path: str, run: Callable[[], Iterator[Finding]], crashes: list[Crash]
) -> list[Finding]:
    """What a rule finds; what it found before it failed, and that it failed."""
    findings: list[Finding] = []
    try:
        findings.extend(run())
    except Exception as error:  # a rule's bug must not hide the other findings
        crashes.append(Crash(rule.name, path, f"{type(error).__name__}: {error}"))
    return findings
