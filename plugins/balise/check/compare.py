"""Collections as they were at a commit, and which pages what is different since then matters to."""

from collections.abc import Mapping, Sequence

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.check.report import Crash
from balise.check.run import run_on_collection, run_on_page, run_on_revision
from balise.check.trace_store import Checked
from balise.check.traces import ChangedReads, changes_of
from balise.collection import Collection, Inputs, LazyMapping, page_of, references_of
from balise.collection.reads import ALL, TEXTS
from balise.document import Document
from balise.rules import Revision, RevisionRule, Rule, RuleContext
from balise.workspace.changes import Changes
from balise.workspace.files import READERS
from balise.workspace.reading import read_texts
from balise.workspace.workspace import Workspace

BY_PATH = (TEXTS, "pages", "names", "files")
"""The tables whose keys are paths of files: whoever reads an entry depends on that file."""
LISTINGS = ("by_title", "slugs")
"""The tables of which an entry is a list of all pages of a locale."""


def revision_of(collection: Collection, changes: Changes, processes: int) -> Revision:
    """A collection as it was before some changes."""
    structure = collection.structure
    data_files = {structure.data_path(name): name for name in READERS}
    inside = [(p, text) for p, text in changes.texts.items() if structure.contains(p)]
    data = {
        data_files[path]: READERS[data_files[path]](SourceFile.from_bytes(path, text))
        for path, text in inside
        if path in data_files
    }
    texts = [(path, text) for path, text in inside if path not in data_files]
    old = {document.path: document for document in read_texts(texts, processes)}
    now, touched = structure.inputs, changes.touched
    kept = [path for path in now.pages if path not in touched]
    files = {file for file in now.files if file not in touched}
    files |= {path for path in changes.before if structure.contains(path)}
    inputs = Inputs(
        {p: now.pages[p] for p in kept} | {p: page_of(d) for p, d in old.items()},
        tuple(sorted(files)),
        {n: d for n, d in now.data.items() if structure.data_path(n) not in touched} | data,
        {p: now.references[p] for p in kept} | {p: references_of(d) for p, d in old.items()},
    )

    def load(path: str) -> Document:
        return old[path] if path in old else collection.documents[path]

    return Revision(
        Collection(structure.like(inputs), LazyMapping(inputs.pages, load, None)),
        touched,
        changes.moved,
    )


class RevisionComparison:
    """A workspace compared with the commits that its scope names; by default with none."""

    def __init__(
        self, workspace: Workspace, rules: Sequence[Rule], then: Mapping[str, Revision]
    ) -> None:
        self.workspace = workspace
        self.rules = rules
        self._then = then
        self._changes: dict[str, ChangedReads] = {}
        for root, revision in then.items():
            structure = workspace.collections[root].structure
            touched = [(name, path) for name in BY_PATH for path in revision.touched]
            different = structure.differences(revision.collection.structure)
            self._changes[root] = changes_of((*different, *touched))

    @classmethod
    def of(cls, workspace: Workspace, rules: Sequence[Rule]) -> "RevisionComparison":
        """Read what the pages of a workspace were at the commit that its scope names."""
        since, processes = workspace.scope.since, workspace.options.workers
        collections = workspace.collections if since is not None else {}
        then = {
            root: revision_of(collection, since, processes)
            for root, collection in collections.items()
            if since is not None
        }
        return cls(workspace, rules, then)

    def concerns(self, path: str, checked: Checked) -> bool:
        """Whether what is different since the commit can matter to the findings of a page.

        So it is if the page is different, or anything that was read to check it. Who has read a
        list of all pages is concerned only if there are other findings because of it: every
        suggestion reads such a list.
        """
        root = self.workspace.records[path].root
        then = self._then.get(root)
        if then is None or path in then.touched:
            return True
        reads = list(checked.trace.changed(self._changes[root]))
        if all(key == ALL or table in LISTINGS for table, key in reads):
            return bool(reads) and self._differs(path, checked.findings, then)
        return True

    def _differs(self, path: str, findings: Sequence[Finding], then: Revision) -> bool:
        """Whether a page has findings at other places than it had."""
        facts = self.workspace.facts(path)
        context = RuleContext(facts.document, facts.claims, then.collection, self.workspace.claims)
        before = run_on_page(context, self.rules, [])
        return {(f.rule, f.span) for f in findings} != {(f.rule, f.span) for f in before}

    def new(self, root: str, findings: Sequence[Finding]) -> list[Finding]:
        """Of findings about a collection those that were not there, or are about a changed file."""
        then = self._then.get(root)
        if then is None or not findings:
            return list(findings)
        before = run_on_collection(then.collection, self.rules, [])
        known = {(f.rule, f.path, f.message) for f in before}
        return [
            finding
            for finding in findings
            if finding.path in then.touched
            or (finding.rule, finding.path, finding.message) not in known
        ]


def losses(workspace: Workspace, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
    """What there was at the commit that the scope is compared `against`, and is not there now."""
    scope = workspace.scope
    if scope.against is None or not any(isinstance(rule, RevisionRule) for rule in rules):
        return []
    findings: list[Finding] = []
    for root, collection in workspace.collections.items():
        if root in scope.whole:
            old = revision_of(collection, scope.against, workspace.options.workers)
            findings += run_on_revision(old, collection, rules, crashes)
    return [finding for finding in findings if scope.asks_for(finding.path)]
