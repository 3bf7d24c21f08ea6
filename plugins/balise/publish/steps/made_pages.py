"""The pages of the collection, and their copies in Markdown."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec
from msgspec.structs import replace

from balise.base.digests import digest, digest_of
from balise.base.memory import collect_new_garbage
from balise.check.traces import trace_of
from balise.collection.reads import TEXTS
from balise.publish.build_context import AT_ONCE, BuildContext, chunks
from balise.publish.file_records import GONE, Record
from balise.publish.indexing import article
from balise.publish.markdown_copies import markdown_copy
from balise.publish.site_files import encoded, target_of

FACTS_AT_ONCE = 200
"""Pages whose facts a process keeps, for the next ones that lead to anchors on them."""


class MadePage(msgspec.Struct, frozen=True):
    """The page at `path` that was made: its files, by their paths from the site, and what each took; without their key.

    Those that are `anew` differ from what is in the site; `drafts` are those that had to be made.
    """

    path: str
    records: Mapping[str, Record]
    anew: AbstractSet[str]
    drafts: Mapping[str, bytes]


class MadePages:
    """The step that makes them."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.site = context.site
        self.pages = context.pages

    def run(self) -> None:
        """Make those whose sources are not what they were."""
        context, files = self.context, self.context.files
        stale: list[str] = []
        for url, path in context.asked.items():
            record = files.before.get(target_of(url)) if context.same_state else None
            key = self._key(path, record) if record else b""
            if not record or not all(files.stays(file, key) for file in self._files_of(url)):
                stale.append(path)
        self._warm_up(stale)
        for made in context.on_all_cores(self.make, chunks(self._in_order(stale))):
            drafts: dict[str, bytes] = {}
            for page in made:
                key = self._key(page.path, next(iter(page.records.values())))
                for target, record in page.records.items():
                    record.trace = replace(record.trace, digest=key)
                    files.records[target] = record
                files.made |= page.anew
                drafts |= page.drafts
            context.workspace.keep_drafts(drafts)
        context.workspace.close()

    def _files_of(self, url: str) -> list[str]:
        """The files that are made of a page: the page itself first."""
        copy = self.pages.copy_of(self.site.pages[url])
        return [target_of(url), *([target_of(copy)] if copy else [])]

    def _warm_up(self, paths: Sequence[str]) -> None:
        """Make here, once, what each process would otherwise make for itself."""
        if len(paths) > AT_ONCE:
            collection = self.site.collection
            _ = collection.redirect_ends, collection.by_slugs, collection.by_last_slug
            self.pages.renderer.load()
            kinds = {collection.names[path].type: path for path in paths}
            for path in kinds.values():  # what templates include is read as they are printed
                with contextlib.suppress(OSError):
                    self.pages.page(path)
            self.context.workspace.forget()

    def _in_order(self, paths: Iterable[str]) -> list[str]:
        """By locale and folder: neighbours share their navigation."""
        names = self.site.collection.names
        return sorted(paths, key=lambda path: (names[path].locale, path))

    def _key(self, path: str, record: Record) -> bytes:
        """Stands for what the page at `path` is made from, if it names the files that it named then.

        The texts of other pages that were read for it are in its trace.
        """
        context = self.context
        own = context.workspace.digest(path)
        files = [context.file_digests.hash(file) for file in (*record.shown, *record.included)]
        # A page that includes others may name files in their folders, too.
        folders = context.listings if record.included else context.workspace.folders(path)
        files += [context.listings.get(folder.casefold(), b"") for folder in folders]
        page = self.site.collection.pages[path]
        addresses = self.pages.canonical.digest(page)
        source = self.pages.history.source_of_stale(path)
        copies = [
            copied.widths if (copied := self.pages.copies.get(self.site.urls.of_file(file))) else {}
            for file in record.shown
        ]
        name = self.site.collection.names[path]
        card = self.pages.around.card(self.site.locale(name.locale), page)
        return digest(own, files, self.pages.past(page), source, addresses, copies, card)

    def make(self, paths: Sequence[str]) -> list[MadePage]:
        """Make pages in this process."""
        made = [self._make_page(path) for path in paths]
        if self.context.workspace.forget(FACTS_AT_ONCE):
            self.site.collection.forget_anchors()
        collect_new_garbage()
        return made

    def _make_page(self, path: str) -> MadePage:
        site, workspace, drafts = self.site, self.context.workspace, self.context.drafts
        site.urls.taken.clear()
        site.included.clear()
        workspace.reads.drain()
        drafts.made = {}
        html = self.pages.page(path)
        texts = [html, *([markdown_copy(site, path)] if self.pages.copy_of(path) else [])]
        reads = [read for read in workspace.reads.drain() if read[0] == TEXTS]
        searched = digest_of(article(html).encode("utf-8", "surrogatepass"))
        records: dict[str, Record] = {}
        anew: set[str] = set()
        for target, text in zip(self._files_of(site.collection.urls[path]), texts, strict=True):
            content = encoded(text)
            shown, included = sorted(site.urls.taken), sorted(site.included)
            record = Record(
                trace_of(b"", reads), GONE, digest_of(content), shown, included, searched
            )
            if self.context.files.put(target, record, content):
                anew.add(target)
            records[target] = record
        return MadePage(path, records, anew, drafts.made)
