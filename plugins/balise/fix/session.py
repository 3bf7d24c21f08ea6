"""The pages of a workspace, checked again and again while fixes change their texts."""

from collections.abc import Mapping, Sequence

from balise.base.digests import digest_of
from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.source import SourceFile
from balise.check.pipeline import CheckSettings, check
from balise.check.trace_store import TraceStore
from balise.document import page_name, read_page
from balise.fix.promises import are_in_place, hold
from balise.render import PublishedFiles, render_page
from balise.render.outline import Outline, outline
from balise.render.words import interface_words
from balise.workspace.sources import read_source
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded


class FixSession:
    """A workspace with some texts changed, which are not written yet.

    The texts that are `given` are not read from files. `outdated` are the pages whose files are
    not what was checked any more: they get no fix. Who gives `traces` has to keep them.
    """

    def __init__(
        self,
        workspace: Workspace,
        settings: CheckSettings,
        given: Sequence[SourceFile] = (),
        traces: TraceStore | None = None,
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self._sources = {source.path: source for source in given}
        self._asked = frozenset(page.path for page in workspace.scope.pages)
        self._keeps = traces is None
        self._traces = traces or TraceStore.load(workspace.store)
        self._digests = workspace.digests()
        self._texts: dict[str, str] = {}
        self.outdated: set[str] = set()
        self._outlines: dict[str, tuple[str, Outline]] = {}

    def check(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """What is found on the pages asked for where these pages have these texts."""
        changed = [SourceFile(p, text) for p, text in texts.items() if self._texts.get(p) != text]
        self._texts = dict(texts)
        with no_garbage_collection():
            if changed:
                self.workspace = self.workspace.with_texts(changed)
            report = check(self.workspace, self.settings, self._traces)
        if self._keeps and not texts:
            self._traces.save(self.workspace)
        return [
            finding
            for finding in report.findings
            if (finding.path in self._asked or self._is_data(finding.path))
            and self._is_understood(finding.path)
            and (finding.fix is None or self._is_as_checked(finding.path))
        ]

    def read(self, path: str) -> str:
        """The text of a page as it was read."""
        return self.source(path).text

    def source(self, path: str) -> SourceFile:
        """A page as it was read, of which there is a finding with a fix."""
        return self._sources[path]

    def accepts(self, path: str, before: str, after: str, findings: Sequence[Finding]) -> bool:
        """Whether the fixes of findings, which keep the same, do nothing else than they say."""
        if not are_in_place(findings, before):
            return False
        if self._is_data(path):
            return True
        old, new = self._outline(path, before), self._outline(path, after)
        name = page_name(path)
        words = interface_words(name.language if name else "en").values()
        return hold(findings, before, (old, new), words)

    def _outline(self, path: str, text: str) -> Outline:
        """What a reader sees of a page with this text; that of the last one is remembered."""
        known = self._outlines.get(path)
        if known is None or known[0] != text:
            collection = self.workspace.collections[self.workspace.records[path].root]
            page = read_page(SourceFile(path, text))
            html = render_page(page, collection, PublishedFiles({})).html
            known = self._outlines[path] = (text, outline(html))
        return known[1]

    def _is_as_checked(self, path: str) -> bool:
        """Whether the text of a page is that of its findings: somebody may have saved it since."""
        if path not in self._sources and path not in self.outdated:
            try:
                source = read_source(path)
            except OSError:
                source = None
            if source and self._is_same(source):
                self._sources[path] = source
            else:
                self.outdated.add(path)
        return path not in self.outdated

    def _is_same(self, source: SourceFile) -> bool:
        if self._is_data(source.path):
            return self.workspace.is_data_as_read(source)
        data = encoded(source.text, has_bom=source.has_bom)
        return digest_of(data) == self._digests[source.path]

    def _is_data(self, path: str) -> bool:
        """Whether a file is a data file, of which no page is rendered."""
        return path not in self.workspace.records and self.workspace.root_of_data(path) is not None

    def _is_understood(self, path: str) -> bool:
        """Whether every byte of a page or data file is understood, so that it may be written."""
        if self._is_data(path):
            return not (self._is_as_checked(path) and self._sources[path].undecodable)
        problems = self.workspace.facts(path).document.problems
        return not any(problem.kind in ("undecodable", "unreadable") for problem in problems)
