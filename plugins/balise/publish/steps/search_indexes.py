"""The indexes of the search, one for each locale and one for the manual."""

from collections.abc import Sequence

from balise.base.digests import digest, digest_of
from balise.base.memory import give_back
from balise.base.workers import fork_lock
from balise.check.traces import Trace
from balise.publish.build_context import BuildContext
from balise.publish.indexing import BuiltPage, bundle_of, bundles_in, manual_bundle
from balise.publish.inputs import INDEXER
from balise.publish.manifest import Record, Stat, package_version, stat_of
from balise.publish.site_files import target_of
from balise.workspace.store import code


class SearchIndexes:
    """The step that makes them; `manual` are pages that are to be found beside the site's own.

    A locale has one as soon as all of its pages are asked for.
    """

    def __init__(self, context: BuildContext, manual: Sequence[BuiltPage]) -> None:
        self.context = context
        self.alone = fork_lock()
        site, listed = context.site, context.site.listed
        texts = {url: context.files.records[target_of(url)].text for url in context.asked}
        locales = [
            name for name in sorted(listed) if all(context.has(p.path) for p in listed[name])
        ]
        self.bundles = [manual_bundle(manual)] if manual else []
        self.bundles += [
            bundle_of(site, locale, texts, context.files.place_of) for locale in locales
        ]

    def run(self) -> None:
        """Make those whose pages are not what they were."""
        context, files = self.context, self.context.files
        before = bundles_in(context.before.records)
        indexer = digest(code(), package_version(INDEXER))
        stale: list[int] = []
        keys = [digest(indexer, bundle.key) for bundle in self.bundles]
        for number, (bundle, key) in enumerate(zip(self.bundles, keys, strict=True)):
            old = before.get(bundle.folder, {})
            if old and all(files.counts(target, record, key) for target, record in old.items()):
                files.take(old)
            else:
                stale.append(number)
        # The largest first, so that no process ends long before another.
        stale.sort(key=lambda number: -self.bundles[number].size)
        for number, made in zip(stale, context.on_all_cores(self.make, stale), strict=True):
            for target, stat, content in made:
                files.keep(target, Record(Trace(keys[number]), stat, content))

    def make(self, number: int) -> list[tuple[str, Stat, bytes]]:
        """Make an index in this process; its files from the site's root, as in a `Record`."""
        staging = self.context.staging
        targets = self.bundles[number].make(staging, self.alone)
        give_back()  # all files of the index were one message of Pagefind
        return [
            (target, stat_of(staging / target), digest_of((staging / target).read_bytes()))
            for target in targets
        ]
