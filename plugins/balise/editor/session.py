"""A collection in memory, with the unsaved texts of an editor laid over its files."""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from balise.base.digests import digest_of
from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.source import SourceFile
from balise.check.baseline import BASELINE_FILE, read_baseline
from balise.check.live import LiveCheck
from balise.check.pipeline import CheckSettings
from balise.check.report import Report
from balise.config import Configuration
from balise.editor.view import View
from balise.refactor.backlinks import Backlinks
from balise.workspace.discovery import Scope, is_page_path
from balise.workspace.reading import ReadOptions
from balise.workspace.sources import source_of
from balise.workspace.store import Store
from balise.workspace.touched import touched
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded

Findings = Mapping[str, Sequence[Finding]]
"""What was found, by path."""


class Session:
    """The pages of a scope and the data files beside them, by a configuration; `root` is their folder.

    `unsaved` are the texts that an editor has open, `known` is what was found in the last check of all,
    None before that, `first` in the first one; of files that are `different` something else was found
    since that was told. Used by one thread. Raises UserError.
    """

    def __init__(
        self,
        configuration: Configuration,
        root: str,
        scope: Scope,
        given: Iterable[SourceFile] = (),
    ) -> None:
        self.configuration = configuration
        self.root = root
        self.unsaved = {source.path: source for source in given}
        self.known: Findings | None = None
        self.first: dict[str, Sequence[Finding]] = {}
        self.different: set[str] = set()
        self._written: set[str] = set()
        settings = CheckSettings.of(configuration)
        with no_garbage_collection():
            store = Store(configuration.root) if root in scope.whole else None
            translations = settings.translations(configuration.config)
            asked = {page.path for page in scope.pages}
            workspace = Workspace.open(
                scope,
                configuration.config.urls,
                None if store is None or store.refusal else store,
                ReadOptions(1, translations=translations),
                [source for source in self.unsaved.values() if source.path in asked],
            )
            baseline = read_baseline(configuration.root / BASELINE_FILE)
            self.live = LiveCheck(configuration, settings, workspace, baseline, self.source)
            self._links = Backlinks.load(workspace.store)
            self._lay([source for path, source in self.unsaved.items() if path not in asked])
        self.backlinks: Backlinks | None = None

    @property
    def workspace(self) -> Workspace:
        """The collection as it is at the moment."""
        return self.live.workspace

    def source(self, path: str) -> SourceFile | None:
        """The text of a page or data file, as the editor or its file has it."""
        return self.unsaved.get(path) or source_of(path)

    def has(self, path: str) -> bool:
        """Whether a path is that of a page or data file of the collection."""
        return path in self.workspace.records or self.workspace.root_of_data(path) is not None

    def view(self, path: str) -> View | None:
        """A page or data file as it stands at the moment; None where it is none of these."""
        source = self.source(path) if self.has(path) else None
        return None if source is None else View(self.workspace, source, self.backlinks)

    # What an editor does

    def lay(self, texts: Iterable[SourceFile]) -> None:
        """Lay texts over their files, or over nothing where there are none yet."""
        new = [source for source in texts if not self._is_laid(source)]
        self.unsaved |= {source.path: source for source in texts}
        with no_garbage_collection():
            self._lay(new)

    def _lay(self, texts: Iterable[SourceFile]) -> None:
        known = [source for source in texts if self.has(source.path)]
        others = [source for source in texts if not self.has(source.path)]
        pages = [source for source in others if is_page_path(source.path, self.configuration)]
        if known:
            self.live.workspace = self.workspace.with_texts(known)
        if pages:
            self.live.workspace = self.workspace.with_pages(self.root, pages)

    def _is_laid(self, source: SourceFile) -> bool:
        """Whether a text is the one that counts already, maybe that of its file."""
        before = self.unsaved.get(source.path)
        if before is not None:
            return before.text == source.text
        data = encoded(source.text, has_bom=source.has_bom)
        return digest_of(data) == self.workspace.digest(source.path)

    def lift(self, paths: Collection[str]) -> None:
        """Let the files of texts count again."""
        laid = {path for path in paths if self.unsaved.pop(path, None) is not None}
        if laid:
            with no_garbage_collection():
                self.live.workspace = self.workspace.without_texts(self.root, laid)

    def update(self, changed: AbstractSet[str]) -> None:
        """Take note that files were written, made or removed; a path that ends in `/` is a folder."""
        scope = self.workspace.scope
        places = (*filter(None, (self.root, scope.folder_beside(self.root))),)
        inside = {
            path for path in changed if any(f"{path}/".startswith(f"{place}/") for place in places)
        }
        if not inside:
            return
        with no_garbage_collection():
            found = touched(self.workspace, self.root, self.configuration, inside)
            laid = self.unsaved.keys()
            self.live.workspace = self.workspace.updated(
                self.root,
                sorted(found.pages - found.gone - laid),
                (found.gone & self.workspace.records.keys()) - laid,
                files=bool(found.others or found.folders),
            )
            self._lay([self.unsaved[path] for path in (found.pages | found.others) & laid])
        self._written |= found.pages

    # What is wrong

    def report_steps(self, paths: AbstractSet[str]) -> Generator[None, None, Report]:
        """What is wrong with some pages and data files, in steps."""
        return self.live.steps_of(paths)

    def steps(self) -> Generator[None]:
        """Check everything, in steps; what is found that was not before gets `different`."""
        report = yield from self.live.steps()
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in report.findings:
            found[finding.path].append(finding)
        before, self.known = self.known, found
        if before is None:
            self.first = dict(found)
            self.save()
            self.different |= {*found, *self.unsaved}
            return
        for path in self._written:
            self.first[path] = found.get(path, ())
        self._written = set()
        self.live.forget()
        paths = {*found, *before}
        self.different |= {path for path in paths if found.get(path) != before.get(path)}

    def is_as_first(self, path: str) -> bool:
        """Whether what is found in a file is what was found in it at first, or when it was written."""
        return list((self.known or {}).get(path, ())) == list(self.first.get(path, ()))

    def renew_links(self) -> Backlinks:
        """The links of all pages the other way round, as they are at the moment."""
        self._links.renew(self.workspace)
        self.backlinks = self._links
        return self._links

    def link_steps(self) -> Generator[None]:
        """Take the links of all pages the other way round, in steps."""
        workspace = self.workspace
        for _ in self._links.renew_steps(workspace):
            yield
            if self.workspace is not workspace:  # whoever has changed it begins again
                return
        if self.backlinks is None:
            self.backlinks = self._links
            self._links.save(self.workspace)
            self.workspace.close()

    def save(self) -> None:
        """Keep what was read and found for the next time."""
        self.live.save()
