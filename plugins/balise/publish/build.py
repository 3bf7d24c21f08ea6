"""Makes all files of the published collection, on all cores, and keeps those that still count.

The files are made in a folder of their own (`staging.py`); what is the same as in the last build
stays where it is in the site (`site_files.py`).
"""

import contextlib
import gc
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from posixpath import dirname
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from balise.base.digests import digest, digest_of
from balise.base.paths import path_here
from balise.base.phases import phase
from balise.base.workers import fork_lock, fork_map
from balise.check.traces import Trace, changed_texts, changes_of, trace_of
from balise.collection.reads import TEXTS
from balise.publish.drafts import KeptDrafts
from balise.publish.indexing import BuiltPage, Bundle, article, bundle_of, bundles_in, manual_bundle
from balise.publish.inputs import INDEXER, digest_of_inputs
from balise.publish.manifest import (
    GONE,
    FileDigests,
    Manifest,
    Record,
    Stat,
    package_version,
    stat_of,
)
from balise.publish.markdown_copies import markdown_copy
from balise.publish.pages import Pages
from balise.publish.picture_copies import (
    ENCODER,
    Copies,
    copies_of,
    names_of,
    pictures_on_pages,
)
from balise.publish.shared_texts import locale_texts, site_texts
from balise.publish.site import Site
from balise.publish.site_files import SiteFiles, encoded, target_of
from balise.publish.social_cards import SocialCards, drawn_by
from balise.publish.staging import files_below
from balise.render import redirect_files
from balise.workspace.store import code
from balise.workspace.workspace import Workspace

T = TypeVar("T")
R = TypeVar("R")

PAGES_AT_ONCE = 24
"""Pages that a process makes at once."""
FACTS_AT_ONCE = 200
"""Pages whose facts a process keeps, for the next ones that lead to anchors on them."""
YOUNGEST = 0
"""The generation of what was made since garbage was last collected. MkDocs' pages and templates are circles."""

log = logging.getLogger(__name__)


class MadePage(msgspec.Struct, frozen=True):
    """The page at `path` that was made: its files, by their paths from the site, and what each took; without their key.

    Those that are `anew` differ from what is in the site; `drafts` are those that had to be made.
    """

    path: str
    records: Mapping[str, Record]
    anew: AbstractSet[str]
    drafts: Mapping[str, bytes]


class Builder:
    """Makes the files of one site in the folder `staging`.

    `before` describes the site of the last build; `state` stands for everything that all pages
    depend on. `files` are those of the site, `copies` those of pictures as in a `Manifest`. With a `part`
    only pages at these paths are made. `shared` stands for what else files of the whole site depend on.
    """

    def __init__(
        self,
        workspace: Workspace,
        pages: Pages,
        drafts: KeptDrafts,
        staging: Path,
        before: Manifest,
        state: bytes,
    ) -> None:
        self.workspace = workspace
        self.pages = pages
        self.drafts = drafts
        self.site: Site = pages.site
        self.staging = staging
        self.before = before
        self.state = state
        self.same_state = before.state == state
        self.file_digests = FileDigests(before.states)
        changes = changes_of(changed_texts(before.texts, workspace.digests()))
        self.files = SiteFiles(pages.project.site_dir, staging, before.records, changes)
        self.copies: dict[bytes, Copies] = {}
        self.bundles: list[Bundle] = []
        self.alone = fork_lock()
        self.shared: tuple[object, ...] = ()
        self.part: AbstractSet[str] | None = None

    def build(self, manual: Sequence[BuiltPage] = ()) -> None:
        """Make what has to be made; `manual` are pages that are to be found beside the site's own.

        Raises OSError, or UserError of the search index.
        """
        self.shared = (self.state, sorted(files_below(self.staging)), manual)
        with phase("nothing changed"):
            if self._is_unchanged():
                return
        self._pages_with_pictures()
        with phase("files on pages"):
            self._shown_files()
        with phase("lists and feeds"):
            self._texts()
        with phase("untranslated"):
            self._untranslated()
        self._indexes(manual)
        self.files.remove_unused()

    def _is_unchanged(self) -> bool:
        """Whether the site is what would be made today: then it stays, and nothing else is asked of any page."""
        before = self.before
        if self.pages.project.picture_formats or self.pages.cards or not self.same_state:
            return False  # of pictures that could not be made the log is to tell
        if not before.inputs or self._inputs(before.records) != before.inputs:
            return False
        if self.before.texts != self.workspace.digests():
            return False
        return self.files.all_stay()

    def _inputs(self, records: Mapping[str, Record]) -> bytes:
        return digest_of_inputs(self.pages, self.file_digests, records, *self.shared)

    def build_part(self, part: AbstractSet[str]) -> None:
        """Make the pages at some paths, and indexes of locales without others; the rest is as of `build`."""
        self.part = part
        self._pages_with_pictures()
        self._indexes(())

    def _pages_with_pictures(self) -> None:
        """Pages name copies of pictures and social cards, so these are made before."""
        if self.pages.project.picture_formats:
            with phase("copies of pictures"):
                self._picture_copies()
        if self.pages.cards:
            with phase("social cards"):
                self._social_cards(self.pages.cards)
        with phase("pages"):
            self._pages()

    def _indexes(self, manual: Sequence[BuiltPage]) -> None:
        if self.pages.project.search:
            with phase("search"):
                self._search(manual)

    @property
    def manifest(self) -> Manifest:
        """What the site is made from now."""
        texts = self.workspace.digests()
        records = self.files.records
        inputs = self._inputs(records) if self.shared else b""
        return Manifest(self.state, texts, records, self.file_digests.states, self.copies, inputs)

    def _has(self, path: str) -> bool:
        return self.part is None or path in self.part

    # Copies of pictures, which pages name

    def _picture_copies(self) -> None:
        formats = self.pages.project.picture_formats
        made_by = digest(code(), package_version(ENCODER), formats)
        keys: dict[str, bytes] = {}
        for path in pictures_on_pages(self.site.collection, self.site.locales, self.part):
            if content := self.file_digests.hash(path):
                keys[path] = digest(made_by, content)
        stale: dict[bytes, str] = {}
        for path, key in keys.items():
            known = self.before.copies.get(key)
            if known and all(self.files.stays(url, key) for url in known.urls()):
                self.copies[key] = known
            else:
                stale.setdefault(key, path)
        paths = list(stale.values())
        for path, made in zip(paths, self._run(Builder.copy_picture, paths), strict=True):
            copies, stats = made
            self.copies[keys[path]] = copies
            for target, (stat, content) in stats.items():
                self.files.keep(target, Record(Trace(keys[path]), stat, content))
        for path, key in keys.items():
            if trouble := self.copies[key].trouble:
                log.info(f"{path_here(path)}: has no copy as {names_of(formats)}, since {trouble}")
        of_file = self.site.urls.of_file
        found = {of_file(path): self.copies[key] for path, key in keys.items()}
        self.pages.copies = {url: copies for url, copies in found.items() if copies.widths}

    def copy_picture(self, path: str) -> tuple[Copies, dict[str, tuple[Stat, bytes]]]:
        """Copy a picture in this process; the files by their paths from the site, and each as in a `Record`."""
        contents, trouble = copies_of(path, self.pages.project.picture_formats)
        widths = {kind: tuple(found) for kind, found in contents.items()}
        copies = Copies(self.file_digests.hash(path).hex(), widths, trouble)
        targets = {
            copies.url(kind, width): content
            for kind, found in contents.items()
            for width, content in found.items()
        }
        return copies, {
            target: (self.files.write(target, content), digest_of(content))
            for target, content in targets.items()
        }

    # Social cards

    def _social_cards(self, cards: SocialCards) -> None:
        self.pages.name_cards(self.part)
        made_by = drawn_by()
        keys = {url: digest(made_by, url) for url in sorted(cards.named)}
        stale = [url for url, key in keys.items() if not self.files.stays(url, key)]
        for drawn in self._run(partial(Builder.draw_cards, cards=cards), _chunks(stale)):
            for url, stat, content in drawn:
                self.files.keep(url, Record(Trace(keys[url]), stat, content))
        cards.log_undrawn()

    def draw_cards(self, urls: Sequence[str], cards: SocialCards) -> list[tuple[str, Stat, bytes]]:
        """Draw social cards in this process; their files from the site's root, as in a `Record`."""
        found: list[tuple[str, Stat, bytes]] = []
        for url in urls:
            content = cards.draw(url)
            found.append((url, self.files.write(url, content), digest_of(content)))
        return found

    # Pages

    def _pages(self) -> None:
        stale: list[str] = []
        for url, path in self._asked().items():
            record = self.before.records.get(target_of(url)) if self.same_state else None
            key = self._key(path, record) if record else b""
            if not record or not all(self.files.stays(file, key) for file in self._files_of(url)):
                stale.append(path)
        self._warm_up(stale)
        for made in self._run(Builder.make_pages, _chunks(self._in_order(stale))):
            drafts: dict[str, bytes] = {}
            for page in made:
                key = self._key(page.path, next(iter(page.records.values())))
                for target, record in page.records.items():
                    record.trace = replace(record.trace, digest=key)
                    self.files.records[target] = record
                self.files.made |= page.anew
                drafts |= page.drafts
            self.workspace.keep_drafts(drafts)
        self.workspace.close()

    def _asked(self) -> Mapping[str, str]:
        """URL -> path of the pages that are made."""
        return {url: path for url, path in self.site.pages.items() if self._has(path)}

    def _files_of(self, url: str) -> list[str]:
        """The files that are made of a page: the page itself first."""
        copy = self.pages.copy_of(self.site.pages[url])
        return [target_of(url), *([target_of(copy)] if copy else [])]

    def _warm_up(self, paths: Sequence[str]) -> None:
        """Make here, once, what each process would otherwise make for itself."""
        if len(paths) > PAGES_AT_ONCE:
            collection = self.site.collection
            _ = collection.redirect_ends, collection.by_slugs, collection.by_last_slug
            self.pages.renderer.load()
            kinds = {collection.names[path].type: path for path in paths}
            for path in kinds.values():  # what templates include is read as they are printed
                with contextlib.suppress(OSError):
                    self.pages.page(path)
            self.workspace.forget()

    def _in_order(self, paths: Iterable[str]) -> list[str]:
        """By locale and folder: neighbours share their navigation."""
        names = self.site.collection.names
        return sorted(paths, key=lambda path: (names[path].locale, path))

    def _key(self, path: str, record: Record) -> bytes:
        """Stands for what the page at `path` is made from, if it names the files that it named then.

        The texts of other pages that were read for it are in its trace.
        """
        own = self.workspace.digest(path)
        files = [self.file_digests.hash(file) for file in (*record.shown, *record.included)]
        # A page that includes others may name files in their folders, too.
        folders = self.listings if record.included else self.workspace.folders(path)
        files += [self.listings.get(folder.casefold(), b"") for folder in folders]
        page = self.site.collection.pages[path]
        addresses = self.pages.canonical.digest(page)
        source = self.pages.history.source_of_stale(path)
        copies = [
            copied.widths if (copied := self.pages.copies.get(self.site.urls.of_file(file))) else {}
            for file in record.shown
        ]
        name = self.site.collection.names[path]
        card = self.pages.card(self.site.locale(name.locale), page)
        return digest(own, files, self.pages.past(page), source, addresses, copies, card)

    @cached_property
    def listings(self) -> Mapping[str, bytes]:
        """What stands for the names of the files in each folder, by its path in lower case."""
        found: dict[str, list[str]] = {}
        for file in sorted(self.site.collection.files):
            found.setdefault(dirname(file).casefold(), []).append(file)
        return {folder: digest(files) for folder, files in found.items()}

    def make_pages(self, paths: Sequence[str]) -> list[MadePage]:
        """Make pages in this process."""
        made = [self._make_page(path) for path in paths]
        if self.workspace.forget(FACTS_AT_ONCE):
            self.site.collection.forget_anchors()
        gc.collect(YOUNGEST)
        return made

    def _make_page(self, path: str) -> MadePage:
        site = self.site
        site.urls.taken.clear()
        site.included.clear()
        self.workspace.reads.drain()
        self.drafts.made = {}
        html = self.pages.page(path)
        texts = [html, *([markdown_copy(site, path)] if self.pages.copy_of(path) else [])]
        reads = [read for read in self.workspace.reads.drain() if read[0] == TEXTS]
        searched = digest_of(article(html).encode("utf-8", "surrogatepass"))
        records: dict[str, Record] = {}
        anew: set[str] = set()
        for target, text in zip(self._files_of(site.collection.urls[path]), texts, strict=True):
            content = encoded(text)
            shown, included = sorted(site.urls.taken), sorted(site.included)
            record = Record(
                trace_of(b"", reads), GONE, digest_of(content), shown, included, searched
            )
            if self.files.put(target, record, content):
                anew.add(target)
            records[target] = record
        return MadePage(path, records, anew, self.drafts.made)

    # Guides that a locale lacks

    def _untranslated(self) -> None:
        missing = self.pages.missing_guides
        if not missing:
            return
        taken = self.files.taken()
        taken |= {str(folder) for file in taken for folder in PurePosixPath(file).parents}
        stale: list[str] = []
        for url, guide in missing.items():
            target = target_of(url)
            if self.files.fold(target) in taken or (self.staging / target).exists():
                continue
            if not self.files.is_below_a_file(target) and not (
                self.same_state and self.files.stays(target, digest(guide.source))
            ):
                stale.append(url)
        for made in self._run(Builder.make_untranslated, _chunks(stale)):
            for target, record, written in made:
                self.files.records[target] = record
                self.files.made |= {target} if written else set()

    def make_untranslated(self, urls: Sequence[str]) -> list[tuple[str, Record, bool]]:
        """Make pages for missing guides in this process; the file of each, and whether it was written."""
        found: list[tuple[str, Record, bool]] = []
        for url in urls:
            content = encoded(self.pages.untranslated(url))
            key = digest(self.pages.missing_guides[url].source)
            record = Record(Trace(key), GONE, digest_of(content))
            found.append((target_of(url), record, self.files.put(target_of(url), record, content)))
        gc.collect(YOUNGEST)
        return found

    # Files that pages show or link to

    def _shown_files(self) -> None:
        shown = {path for record in self.files.records.values() for path in record.shown}
        stale: list[str] = []
        for path in sorted(shown):
            target = self.site.urls.of_file(path)
            if not self.files.stays(target, self.file_digests.hash(path)):
                stale.append(path)
        for copied in self._run(Builder.copy_files, _chunks(stale)):
            for path, stat in copied:
                key = self.file_digests.hash(path)
                self.files.keep(self.site.urls.of_file(path), Record(Trace(key), stat, key))

    def copy_files(self, paths: Sequence[str]) -> list[tuple[str, Stat]]:
        """Copy files in this process; how each lies there."""
        found: list[tuple[str, Stat]] = []
        for path in paths:
            there = f"{self.staging}/{self.site.urls.of_file(path)}"
            self.files.make_folder(dirname(there))
            shutil.copyfile(path, there)
            found.append((path, stat_of(there)))
        return found

    # Redirects, and files that are made from many pages together

    def _texts(self) -> None:
        taken = self.files.taken()
        redirects = redirect_files(self.site.collection, self.site.root, self.site.pages)
        found: list[tuple[str, Callable[[], str]]]
        found = [(target, partial(str, text)) for target, text in redirects.items()]
        found += site_texts(self.pages).items()
        for locale in sorted(self.site.locales):
            found += locale_texts(self.pages, locale).items()
        for target, make in found:
            self._text(target, make, taken)

    def _text(self, target: str, make: Callable[[], str], taken: set[str]) -> None:
        name = self.files.fold(target)
        if name in taken or (self.staging / target).exists():
            return  # a page, or a file of the rest of the site
        taken.add(name)
        content = encoded(make())
        key = digest_of(content)
        if not self.files.stays(target, key) and not self.files.is_below_a_file(target):
            self.files.keep(target, Record(Trace(key), self.files.write(target, content), key))

    # Search

    def _search(self, manual: Sequence[BuiltPage]) -> None:
        before = bundles_in(self.before.records)
        texts = {url: self.files.records[target_of(url)].text for url in self._asked()}
        listed = self.site.listed
        locales = [name for name in sorted(listed) if all(self._has(p.path) for p in listed[name])]
        self.bundles = [manual_bundle(manual)] if manual else []
        self.bundles += [bundle_of(self.site, locale, texts, self.files.html) for locale in locales]
        indexer = digest(code(), package_version(INDEXER))
        stale: list[int] = []
        keys = [digest(indexer, bundle.key) for bundle in self.bundles]
        for number, (bundle, key) in enumerate(zip(self.bundles, keys, strict=True)):
            old = before.get(bundle.folder, {})
            if old and all(self.files.counts(t, r, key) for t, r in old.items()):
                self.files.take(old)
            else:
                stale.append(number)
        # The largest first, so that no process ends long before another.
        stale.sort(key=lambda number: -self.bundles[number].size)
        for number, files in zip(stale, self._run(Builder.make_index, stale), strict=True):
            for target, stat, content in files:
                self.files.keep(target, Record(Trace(keys[number]), stat, content))

    def make_index(self, number: int) -> list[tuple[str, Stat, bytes]]:
        """Make a search index in this process; its files from the site's root, as in a `Record`."""
        return [
            (
                target,
                stat_of(self.staging / target),
                digest_of((self.staging / target).read_bytes()),
            )
            for target in self.bundles[number].make(self.staging, self.alone)
        ]

    # The means

    def _run(self, work: Callable[["Builder", T], R], tasks: Sequence[T]) -> Iterator[R]:
        """The results in the order of the tasks, from all processes."""
        self.workspace.close()  # each process opens the cache for itself
        return fork_map(self, work, tasks, self.pages.project.processes)


def _chunks(paths: Sequence[str]) -> list[Sequence[str]]:
    return [paths[start : start + PAGES_AT_ONCE] for start in range(0, len(paths), PAGES_AT_ONCE)]
