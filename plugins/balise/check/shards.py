"""Shards: what jobs of a CI have found on some pages each is brought together.

The archive of a shard carries what the store of a run has of its pages: facts, drafts and traces. Merging brings
all archives into one store, and runs: everything is at hand, so it tells what one run would have told. What comes
from another state of the files would silently be made anew; it is refused instead.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from balise import __version__
from balise.base.errors import UserError
from balise.base.paths import absolute_path
from balise.check.pipeline import CheckSettings
from balise.check.shard_job import TRACES
from balise.check.trace_store import TraceStore
from balise.config import Urls
from balise.workspace.archive import Archive, archives_in
from balise.workspace.division import Shard
from balise.workspace.shipping import take_pages, unusable
from balise.workspace.store import Store, code
from balise.workspace.workspace import Workspace


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
        archives = archives_in(folder)
        if not archives:
            raise UserError(f"{folder}: there are no archives of shards in it")
        found: dict[int, Archive] = {}
        for archive in archives:
            _require_usable(archive)
            _require_like(archive, archives[0])
            shard = archive.header.shard
            if (twin := found.get(shard.number)) is not None:
                raise UserError(f"{archive}: is {shard}, and {twin} is so as well: remove one")
            found[shard.number] = archive
        of = archives[0].header.shard.of
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
                    "check out the same commit in all jobs, and give all the same paths and options"
                )
        traces.save(workspace)

    def require_pages(self, workspace: Workspace) -> None:
        """Raise UserError where they have other pages than a workspace is asked for."""
        have = {path for archive in self.archives for path in archive.header.pages}
        if have != {page.path for page in workspace.scope.pages}:
            raise UserError(
                f"{self.archives[0].file.parent}: the archives have other pages than are asked for here: "
                "give all jobs the same paths"
            )


def _require_usable(archive: Archive) -> None:
    """Raise UserError where an archive cannot be merged with any."""
    header = archive.header
    if header.code != code():
        by = f"balise {header.balise}" if header.balise != __version__ else "another installation"
        raise UserError(
            f"{archive}: was made by {by}, and this is balise {__version__}: "
            "install the same in all jobs, from a package"
        )
    if not header.checked and not header.site:
        raise UserError(
            f"{archive}: its pages were only read: run {header.shard} again without `--only-read`"
        )


def _require_like(archive: Archive, other: Archive) -> None:
    """Raise UserError where an archive cannot be merged with another one."""
    mine, theirs = archive.header, other.header
    if mine.shard.of != theirs.shard.of:
        raise UserError(
            f"{archive}: is {mine.shard}, and {other} is {theirs.shard}: leave those of one run there"
        )
    if (mine.checked, mine.site) != (theirs.checked, theirs.site):
        raise UserError(
            f"{archive}: was not made by the command that has made {other}: make both by the same"
        )
