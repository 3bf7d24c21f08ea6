"""The job of one shard: a run that checks some of the pages, and packs what it keeps of them into an archive."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from balise.base.counting import count
from balise.base.paths import absolute_path, path_here
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.check.trace_store import TraceStore
from balise.config import Urls
from balise.workspace.archive import Header, archives_in, write_archive
from balise.workspace.discovery import Scope
from balise.workspace.division import Shard
from balise.workspace.shipping import packed_pages, take_pages, unusable
from balise.workspace.store import Store, code
from balise.workspace.workspace import Workspace

TRACES = "traces"
"""The part of an archive that has what was found."""


class ShardJob(msgspec.Struct, frozen=True):
    """The job of one `shard` of a project, which leaves an archive in `folder`; its pages may `only_read` be."""

    shard: Shard
    folder: Path
    only_read: bool = False

    def prepare(self, store: Store, urls: Urls, pages: Sequence[str]) -> None:
        """Take what the archives in the folder have of pages: these are not read again. Raises UserError.

        The shard has these `pages`, and prints no others.
        """
        if store.refusal:
            raise unusable(store)
        for archive in archives_in(self.folder):
            if archive.header.code == code():
                take_pages(archive, store, urls, drafts_of=frozenset(pages))

    def scope(self, scope: Scope, pages: Sequence[str]) -> Scope:
        """What the job has to know of a scope, of which the shard has these pages."""
        if not self.only_read:
            return scope
        own = frozenset(pages)
        return replace(scope, pages=[p for p in scope.pages if p.path in own], around=())

    def check(
        self, workspace: Workspace, pages: Sequence[str], settings: CheckSettings
    ) -> tuple[Report, bytes]:
        """Check some pages of a workspace; the report on them, and what was found as `write` takes it."""
        asked = workspace.asking_for(pages)
        traces = TraceStore.load(workspace.store)
        report = check(asked, settings, traces)
        traces.save(asked)
        return report, traces.packed(pages)

    def write(
        self,
        workspace: Workspace,
        pages: Sequence[str],
        found: bytes | None,
        site: Iterable[tuple[str, bytes]] | None = None,
    ) -> str:
        """Write the archive of the shard, which has these pages of a workspace; what to say of it.

        `found` is what a check has given, `site` are parts of what was made of the pages. Raises UserError.
        """
        store = workspace.store
        if store is None:
            raise TypeError("a shard needs a store")
        root = absolute_path(store.folder.parent)
        header = Header(self.shard, root, list(pages), found is not None, site is not None)
        traces = [(TRACES, found)] if found is not None else []
        parts = chain(traces, packed_pages(workspace, store, pages), site or ())
        file = write_archive(self.folder, header, parts)
        size = f"{file.stat().st_size / 1e6:.1f} MB"
        had = count(len(pages), "page")
        return f"{self.shard}: {had}; {path_here(str(file))} is written, {size}"
