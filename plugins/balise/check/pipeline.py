"""The one pipeline of a check: from a workspace to a report.

select -> run what its traces do not vouch for -> compare with revisions -> suppress -> severity ->
order. The command, the build, the server and `--fix` all run it; see `check_steps`.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec
from msgspec import field
from msgspec.structs import replace

from balise.base.findings import Finding, Severity, in_order
from balise.base.source import Lines
from balise.base.workers import fork_map
from balise.check.compare import RevisionComparison, losses
from balise.check.kept_traces import Checked
from balise.check.report import Crash, Report
from balise.check.run import page_rules, run_on_collection, run_on_page
from balise.check.select import select_rules, select_unfixable
from balise.check.severity import SeverityOverrides
from balise.check.suppress import apply_suppressions
from balise.check.trace_store import TraceStore
from balise.check.traces import trace_of
from balise.collection import Collection
from balise.config import Config, Configuration, Translations
from balise.document import Document
from balise.rules import CollectionRule, PageRule, Rule, RuleContext
from balise.workspace.reading import PARALLEL_FROM
from balise.workspace.workspace import Workspace

PAGES_AT_ONCE = 64
"""Pages that a process checks at once."""
AT_HAND = 256
"""Pages whose facts a process keeps between one such lot and the next: those of a guide stand together."""


class CheckSettings(msgspec.Struct, frozen=True):
    """What a check goes by besides the pages: the rules to run, and how much their findings matter.

    Findings of rules that are `unfixable` come without a fix.
    """

    rules: Sequence[Rule]
    severities: SeverityOverrides = field(default_factory=SeverityOverrides)
    unfixable: frozenset[str] = frozenset()

    @classmethod
    def of(cls, configuration: Configuration) -> "CheckSettings":
        """What a configuration says. Raises UserError where it selects no rule."""
        config = configuration.config
        severities = SeverityOverrides.of(configuration)
        return cls(select_rules(config), severities, select_unfixable(config))

    def translations(self, config: Config) -> Translations | None:
        """How it is told what translations were made from; None where no rule asks for that."""
        return config.translations if any(rule.needs_history for rule in self.rules) else None


def check(
    workspace: Workspace,
    settings: CheckSettings,
    traces: TraceStore | None = None,
    about: AbstractSet[str] | None = None,
) -> Report:
    """Check the pages that the scope of a workspace asks for; see `check_steps`."""
    steps = check_steps(workspace, settings, traces, about)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: Report = end.value
            return report


def check_steps(
    workspace: Workspace,
    settings: CheckSettings,
    traces: TraceStore | None = None,
    about: AbstractSet[str] | None = None,
) -> Generator[None, None, Report]:
    """As `check`, for who has other things to do: it stops wherever it can go on later.

    Findings are those `about` some files, or about all.

    The rules run where the `traces` of earlier checks do not vouch for what they found. Without
    any they are taken from the store of the workspace, and kept there afterwards; who gives them
    has to keep them.
    """
    return (yield from _Check(workspace, settings, traces, about).steps())


class _Check:
    """One run of the pipeline."""

    def __init__(
        self,
        workspace: Workspace,
        settings: CheckSettings,
        traces: TraceStore | None,
        about: AbstractSet[str] | None,
    ) -> None:
        self.workspace = workspace
        self.scope = workspace.scope
        self.rules = list(settings.rules)
        self.settings = settings
        self.about = about
        self.keeps = traces is None
        self.traces = traces or TraceStore.load(workspace.store)
        partly = {page.root for page in self.scope.around} - self.scope.judged
        self.judged = self.scope.whole.keys() - partly
        self.crashes: list[Crash] = []
        self.page_rules: dict[str, Sequence[PageRule]] = {}

    def steps(self) -> Generator[None, None, Report]:
        """The steps, and the report at their end."""
        forgotten = self.traces.renew(self.workspace, self.rules)
        yield
        since = self.scope.since
        comparison = RevisionComparison(self.workspace, self.rules, since) if since else None
        yield
        asked = [page.path for page in self.scope.pages]
        reruns = [path for path in asked if path not in self.traces.pages]
        yield from self._run_on_pages(reruns)
        pages = self.traces.pages
        selected = [p for p in asked if comparison is None or comparison.concerns(p, pages[p])]
        findings = [finding for path in selected for finding in pages[path].findings]
        for root, collection in self.workspace.collections.items():
            if root in self.judged:
                found = yield from self._run_on_collection(collection)
                findings += comparison.new(root, found) if comparison else found
        findings += losses(self.workspace, self.rules, self.crashes)
        if self.about is not None:
            findings = [finding for finding in findings if finding.path in self.about]
        self.traces.forget(self.crashes)
        if self.keeps:
            self.traces.save(self.workspace)
        yield
        findings = apply_suppressions(
            findings, self._with_suppressions(selected), self._complete, self.rules
        )
        findings = in_order(self._as_configured(findings))
        return Report(
            findings,
            self.crashes,
            lines_of(
                self.workspace,
                {p for f in findings for p in (f.path, *(r.path for r in f.related))},
            ),
            selected,
            {path: forgotten.get(path) for path in reruns},
        )

    def _as_configured(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        following = {rule.name for rule in self.rules if rule.follows_source}
        changes = self.scope.since or self.scope.new_since
        for finding in self.settings.severities.applied(findings):
            if changes and finding.rule in following and finding.path not in changes.touched:
                finding = replace(finding, severity=Severity.INFO)
            offered = finding.fix is None or finding.rule not in self.settings.unfixable
            yield finding if offered else replace(finding, fix=None)

    # Running rules

    def _run_on_pages(self, paths: Sequence[str]) -> Iterator[None]:
        processes = self.workspace.options.workers
        if processes > 1 and len(paths) >= PARALLEL_FROM:
            for collection in self.workspace.collections.values():
                collection.structure.make_tables()
            self.workspace.close()  # each process opens the store for itself
            chunks = [
                paths[start : start + PAGES_AT_ONCE]
                for start in range(0, len(paths), PAGES_AT_ONCE)
            ]
            for found, crashes in fork_map(self, _Check.run_on_chunk, chunks, processes):
                for path, checked in found.items():
                    self.traces.keep_page(path, checked)
                self.crashes += crashes
            return
        for path in paths:
            self.traces.keep_page(path, self._run_on_page(path))
            yield

    def run_on_chunk(self, paths: Sequence[str]) -> tuple[dict[str, Checked], list[Crash]]:
        """What is found on these pages by this process, and where a rule failed."""
        self.crashes = []
        self.workspace.forget(AT_HAND)
        return {path: self._run_on_page(path) for path in paths}, self.crashes

    def _run_on_page(self, path: str) -> Checked:
        workspace = self.workspace
        context = context_of(workspace, path)
        workspace.reads.drain()
        findings = run_on_page(context, self._page_rules(path), self.crashes)
        trace = trace_of(workspace.digest(path), workspace.reads.drain())
        return Checked.of(trace, findings)

    def _page_rules(self, path: str) -> Sequence[PageRule]:
        """The rules that run on a page: those of all pages of its collection."""
        root = self.workspace.records[path].root
        if root not in self.page_rules:
            self.page_rules[root] = page_rules(self.rules, self.workspace.collections[root])
        return self.page_rules[root]

    def _run_on_collection(self, collection: Collection) -> Generator[None, None, list[Finding]]:
        root, reads = collection.root, self.workspace.reads
        findings: list[Finding] = []
        for rule in self.rules:
            if not isinstance(rule, CollectionRule):
                continue
            checked = self.traces.collections.get(root, {}).get(rule.name)
            if checked is None:
                reads.drain()
                found = run_on_collection(collection, [rule], self.crashes)
                checked = Checked.of(trace_of(b"", reads.drain()), found)
                self.traces.keep_rule(root, rule.name, checked)
                yield
            findings += checked.findings
        return findings

    # Suppressing

    def _with_suppressions(self, paths: Sequence[str]) -> Iterator[Document]:
        workspace = self.workspace
        for path in paths:
            if workspace.records[path].has_suppressions:
                yield workspace.facts(path).document

    def _complete(self, path: str) -> set[str]:
        """The rules that have found all that they could find on a page.

        Where only a part of a collection is known, these are the rules that read nothing around
        the page.
        """
        root = self.workspace.records[path].root
        failed = {crash.rule for crash in self.crashes if crash.path in (root, path)}
        return {
            rule.name
            for rule in self.rules
            if rule.name not in failed
            and (root in self.judged or not isinstance(rule, CollectionRule))
            and (root in self.scope.whole or not self._reads_around(rule, path))
        }

    def _reads_around(self, rule: Rule, path: str) -> bool:
        """Whether a rule reads more than a page to check it."""
        self.workspace.reads.drain()
        context = context_of(self.workspace, path)
        run_on_page(context, page_rules([rule], context.collection), [])
        return bool(self.workspace.reads.drain())


def lines_of(workspace: Workspace, paths: Iterable[str]) -> dict[str, Lines]:
    """Where the lines of pages and data files start."""
    collections = workspace.collections.values()
    data = {d.path: d for collection in collections for d in collection.structure.data.values()}
    return {
        path: workspace.lines(path)
        if path in workspace.records
        else data.get(path, Lines(path, (0,), 0))
        for path in paths
    }


def context_of(workspace: Workspace, path: str) -> RuleContext:
    """What a rule sees of the page at `path`."""
    facts = workspace.facts(path)
    collection = workspace.collections[workspace.records[path].root]
    return RuleContext(
        facts.document, facts.claims, collection, workspace.claims, workspace.versions
    )
