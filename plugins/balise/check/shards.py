"""Shards: jobs of a CI that check some pages each, and the job that merges what they have found.

A shard is a run like any other, of which an archive carries what the store has of its pages: facts, drafts and
traces. Merging brings all archives into one store, and runs: everything is at hand, so it tells what one run would
have told. What comes from another state of the files would silently be made anew; it is refused instead.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from balise import __version__
from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.paths import absolute_path, path_here
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.check.trace_store import TraceStore
from balise.config import Urls
from balise.workspace.archive import Archive, Header, archives_in, write_archive
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

    def prepare(self, store: Store, urls: Urls) -> None:
        """Take what the archives in the folder have of pages: these are not read again. Raises UserError."""
        if store.refusal:
            raise unusable(store)
        for archive in archives_in(self.folder):
            if archive.header.code == code():
                take_pages(archive, store, urls)

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


class Shards:
    """The archives of all shards of a run, to be merged."""

    def __init__(self, archives: Sequence[Archive]) -> None:
        self.archives = archives

    @classmethod
    def of(cls, folder: Path) -> "Shards":
        """Those in a folder. Raises UserError where one is missing, there twice, or does not go with the others."""
        if not folder.is_dir():
            raise UserError(
                f"{folder}: there is no such folder; it is the one with the archives of all shards"
            )
        found: dict[int, Archive] = {}
        first: Archive | None = None
        for archive in archives_in(folder):
            header = archive.header
            if header.code != code():
                version = header.balise
                other = f"balise {version}" if version != __version__ else "another installation"
                raise UserError(
                    f"{archive}: was made by {other}, and this is balise {__version__}: "
                    "install the same in all jobs, from a package"
                )
            first = first or archive
            mine, theirs = header.shard, first.header.shard
            if mine.of != theirs.of:
                raise UserError(
                    f"{archive}: is {mine}, and {first} is {theirs}: leave those of one run in {folder}"
                )
            if not header.checked and not header.site:
                raise UserError(
                    f"{archive}: its pages were only read: run {mine} again without `--only-read`"
                )
            if (header.checked, header.site) != (first.header.checked, first.header.site):
                raise UserError(
                    f"{archive}: was not made by the command that has made {first}: make both by the same"
                )
            if (twin := found.get(mine.number)) is not None:
                raise UserError(f"{archive}: is {mine}, and {twin} is so as well: remove one")
            found[mine.number] = archive
        if first is None:
            raise UserError(f"{folder}: there are no archives of shards in it")
        of = first.header.shard.of
        for number in range(1, of + 1):
            if number not in found:
                raise UserError(
                    f"{folder}: there is no archive of {Shard(number, of)} in it: see how its job ended"
                )
        return cls([found[number] for number in sorted(found)])

    @property
    def checked(self) -> bool:
        """Whether they have what was found."""
        return self.archives[0].header.checked

    @property
    def site(self) -> bool:
        """Whether they have a site."""
        return self.archives[0].header.site

    def take(self, store: Store, urls: Urls) -> None:
        """Bring what they have of pages into the store of a project. Raises UserError."""
        root = absolute_path(store.folder.parent)
        if store.refusal:
            raise unusable(store)
        for archive in self.archives:
            if archive.header.folder != root:
                raise UserError(
                    f"{archive}: was made in {archive.header.folder}, and this is {root}: "
                    "check out into the same folder in all jobs"
                )
            take_pages(archive, store, urls)

    def take_traces(self, workspace: Workspace, settings: CheckSettings) -> None:
        """Bring what they have found into the store of a workspace. Raises UserError where that was in other files."""
        traces = TraceStore()
        traces.renew(workspace, list(settings.rules))
        for archive in self.archives:
            try:
                difference = traces.take(archive.part(TRACES))
            except (msgspec.MsgspecError, ValueError) as error:
                raise archive.damaged() from error
            if difference:
                raise UserError(
                    f"{archive}: is of another state of the files: {difference}; "
                    "check out the same commit in all jobs, and give all the same options"
                )
        traces.save(workspace)
