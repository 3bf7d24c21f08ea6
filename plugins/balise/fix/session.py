"""The pages of a scope, read once and checked again and again while fixes change their texts."""

import os
from collections.abc import Mapping, Sequence

from balise.base.findings import Finding
from balise.base.source import SourceFile, Span
from balise.check.checking import check_facts
from balise.check.report import Report
from balise.check.severity import SeverityOverrides
from balise.config import Urls
from balise.document import page_name, read_page
from balise.render import render_page
from balise.render.words import interface_words
from balise.render.words_shown import words_in, words_shown
from balise.rules import Rule
from balise.workspace.discovery import Scope
from balise.workspace.reading import facts_of, read_pages, read_source, without_collecting


class FixSession:
    """The pages of a scope, read once, to be checked again and again with some texts changed.

    The texts that are `given` are not read from files.
    """

    def __init__(
        self,
        scope: Scope,
        rules: Sequence[Rule],
        urls: Urls,
        *,
        processes: int | None = None,
        severities: SeverityOverrides | None = None,
        given: Sequence[SourceFile] = (),
    ) -> None:
        self.scope = scope
        self.rules = rules
        self.urls = urls
        self.severities = severities
        self.around = frozenset(page.path for page in scope.around)
        pages = [*scope.pages, *scope.around]
        self.roots = {page.path: page.root for page in pages}
        count = processes if processes is not None else os.cpu_count() or 1
        self.processes = count
        self.sources = {source.path: source for source in given}
        paths = [path for path in self.roots if path not in self.sources]
        self.facts = dict(zip(paths, read_pages(paths, count, scope.bounds), strict=True))
        self.facts |= {path: facts_of(source) for path, source in self.sources.items()}
        self.texts: dict[str, str] = {}
        self.report: Report | None = None

    def check(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """What is found where these pages have these texts."""
        for path, text in texts.items():
            if self.texts.get(path) != text:
                self.facts[path] = facts_of(SourceFile(path, text))
        self.texts = dict(texts)
        facts = [(self.roots[path], *found) for path, found in self.facts.items()]
        with without_collecting():
            self.report = check_facts(
                facts,
                self.rules,
                self.urls,
                whole=self.scope.whole,
                around=self.around,
                severities=self.severities,
                scope=self.scope,
                processes=self.processes,
            )
        return [f for f in self.report.findings if self._may_be_fixed(f.path)]

    def read(self, path: str) -> str:
        """The text of a page as it was read."""
        return self.source(path).text

    def source(self, path: str) -> SourceFile:
        """A page as it was read. Raises OSError where it is gone."""
        if path not in self.sources:
            self.sources[path] = read_source(path)
        return self.sources[path]

    def _may_be_fixed(self, path: str) -> bool:
        """Whether a finding is on a page whose every byte is understood."""
        if path not in self.facts or path in self.around:
            return False
        problems = self.facts[path][0].problems
        return not any(problem.kind in ("undecodable", "unreadable") for problem in problems)

    def accepts(self, path: str, before: str, after: str, findings: list[Finding]) -> bool:
        """Whether no word or picture vanished or appeared that the fixes are not about."""
        if self.report is None:
            return True
        collection = self.report.collections[self.roots[path]]
        old, new = (
            words_shown(render_page(read_page(SourceFile(path, text)), collection, {}).html)
            for text in (before, after)
        )
        about = [_lines_around(before, finding.span) for finding in findings]
        for finding in findings:
            for edit in finding.fix.edits if finding.fix else ():
                about += [edit.text, before[edit.span.start : edit.span.end]]
        name = page_name(path)
        about += interface_words(name.language if name else "en").values()
        allowed = set(words_in(" ".join(about)))
        differing = {word for word in (old - new) + (new - old) if not word.startswith("<img ")}
        return differing <= allowed and len(old - new) < MANY


def _lines_around(text: str, span: Span) -> str:
    """The whole lines that a span touches: an attribute list behind it is part of the mistake."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)]


MANY = 200
"""Words that a page may lose by fixes: more is a fix gone wrong."""
