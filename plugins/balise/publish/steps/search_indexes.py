"""The indexes of the search, one for each locale and one for the manual."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import accumulate

from balise.base.digests import digest, digest_of
from balise.base.memory import give_back
from balise.base.phases import phase
from balise.base.workers import fork_lock, fork_map
from balise.check.traces import Trace
from balise.publish.build_context import BuildContext
from balise.publish.file_records import Record, Stat, stat_of
from balise.publish.indexing import BuiltPage, Bundle, bundle_of, bundles_in, manual_bundle
from balise.publish.inputs import INDEXER
from balise.publish.manifest import package_version
from balise.publish.site_files import SiteFiles, target_of
from balise.workspace.store import code


class SearchIndexes:
    """The last step of a build: the files of some `bundles`. It needs nothing of what pages are made from."""

    def __init__(self, bundles: Sequence[Bundle], files: SiteFiles, processes: int) -> None:
        self.bundles = bundles
        self.files = files
        self.processes = processes
        self.alone: AbstractContextManager[object] = nullcontext()

    @classmethod
    def of(cls, context: BuildContext, manual: Sequence[BuiltPage]) -> "SearchIndexes":
        """Those of a site whose pages are made; `manual` are pages that are to be found beside its own.

        A locale has one as soon as all of its pages are asked for.
        """
        site, files, project = context.site, context.files, context.pages.project
        if not project.search:
            return cls((), files, project.processes)
        with phase("search"):
            texts = {url: files.records[target_of(url)].text for url in context.asked}
            bundles = [manual_bundle(manual)] if manual else []
            bundles += [
                bundle_of(site, locale, texts, files.place_of)
                for locale in sorted(site.listed)
                if all(context.has(page.path) for page in site.listed[locale])
            ]
        return cls(bundles, files, project.processes)

    def run(self) -> None:
        """Make those whose pages are not what they were. Raises OSError and UserError."""
        if self.bundles:
            with phase("search"):
                self._run()

    def _run(self) -> None:
        files = self.files
        before = bundles_in(files.before)
        indexer = digest(code(), package_version(INDEXER))
        stale: list[int] = []
        keys = [digest(indexer, bundle.key) for bundle in self.bundles]
        for number, (bundle, key) in enumerate(zip(self.bundles, keys, strict=True)):
            old = before.get(bundle.folder, {})
            if old and all(files.counts(target, record, key) for target, record in old.items()):
                files.take(old)
            else:
                stale.append(number)
        if stale:
            self.alone = fork_lock()
        order = _in_order(stale, lambda number: self.bundles[number].size)
        made_of_each = fork_map(self, SearchIndexes.make, order, self.processes)
        for number, made in zip(order, made_of_each, strict=True):
            for target, stat, content in made:
                files.keep(target, Record(Trace(keys[number]), stat, content))

    def make(self, number: int) -> list[tuple[str, Stat, bytes]]:
        """Make an index in this process; its files from the site's root, as in a `Record`."""
        staging = self.files.staging
        targets = self.bundles[number].make(staging, self.alone)
        give_back()  # all files of the index were one message of Pagefind
        return [_made(target, f"{staging}/{target}") for target in targets]


def _made(target: str, path: str) -> tuple[str, Stat, bytes]:
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of files
        return target, stat_of(path), digest_of(file.read())


def _in_order(numbers: Sequence[int], size_of: Callable[[int], int]) -> list[int]:
    """The largest first, so that no process ends long before another; but beside the very largest the smallest.

    Two large ones that begin together are to be put together at the same time, and one waits with all its pages in memory.
    """
    if not numbers:
        return []
    *rest, largest = sorted(numbers, key=size_of)
    sums = accumulate(map(size_of, rest))
    small = sum(1 for total in sums if total < size_of(largest)) + 1
    return [largest, *rest[:small], *reversed(rest[small:])]
