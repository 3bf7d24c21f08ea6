"""A check that makes anew only the findings that something has changed for since the last one."""

import contextlib
from collections.abc import Sequence

import msgspec

from balise.cache import Found, digest
from balise.checking import Report, silenced
from balise.collection import Collection
from balise.comparing import Past
from balise.document import Document
from balise.findings import Finding, in_order
from balise.library import Library
from balise.reading import ENCODER
from balise.rules import PageFacts, Rule
from balise.running import Crash, on_page, on_whole
from balise.stand_ins import StandIn

FINDINGS = msgspec.msgpack.Decoder(list[Finding])


def check_library(library: Library, rules: Sequence[Rule], processes: int) -> Report:
    """Run the rules over the pages asked for, where what they found before does not count."""
    return _Check(library, rules, processes).report()


class _Check:
    """One run."""

    def __init__(self, library: Library, rules: Sequence[Rule], processes: int) -> None:
        self.library = library
        self.scope = library.scope
        self.rules = rules
        self.crashes: list[Crash] = []
        self.collections = dict(library.collections)
        for root in sorted(self.scope.whole) if self.scope.against else ():
            self.collections.setdefault(root, library.empty_collection(root))
        self.past = Past(self.scope, self.collections, processes)
        self.pages: dict[str, list[StandIn]] = {root: [] for root in self.collections}
        for path, page in library.pages.items():
            self.pages[library.roots[path]].append(page)
        self.structure = self._structure()
        self.meta: dict[str, bytes] = {}

    def report(self) -> Report:
        """What is wrong with the pages."""
        library, scope = self.library, self.scope
        asked = {page.path for page in scope.pages if self.past.matters_to(page.path)}
        findings = self._of_pages(asked)
        judged = scope.whole - {page.root for page in scope.around}
        for root, collection in self.collections.items():
            if root in judged:
                found = self._of_whole(collection)
                findings += self.past.fresh(root, found, self.rules, self.crashes)
        findings += self.past.lost(self.rules, self.crashes)
        if not self.crashes:
            library.store(self.meta)
        silencing = {
            page.path: (page.root, library.pages[page.path].facts.document)
            for page in scope.pages
            if library.pages[page.path].entry.silences
        }
        findings = silenced(findings, silencing, self.rules, scope.whole, judged, self.crashes)
        documents: dict[str, Document] = {**library.pages}
        for collection in self.collections.values():
            documents |= {document.path: document for document in collection.data.values()}
        for finding in findings:
            documents.setdefault(finding.path, Document(finding.path, (0,), 0))
        crashes, collections = self.crashes, self.collections
        return Report(in_order(findings), crashes, documents, collections, len(asked), judged)

    def _of_pages(self, asked: set[str]) -> list[Finding]:
        """What is found on the pages asked for; findings that no longer count are forgotten."""
        library = self.library
        name = f"structure {digest(sorted(self.collections))!r}"
        same = library.meta(name) == self.structure
        self.meta[name] = self.structure
        findings: list[Finding] = []
        for path, page in library.pages.items():
            row = library.rows[path]
            if not same and row.found is not None:
                row.found = None
                library.changed[path] = row
            if path not in asked:
                continue
            if row.found is None:
                row.found = self._of_page(page)
                library.changed[path] = row
            findings += row.found.findings
        return findings

    def _of_page(self, page: StandIn) -> Found:
        library, facts = self.library, page.facts
        collection = self.collections[library.roots[page.path]]
        seen = PageFacts(facts.document, facts.claims, collection, library.claims)
        library.watch.taken()
        findings = on_page(seen, self.rules, self.crashes)
        return Found(findings, library.watch.taken())

    def _structure(self) -> bytes:
        """Stands for all that a rule can know of a page without opening it, and for the rules."""
        rules = [(rule.name, repr(getattr(rule, "options", None))) for rule in self.rules]
        parts: list[object] = [rules, self.library.urls, sorted(self.scope.whole)]
        for root, collection in self.collections.items():
            parts.append([(page.path, page.entry.values) for page in self.pages[root]])
            parts.append(sorted(collection.files))
            parts += [(name, document) for name, document in sorted(collection.data.items())]
        return digest(*parts)

    def _of_whole(self, collection: Collection) -> list[Finding]:
        uses = [(page.path, page.entry.uses) for page in self.pages[collection.root]]
        state = digest(self.structure, uses)
        key = f"collection {collection.root}"
        stored = self.library.meta(key)
        if stored is not None and stored[: len(state)] == state:
            with contextlib.suppress(msgspec.MsgspecError):
                return FINDINGS.decode(stored[len(state) :])
        findings = on_whole(collection, self.rules, self.crashes)
        self.meta[key] = state + ENCODER.encode(findings)
        return findings
