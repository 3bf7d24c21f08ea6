"""Rules are run: on a page, on a collection, against a revision; one that fails hides no other."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVarTuple

from balise.base.findings import Finding
from balise.check.report import Crash
from balise.collection import Collection
from balise.rules import CollectionRule, PageRule, Revision, RevisionRule, Rule, RuleContext

Subject = TypeVarTuple("Subject")


def page_rules(rules: Sequence[Rule], collection: Collection) -> Sequence[PageRule]:
    """Those of the rules that judge pages, and may judge those of a collection."""
    return [rule for rule in rules if isinstance(rule, PageRule) and rule.may_judge(collection)]


def run_on_page(
    context: RuleContext, rules: Sequence[PageRule], crashes: list[Crash]
) -> list[Finding]:
    """What rules that may judge a page find on it.

    In markup of other systems only those may judge that reach everywhere.
    """
    path, foreign = context.document.path, context.document.foreign
    findings: list[Finding] = []
    for rule in rules:
        found = _guarded(crashes, rule, path, rule.check_page, context)
        if found and foreign and rule.reach != "everywhere":
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
            findings += _guarded(crashes, rule, collection.root, rule.check_collection, collection)
    return findings


def run_on_revision(
    old: Revision, new: Collection, rules: Sequence[Rule], crashes: list[Crash]
) -> list[Finding]:
    """What the rules about losses find to be lost since a revision."""
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, RevisionRule) and rule.may_judge(new):
            findings += _guarded(crashes, rule, new.root, rule.check_revision, old, new)
    return findings


def _guarded(
    crashes: list[Crash],
    rule: Rule,
    path: str,
    check: Callable[[*Subject], Iterator[Finding]],
    *subject: *Subject,
) -> list[Finding]:
    """What a rule finds in its subject; what it found before it failed, and that it failed."""
    findings: list[Finding] = []
    try:
        findings.extend(check(*subject))
    except Exception as error:  # a rule's bug must not hide the other findings
        crashes.append(Crash(rule.name, path, f"{type(error).__name__}: {error}"))
    return findings
