"""Collections as they were at the commits that a check compares with."""

from collections.abc import Mapping, Sequence
from functools import partial

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.check.report import Crash
from balise.check.running import guarded, on_whole
from balise.collection import Changes, Collection, affected, data_path, earlier
from balise.rules import RevisionRule, Rule
from balise.workspace.discovery import Scope
from balise.workspace.gathering import DATA_FILES
from balise.workspace.reading import read_texts


class RevisionComparison:
    """The collections as they were at the commits that a scope compares with."""

    def __init__(self, scope: Scope, collections: Mapping[str, Collection], processes: int) -> None:
        self.scope = scope
        self.collections = collections
        self.processes = processes
        self.then: dict[str, Collection] = {}
        self.affected: frozenset[str] = frozenset()
        if scope.since is not None:
            for root, collection in collections.items():
                # A copy: what a collection remembers is not watched when it is asked again.
                today = earlier(collection, Changes(""), (), {})
                then = self.then[root] = self._earlier(collection, scope.since)
                self.affected |= affected(today, then, scope.since.touched)

    def matters_to(self, path: str) -> bool:
        """Whether the changes since the commit can matter to a page."""
        return self.scope.since is None or path in self.affected

    def fresh(
        self, root: str, findings: list[Finding], rules: Sequence[Rule], crashes: list[Crash]
    ) -> list[Finding]:
        """Of findings about a collection those that were not there, or are about a changed file."""
        if self.scope.since is None or not findings:
            return findings
        known = {(f.rule, f.path, f.message) for f in on_whole(self.then[root], rules, crashes)}
        touched = self.scope.since.touched
        return [
            f for f in findings if f.path in touched or (f.rule, f.path, f.message) not in known
        ]

    def lost(self, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
        """What there was at the commit to compare with, and is not there any more."""
        against = self.scope.against
        findings: list[Finding] = []
        comparing = [rule for rule in rules if isinstance(rule, RevisionRule)]
        for root, collection in self.collections.items() if against and comparing else ():
            if against is None or root not in self.scope.whole:
                continue
            old = self._earlier(collection, against)
            for rule in comparing:
                run = partial(rule.check_revision, old, collection, against.moved)
                findings += guarded(rule, root, run, crashes)
        return [finding for finding in findings if self.scope.asks_for(finding.path)]

    def _earlier(self, today: Collection, changes: Changes) -> Collection:
        data_files = {data_path(today.root, name): name for name in DATA_FILES}
        inside = [(p, text) for p, text in changes.texts.items() if today.contains(p)]
        data = {
            data_files[path]: DATA_FILES[data_files[path]](SourceFile.from_bytes(path, text))
            for path, text in inside
            if path in data_files
        }
        pages = [(path, text) for path, text in inside if path not in data_files]
        return earlier(today, changes, read_texts(pages, self.processes), data)
