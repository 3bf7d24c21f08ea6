"""The report of the last run, patched where nothing but the texts of a few pages is different.

Then the front matter of all pages, their files and folders are what they were, and so is all that
is known of addresses and lists. It takes neither a walk through the folders nor the other pages:
tables are looked up as they are kept, and only findings that the texts matter for are made anew.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from balise.base.findings import Finding, in_order
from balise.base.source import Lines
from balise.check.kept_pages import KeptPages, KeptRows
from balise.check.replay import REPORT, RUN, LastReport, LastRun, Run
from balise.check.report import Crash
from balise.check.running import on_page
from balise.check.severity import SeverityOverrides
from balise.check.suppress import apply_suppressions
from balise.check.verdicts import (
    VERDICTS,
    Verdict,
    Verdicts,
    changed_pages,
    kept_verdicts,
    settings_of,
    touched,
    verdict,
)
from balise.collection import Collection
from balise.collection.lookups import FILES, Watch
from balise.config import Urls
from balise.document import Document
from balise.rules import Rule, RuleContext
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.gathering import data_files
from balise.workspace.reading import ENCODER, PAGE_FACTS, Read, read_in_parallel, without_collecting
from balise.workspace.stand_ins import ClaimsOf, StandIn, packed
from balise.workspace.tables import files_in, kept_bytes, kept_table
from balise.workspace.workspace import Row, entry_of, rows_key


def patched(
    last: LastRun, rules: Sequence[Rule], urls: Urls, severities: SeverityOverrides
) -> LastReport | None:
    """What a run tells today, which is kept as the last one; None where more than texts differ.

    What was read for that is kept in any case.
    """
    try:
        with without_collecting():
            return _patched(last, rules, urls, severities)
    except (KeyError, ValueError, msgspec.MsgspecError):  # something is not kept any more
        return None


def _patched(
    last: LastRun, rules: Sequence[Rule], urls: Urls, severities: SeverityOverrides
) -> LastReport | None:
    roots = {root: root in last.run.whole for root in last.run.pages}
    known = kept_verdicts(last.cache, settings_of(rules, urls, roots))
    stored = last.cache.blob(rows_key(urls))
    if stored is None or known.structure != last.run.structure or known.hashes != _hashes(last):
        return None  # there was a run in between that asked for something else
    rows = KeptRows(stored)
    read = list(read_in_parallel(last.changed, 1, scope_of(last.run).bounds))
    same = [_take(page, rows, urls) for page in read]
    facts = {p.path: (p.state.digest, p.facts) for p in read if p.state is not None}
    if not all(same):
        last.cache.store({rows_key(urls): rows.encoded()}, {"facts": facts})
        return None
    told = last.report()
    if told is None:
        return None
    run = _Run(last, rows, urls, known.tables)
    for page in read:
        run.pages[page.path].keep(PAGE_FACTS.decode(page.facts))
    before = dict(known.pages)
    anew = run.judged_anew(known, rules)
    if run.crashes or any(_is_elsewhere(p, before, known.pages) for p in anew):
        return None
    for states in last.run.pages.values():
        states |= {p: state for p in facts if p in states and (state := rows[p].state)}
    known.hashes = _hashes(last)
    found = run.told(known, anew, rules)
    report = _with(told, severities.applied(found), anew, run)
    last.cache.store(
        {
            rows_key(urls): rows.encoded(),
            VERDICTS: ENCODER.encode(known),
            RUN: ENCODER.encode(last.run),
            REPORT: ENCODER.encode(report),
        },
        {"facts": facts},
    )
    return report


def _is_elsewhere(path: str, *verdicts: Mapping[str, Verdict]) -> bool:
    """Whether a finding of a page is about another file, so that it is not told by its path."""
    return any(f.path != path for of in verdicts if path in of for f in of[path].findings)


def scope_of(run: Run) -> Scope:
    """The pages that a run was asked for, where no file and no folder besides them is different."""
    return Scope(
        [PageFile(path, root) for root, pages in run.pages.items() for path in pages],
        whole=run.whole,
        looked_at=run.walked,
        marks=frozenset(run.marks),
    )


def _hashes(last: LastRun) -> dict[str, bytes]:
    """What stands for the bytes of each page that the run was asked for."""
    states = last.run.pages.values()
    return {path: state.digest for pages in states for path, state in pages.items()}


def _take(page: Read, rows: KeptRows, urls: Urls) -> bool:
    """Put what was read of a page among the rows; whether nothing but its text is different."""
    before = rows[page.path]
    if page.state is None:
        return False
    document = PAGE_FACTS.decode(page.facts).document
    entry, old = entry_of(document, before.root, urls), before.entry
    rows.put(page.path, Row(before.root, page.state, entry))
    return (entry.shape, entry.uses, entry.folders) == (old.shape, old.uses, old.folders)


class _Run:
    """The collections of a run as they are kept, and its rules run on some of their pages."""

    def __init__(
        self, last: LastRun, rows: KeptRows, urls: Urls, tables: Mapping[str, bytes]
    ) -> None:
        self.cache = last.cache
        self.whole = last.run.whole
        self.tables = tables
        self.watch = Watch()
        self.changed = last.changed
        self.crashes: list[Crash] = []
        kept = {
            root: KeptPages(states, rows, last.cache, self.watch)
            for root, states in last.run.pages.items()
        }
        self.roots = {path: root for root, pages in kept.items() for path in pages}
        self.pages: Mapping[str, StandIn] = ChainMap(*kept.values())  # type: ignore[arg-type]
        self.claims = ClaimsOf(self.pages, self.watch)
        self.collections = {
            root: self._collection(root, pages, urls) for root, pages in kept.items()
        }

    def _collection(self, root: str, pages: KeptPages, urls: Urls) -> Collection:
        files = files_in(kept_bytes(self.cache, root, FILES, self.tables) or b"")
        return Collection(
            root,
            pages,
            files,
            urls=urls,
            data=data_files(root) if root in self.whole else {},
            whole=root in self.whole,
            watch=self.watch,
            kept=lambda name: kept_table(self.cache, root, name, self.tables, pages.__getitem__),
        )

    def judged_anew(self, known: Verdicts, rules: Sequence[Rule]) -> set[str]:
        """The pages that the changed texts matter for; their verdicts are exchanged."""
        numbers = changed_pages(dict.fromkeys(self.changed, b""), {})
        pages = touched(known.pages, numbers).union(self.changed)
        for path in pages:
            page, collection = self.pages[path], self.collections[self.roots[path]]
            facts = page.facts
            self.watch.taken()
            seen = RuleContext(facts.document, facts.claims, collection, self.claims)
            findings = on_page(seen, rules, self.crashes)
            known.pages[path] = verdict(findings, self.watch.taken())
        return pages

    def told(self, known: Verdicts, paths: Iterable[str], rules: Sequence[Rule]) -> list[Finding]:
        """What there is to tell of these pages."""
        paths = sorted(paths)
        findings = [finding for path in paths for finding in known.pages[path].findings]
        of_whole = (f for root in sorted(self.whole) for f in known.whole.get(root, (b"", []))[1])
        among = frozenset(paths)
        findings += [finding for finding in of_whole if finding.path in among]
        silencing = {
            path: (self.roots[path], self.pages[path].facts.document)
            for path in paths
            if self.pages[path].entry.silences
        }
        return apply_suppressions(findings, silencing, rules, self.whole, self.whole, ())

    def lines(self, path: str) -> Lines:
        """Where the lines of a text start."""
        if path in self.pages:
            return self.pages[path]
        data = (d for collection in self.collections.values() for d in collection.data.values())
        return next((d for d in data if d.path == path), Document(path, (0,), 0))


def _with(told: LastReport, found: Sequence[Finding], anew: set[str], run: _Run) -> LastReport:
    """A report with these findings in place of those about the pages that were judged `anew`."""
    findings = [f for f in told.findings if f.path not in anew] + in_order(found)
    findings.sort(key=lambda finding: finding.path)
    shown = {path for f in found for path in (f.path, *(place.path for place in f.related))}
    lines = dict(told.lines)
    for path in {*shown, *run.changed}:
        of = run.lines(path)
        lines[path] = packed(of.line_starts), of.length
    return msgspec.structs.replace(told, findings=findings, lines=lines)
