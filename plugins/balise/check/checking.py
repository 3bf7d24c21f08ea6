"""Facts to findings: rules are run, and what they say is silenced, judged and put in order."""

from collections.abc import Sequence

from balise.base.findings import Finding, in_order
from balise.check.comparison import RevisionComparison
from balise.check.report import Crash, Report
from balise.check.running import on_page, on_whole
from balise.check.severity import SeverityOverrides
from balise.check.suppress import apply_suppressions
from balise.claims import Claims
from balise.config import OVH_URLS, Urls
from balise.document import Document
from balise.rules import Rule, RuleContext
from balise.workspace.discovery import EVERYTHING, Scope
from balise.workspace.gathering import make_collection


def check_facts(
    facts: Sequence[tuple[str, Document, Claims]],
    rules: Sequence[Rule],
    urls: Urls = OVH_URLS,
    *,
    whole: frozenset[str] = frozenset(),
    around: frozenset[str] = frozenset(),
    severities: SeverityOverrides | None = None,
    scope: Scope = EVERYTHING,
    processes: int = 1,
) -> Report:
    """Run the rules over facts that have been read: (root, document, claims) of every page.

    Rules about a collection run where all of it was asked for: where no page of it is `around`.
    The `severities` has the last word about findings; `scope` says what to compare them with.
    """
    compared = sorted(whole) if scope.against else []
    collections = {
        root: make_collection(root, [d for r, d, _ in facts if r == root], urls, root in whole)
        for root in dict.fromkeys([*(root for root, _, _ in facts), *compared])
    }
    past = RevisionComparison(scope, collections, processes)
    findings: list[Finding] = []
    crashes: list[Crash] = []

    by_path = {document.path: claims for _, document, claims in facts}
    checked = 0
    for root, document, claims in facts:
        if document.path in around or not past.matters_to(document.path):
            continue
        checked += 1
        page = RuleContext(document, claims, collections[root], by_path)
        findings += on_page(page, rules, crashes)
    parts = {root for root, document, _ in facts if document.path in around}
    judged = whole - parts
    for root, collection in collections.items():
        if root in judged:
            found = on_whole(collection, rules, crashes)
            findings += past.fresh(root, found, rules, crashes)
    findings += past.lost(rules, crashes)
    asked = {d.path: (root, d) for root, d, _ in facts if d.path not in around}
    findings = apply_suppressions(findings, asked, rules, whole, judged, crashes)
    if severities is not None:
        findings = severities.applied(findings)
    documents = {document.path: document for _, document, _ in facts}
    for collection in collections.values():
        documents |= {document.path: document for document in collection.data.values()}
    for finding in findings:
        documents.setdefault(finding.path, Document(finding.path, (0,), 0))
    return Report(in_order(findings), crashes, documents, collections, checked, judged)
