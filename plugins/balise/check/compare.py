"""Pages as they were at a commit, and which pages what is different since then matters to."""

from collections.abc import Sequence

from balise.base.findings import Finding
from balise.check.kept_traces import Checked
from balise.check.report import Crash
from balise.check.run import page_rules, run_on_collection, run_on_page, run_on_revision
from balise.check.traces import ChangedReads, changes_of
from balise.collection.reads import ALL, TEXTS
from balise.rules import Revision, RevisionRule, Rule, RuleContext
from balise.workspace.changes import Changes
from balise.workspace.workspace import Workspace

BY_PATH = (TEXTS, "pages", "names", "files")
"""The tables whose keys are paths of files: whoever reads an entry depends on that file."""
LISTINGS = ("by_title", "slugs")
"""The tables of which an entry is a list of all pages of a locale."""


class RevisionComparison:
    """A workspace compared with what it was before some `changes`."""

    def __init__(self, workspace: Workspace, rules: Sequence[Rule], changes: Changes) -> None:
        self.workspace = workspace
        self.rules = rules
        self._touched = changes.touched
        self._then = workspace.before(changes)
        touched = [(name, path) for name in BY_PATH for path in changes.touched]
        self._changes: dict[str, ChangedReads] = {}
        for root, collection in workspace.collections.items():
            before = self._then.collections[root].structure
            different = collection.structure.differences(before)
            self._changes[root] = changes_of((*different, *touched))

    def concerns(self, path: str, checked: Checked) -> bool:
        """Whether what is different since the commit can matter to the findings of a page.

        So it is if the page is different, or anything that was read to check it. Who has read a
        list of all pages is concerned only if there are other findings because of it: every
        suggestion reads such a list.
        """
        if path in self._touched:
            return True
        root = self.workspace.records[path].root
        reads = list(checked.trace.changed(self._changes[root]))
        if all(key == ALL or table in LISTINGS for table, key in reads):
            return bool(reads) and self._differs(path, root, checked.findings)
        return True

    def _differs(self, path: str, root: str, findings: Sequence[Finding]) -> bool:
        """Whether a page has findings at other places than it had."""
        then, facts = self._then, self.workspace.facts(path)
        context = RuleContext(
            facts.document, facts.claims, then.collections[root], then.claims, then.versions
        )
        before = run_on_page(context, page_rules(self.rules, context.collection), [])
        return {(f.rule, f.span) for f in findings} != {(f.rule, f.span) for f in before}

    def new(self, root: str, findings: Sequence[Finding]) -> list[Finding]:
        """Of findings about a collection those that were not there, or are about a changed file."""
        if not findings:
            return []
        before = run_on_collection(self._then.collections[root], self.rules, [])
        known = {(f.rule, f.path, f.message) for f in before}
        return [
            finding
            for finding in findings
            if finding.path in self._touched
            or (finding.rule, finding.path, finding.message) not in known
        ]


def losses(workspace: Workspace, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
    """What there was at the commit that the scope is compared `against`, and is not there now."""
    scope, changes = workspace.scope, workspace.scope.against
    if changes is None or not any(isinstance(rule, RevisionRule) for rule in rules):
        return []
    then = workspace.before(changes)
    findings: list[Finding] = []
    for root, collection in workspace.collections.items():
        if root in scope.whole:
            old = Revision(then.collections[root], changes.touched, changes.moved)
            findings += run_on_revision(old, collection, rules, crashes)
    return [finding for finding in findings if scope.asks_for(finding.path)]
