"""The pages of a workspace, checked again and again while fixes change their texts."""

from collections.abc import Mapping, Sequence

from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.source import SourceFile, Span
from balise.check.pipeline import CheckSettings, check
from balise.check.trace_store import TraceStore
from balise.collection import Collection
from balise.document import page_name, read_page
from balise.render import PublishedFiles, render_page
from balise.render.words import interface_words
from balise.render.words_shown import words_in, words_shown
from balise.workspace.sources import read_source
from balise.workspace.workspace import Workspace

MANY = 200
"""Words that a page may lose by fixes: more is a fix gone wrong."""


class FixSession:
    """A workspace with some texts changed, which are not written yet.

    The texts that are `given` are not read from files.
    """

    def __init__(
        self, workspace: Workspace, settings: CheckSettings, given: Sequence[SourceFile] = ()
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self._sources = {source.path: source for source in given}
        self._asked = frozenset(page.path for page in workspace.scope.pages)
        self._traces = TraceStore.load(workspace.store)
        self._texts: dict[str, str] = {}

    def check(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """What is found on the pages asked for where these pages have these texts."""
        changed = [SourceFile(p, text) for p, text in texts.items() if self._texts.get(p) != text]
        self._texts = dict(texts)
        with no_garbage_collection():
            if changed:
                self.workspace = self.workspace.with_texts(changed)
            report = check(self.workspace, self.settings, self._traces)
        if not texts:
            self._traces.save(self.workspace)
        return [f for f in report.findings if f.path in self._asked and self._is_understood(f.path)]

    def read(self, path: str) -> str:
        """The text of a page as it was read."""
        return self.source(path).text

    def source(self, path: str) -> SourceFile:
        """A page as it was read. Raises OSError where it is gone."""
        if path not in self._sources:
            self._sources[path] = read_source(path)
        return self._sources[path]

    def accepts(self, path: str, before: str, after: str, findings: list[Finding]) -> bool:
        """Whether no word or picture vanished or appeared that the fixes are not about."""
        collection = self.workspace.collections[self.workspace.records[path].root]
        old, new = (words_shown(_html(path, text, collection)) for text in (before, after))
        about = [_lines_around(before, finding.span) for finding in findings]
        for finding in findings:
            for edit in finding.fix.edits if finding.fix else ():
                about += [edit.text, before[edit.span.start : edit.span.end]]
        name = page_name(path)
        about += interface_words(name.language if name else "en").values()
        allowed = set(words_in(" ".join(about)))
        differing = {word for word in (old - new) + (new - old) if not word.startswith("<img ")}
        return differing <= allowed and len(old - new) < MANY

    def _is_understood(self, path: str) -> bool:
        """Whether every byte of a page is understood, so that it may be written."""
        problems = self.workspace.facts(path).document.problems
        return not any(problem.kind in ("undecodable", "unreadable") for problem in problems)


def _html(path: str, text: str, collection: Collection) -> str:
    return render_page(read_page(SourceFile(path, text)), collection, PublishedFiles({})).html


def _lines_around(text: str, span: Span) -> str:
    """The whole lines that a span touches: an attribute list behind it is part of the mistake."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)]
