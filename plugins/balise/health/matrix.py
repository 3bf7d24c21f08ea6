"""From a report and the collections that it is about to their health: nothing is read, nothing is checked."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from posixpath import join

from balise.base.findings import Finding, Severity
from balise.base.paths import path_here
from balise.check.report import Report
from balise.collection import Structure
from balise.collection.tree import LocaleTree
from balise.health.model import RULES, STATES, Cell, Counts, Guide, Health, State, worst_first

AREAS = ("universe", "product")
"""The types of pages that others are below."""


def health_of(report: Report, structures: Sequence[Structure], rules: Collection[str]) -> Health:
    """The health of the pages in a report (whose paths are absolute) that these rules have made."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.path].append(finding)
    asked = frozenset(report.pages)
    guides: list[Guide] = []
    locales: dict[str, None] = {}
    titles: dict[str, str] = {}
    told: set[str] = set()
    for structure in structures:
        rows = _Rows(structure, path_here(structure.root) if len(structures) > 1 else "")
        locales |= dict.fromkeys(rows.locales)
        guides += rows.guides(asked, found)
        titles |= rows.titles
        told |= structure.names.keys()
    others = [f for path, findings in found.items() if path not in told for f in findings]
    return Health(
        tuple(locales),
        worst_first(guides),
        titles,
        tuple(state for state, rule in RULES.items() if rule not in rules),
        Counts.of(others),
    )


class _Rows:
    """The rows of a collection, whose folders are shown behind a `prefix`.

    `files` leads from folder and type to locale to page, `titles` from the folders of universes and
    products that rows are below to what they are called.
    """

    def __init__(self, structure: Structure, prefix: str) -> None:
        self.structure = structure
        self.prefix = prefix
        self.files: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for path, name in structure.names.items():
            if not structure.pages[path].made:
                self.files[structure.folder(path), name.type][name.locale] = path
        there = {locale for pages in self.files.values() for locale in pages}
        original = structure.scheme.original
        self.locales = sorted(there, key=lambda locale: (locale != original, locale))
        self.titles: dict[str, str] = {}
        self._trees: dict[str, LocaleTree] = {}

    def guides(
        self, asked: frozenset[str], findings: Mapping[str, Sequence[Finding]]
    ) -> Iterator[Guide]:
        """The rows of which a page was asked for."""
        for (folder, type_), pages in self.files.items():
            if asked.isdisjoint(pages.values()):
                continue
            source = self._best(pages)
            yield Guide(
                self._shown(folder),
                type_,
                self._title(pages[source]),
                self._above(source, pages[source]),
                path_here(pages[source]),
                {
                    locale: self._cell(pages[locale], findings.get(pages[locale], ()))
                    for locale in self.locales
                    if pages.get(locale) in asked
                },
                tuple(locale for locale in self.locales if locale not in pages),
            )

    def _cell(self, path: str, findings: Sequence[Finding]) -> Cell:
        rules = Counter(finding.rule for finding in findings if finding.rule not in STATES)
        return Cell(
            path_here(path),
            self._title(path),
            _states(findings),
            Counts.of(findings),
            dict(rules.most_common()),
        )

    def _best(self, locales: Collection[str]) -> str:
        """The locale to translate from: the original, or else one to fall back on."""
        scheme = self.structure.scheme
        preferred = (scheme.original, *scheme.fallbacks)
        return next((name for name in preferred if name in locales), min(locales))

    def _title(self, path: str) -> str:
        """The title of a page; its folder's name where it has none, its own in the root."""
        folder = self.structure.folder(path).rpartition("/")[2]
        return self.structure.pages[path].value("title") or folder or path.rpartition("/")[2]

    def _above(self, locale: str, path: str) -> tuple[str, ...]:
        """The folders of the universe and the product of a page, with its own if it is one.

        Where nothing is above it, the first folder stands for the universe.
        """
        structure = self.structure
        if locale not in self._trees:
            self._trees[locale] = LocaleTree(structure, locale)
        above = [page.path for page in self._trees[locale].above(structure.pages[path])]
        if structure.names[path].type in AREAS:
            above.append(path)
        folder = structure.folder(path)
        folders = [structure.folder(other) for other in above]
        if not above and "/" in folder:
            folders = [folder.partition("/")[0]]
        for other in folders:
            self.titles.setdefault(self._shown(other), self._called(other))
        return tuple(map(self._shown, folders))

    def _shown(self, folder: str) -> str:
        return join(self.prefix, folder).rstrip("/")

    def _called(self, folder: str) -> str:
        """The title of a universe or product, in the language of the original where it has one."""
        pages = self.structure.folders.get(folder, {})
        found = {locale: path for (type_, locale), path in pages.items() if type_ in AREAS}
        return self._title(found[self._best(found)]) if found else folder


def _states(findings: Iterable[Finding]) -> dict[State, str]:
    """The states that findings put a page in, the worst first."""
    said = {STATES[f.rule]: f.message for f in findings if f.rule in STATES}
    severities = {finding.severity for finding in findings if finding.rule not in STATES}
    if Severity.ERROR in severities:
        said[State.ERRORS] = ""
    if Severity.WARNING in severities:
        said[State.WARNINGS] = ""
    if not said:
        said[State.HEALTHY] = ""
    return {state: said[state] for state in sorted(said, key=lambda state: state.rank)}
