"""A check that makes anew only the findings that something has changed for since the last one."""

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import cache

from balise.base.digests import digest, digest_of
from balise.base.findings import Finding, in_order
from balise.base.source import Lines
from balise.base.workers import fork_map
from balise.check.comparison import RevisionComparison
from balise.check.report import Crash, Report
from balise.check.running import on_page, on_whole
from balise.check.suppress import apply_suppressions
from balise.check.verdicts import (
    VERDICTS,
    Verdict,
    Verdicts,
    changed_entries,
    changed_pages,
    kept_verdicts,
    settings_of,
    touched,
    verdict,
)
from balise.collection import Collection
from balise.document import Document
from balise.rules import Rule, RuleContext
from balise.workspace.reading import ENCODER, PARALLEL_FROM
from balise.workspace.stand_ins import StandIn
from balise.workspace.tables import kept_bytes, table_key, tables_of
from balise.workspace.workspace import Library

CHUNK = 64
"""Pages that a process judges at once."""


def check_library(library: Library, rules: Sequence[Rule], processes: int) -> Report:
    """Run the rules over the pages asked for, where what they found before does not count."""
    steps = check_in_steps(library, rules, processes)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: Report = end.value
            return report


def check_in_steps(
    library: Library, rules: Sequence[Rule], processes: int = 1
) -> Generator[None, None, Report]:
    """As `check_library`, for who has other things to do: it stops wherever it can go on later."""
    return (yield from _Check(library, rules, processes).report())


class _Check:
    """One run."""

    def __init__(self, library: Library, rules: Sequence[Rule], processes: int) -> None:
        self.library = library
        self.scope = library.scope
        self.rules = rules
        self.processes = processes
        self.crashes: list[Crash] = []
        self.collections = dict(library.collections)
        for root in sorted(self.scope.whole) if self.scope.against else ():
            self.collections.setdefault(root, library.empty_collection(root))
        self.past = RevisionComparison(self.scope, self.collections, processes)
        self.pages: dict[str, list[StandIn]] = {root: [] for root in self.collections}
        for path, page in library.pages.items():
            self.pages[library.roots[path]].append(page)
        self.hashes = {path: library.hash(path) for path in library.pages}
        self.tables: dict[str, bytes] = {}
        self.differs = False

    def report(self) -> Generator[None, None, Report]:
        """What is wrong with the pages."""
        library, scope = self.library, self.scope
        self.structure = self._structure()
        yield
        self.verdicts = yield from self._known()
        asked = [page.path for page in scope.pages if self.past.matters_to(page.path)]
        findings = yield from self._of_pages(asked)
        judged = scope.whole - {page.root for page in scope.around}
        for root, collection in self.collections.items():
            if root in judged:
                found = yield from self._of_whole(collection)
                findings += self.past.fresh(root, found, self.rules, self.crashes)
        findings += self.past.lost(self.rules, self.crashes)
        self._store()
        yield
        silencing = {
            page.path: (page.root, library.pages[page.path].facts.document)
            for page in scope.pages
            if library.pages[page.path].entry.silences
        }
        findings = apply_suppressions(
            findings, silencing, self.rules, scope.whole, judged, self.crashes
        )
        documents: dict[str, Lines] = {**library.pages}
        for collection in self.collections.values():
            documents |= {document.path: document for document in collection.data.values()}
        for finding in findings:
            documents.setdefault(finding.path, Document(finding.path, (0,), 0))
        crashes, collections = self.crashes, self.collections
        return Report(in_order(findings), crashes, documents, collections, len(asked), judged)

    def _store(self) -> None:
        """Keep what was found, but for where a rule failed: that is told again the next time."""
        for crash in self.crashes:
            self.verdicts.pages.pop(crash.path, None)
            self.verdicts.whole.pop(crash.path, None)
        kept = {VERDICTS: ENCODER.encode(self.verdicts)} if self.differs else {}
        self.library.store({**self.tables, **kept})

    def _known(self) -> Generator[None, None, Verdicts]:
        """What was found before and still counts."""
        roots = {root: root in self.scope.whole for root in self.collections}
        settings = settings_of(self.rules, self.library.urls, roots)
        known = kept_verdicts(self.library.cache, settings)
        yield
        changed = changed_pages(known.hashes, self.hashes)
        if known.structure != self.structure:
            changed |= yield from self._changed_tables(known.tables)
        self.library.kept = {k: h for k, h in known.tables.items() if k not in self.tables}
        self.differs = bool(changed)
        outdated = touched(known.pages, changed)
        kept = {
            path: verdict
            for path, verdict in known.pages.items()
            if known.hashes.get(path) == self.hashes.get(path) != b"" and path not in outdated
        }
        tables = known.tables | {key: digest_of(made) for key, made in self.tables.items()}
        return Verdicts(settings, self.hashes, self.structure, tables, kept, known.whole)

    def _structure(self) -> bytes:
        """Stands for all that a rule can know of pages without opening one."""
        library = self.library
        besides = [c for root, c in self.collections.items() if root not in library.collections]
        return library.structure_with(besides) if besides else library.structure

    def _changed_tables(self, hashes: Mapping[str, bytes]) -> Generator[None, None, set[int]]:
        changed: set[int] = set()
        for root, collection in self.collections.items():
            before = self._before(root, hashes)
            yield
            for name, now in tables_of(collection, self.pages[root], before):
                changed |= changed_entries(name, before(name), now)
                if before(name) != now:
                    self.tables[table_key(root, name)] = now
                yield
        return changed

    def _before(self, root: str, hashes: Mapping[str, bytes]) -> Callable[[str], bytes | None]:
        """Gives the tables of a collection as they are kept."""

        @cache
        def before(name: str) -> bytes | None:
            return kept_bytes(self.library.cache, root, name, hashes)

        return before

    def _of_pages(self, asked: Sequence[str]) -> Generator[None, None, list[Finding]]:
        """What is found on the pages asked for."""
        verdicts = self.verdicts.pages
        anew = [path for path in asked if path not in verdicts]
        self.differs = self.differs or bool(anew)
        parallel = self.processes > 1 and len(anew) >= PARALLEL_FROM
        chunks = [anew[n : n + CHUNK] for n in range(0, len(anew), CHUNK)] if parallel else []
        if parallel:
            self.library.close()  # each process opens the cache for itself
        for judged, crashes in fork_map(self, _Check.of_chunk, chunks, self.processes):
            verdicts |= judged
            self.crashes += crashes
        for path in [] if parallel else anew:
            verdicts[path] = self._of_page(self.library.pages[path])
            yield
        return [finding for path in asked for finding in verdicts[path].findings]

    def of_chunk(self, paths: Sequence[str]) -> tuple[dict[str, Verdict], list[Crash]]:
        """What is found on these pages by this process, and where a rule failed."""
        self.crashes = []
        return {path: self._of_page(self.library.pages[path]) for path in paths}, self.crashes

    def _of_page(self, page: StandIn) -> Verdict:
        library, facts = self.library, page.facts
        collection = self.collections[library.roots[page.path]]
        seen = RuleContext(facts.document, facts.claims, collection, library.claims)
        library.watch.taken()
        findings = on_page(seen, self.rules, self.crashes)
        return verdict(findings, library.watch.taken())

    def _of_whole(self, collection: Collection) -> Generator[None, None, list[Finding]]:
        root = collection.root
        uses = [(page.path, page.entry.uses) for page in self.pages[root]]
        state = digest(self.structure, uses)
        before, findings = self.verdicts.whole.get(root, (b"", []))
        if before != state:
            findings = []
            for rule in self.rules:
                findings += on_whole(collection, [rule], self.crashes)
                yield
            self.verdicts.whole[root] = (state, findings)
            self.differs = True
        return list(findings)
