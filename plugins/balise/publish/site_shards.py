"""A site that several jobs make: the part of one, and the site that is merged of all parts.

The files of a part travel with the records of how they were made. To the build that merges them they are what the
last build has left: those whose sources are the same stay, and what no part can have is made then.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.phases import phase
from balise.check.pipeline import CheckSettings
from balise.check.shard_job import ShardJob
from balise.check.shards import Shards
from balise.publish.build import Builder
from balise.publish.build_context import BuildContext
from balise.publish.file_records import Records, stat_of
from balise.publish.indexing import BuiltPage
from balise.publish.manifest import Manifest, decode_manifest
from balise.publish.project import Project
from balise.publish.site_build import SiteBuild, log
from balise.publish.stale_pages import stale_pages
from balise.publish.theme_renderer import ThemeRenderer
from balise.workspace.archive import Archive
from balise.workspace.discovery import PageFile
from balise.workspace.page_facts import ENCODER
from balise.workspace.workspace import Workspace

MANIFEST = "site/manifest"
FILES = "site/files/"
"""The parts of an archive: how the files of the site were made, and each by its path from there."""


class PartialBuild(SiteBuild):
    """A build of the pages of one shard, which leaves them in its archive and the site as it was."""

    whole = False

    def __init__(self, project: Project, job: ShardJob) -> None:
        super().__init__(project)
        self.job = job
        self.paths: Sequence[str] = ()
        self.found: bytes | None = None

    def read(self, manual: Sequence[PageFile] = ()) -> int:
        """Read all guides, and check those of the shard; what is wrong is told where they are merged, as of the manual."""
        project = self.project
        with no_garbage_collection():
            scope = project.scope()
            self.paths = self.job.shard.among(scope.pages)
            self.job.prepare(project.store, project.settings.urls, self.paths)
            workspace = self._open(self.job.scope(scope, self.paths))
            if self.job.only_read or not project.check:
                workspace.save()
                return 0
            settings = CheckSettings.of(project.configuration)
            report, self.found = self.job.check(workspace, self.paths, settings)
        if project.stale_notice:
            self.stale = stale_pages(report.findings)
        return 0

    @no_garbage_collection()
    def publish(self, renderer: ThemeRenderer, manual: Sequence[BuiltPage] = ()) -> None:
        """Make the pages of the shard, and write the archive. Raises OSError and UserError."""
        if self.workspace is None:
            return
        site: Iterator[tuple[str, bytes]] | None = None
        if not self.job.only_read:
            context = self._context(self.workspace, renderer, manual)
            indexes = Builder(context).build_part(self._with_made(context))
            self.workspace.close()
            indexes.run()
            site = _parts(context)
        with phase("archive"):
            log.info(self.job.write(self.workspace, self.paths, self.found, site))
        self.discard()

    def _with_made(self, context: BuildContext) -> AbstractSet[str]:
        """The pages of the shard, and the pages made for those locales of which it has the first page."""
        collection = context.site.collection
        first: dict[str, str] = {}
        made: dict[str, str] = {}
        for path, name in sorted(collection.names.items()):
            if collection.pages[path].made:
                made[path] = name.locale
            else:
                first.setdefault(name.locale, path)
        own = frozenset(self.paths)
        return own | {path for path, locale in made.items() if first.get(locale) in own}


def _parts(context: BuildContext) -> Iterator[tuple[str, bytes]]:
    files = context.files
    yield (
        MANIFEST,
        ENCODER.encode(
            Manifest(context.state, records=files.records.encoded, copies=context.copies)
        ),
    )
    for target in files.records:
        folder = context.staging if target in files.made else files.target
        yield f"{FILES}{target}", (folder / target).read_bytes()


class MergedBuild(SiteBuild):
    """A build that takes over what shards have made."""

    def __init__(self, project: Project, shards: Shards) -> None:
        super().__init__(project)
        self.shards = shards

    def _context(
        self, workspace: Workspace, renderer: ThemeRenderer, manual: Sequence[BuiltPage]
    ) -> BuildContext:
        context = super()._context(workspace, renderer, manual)
        context.files.given = frozenset(context.before.records)
        return context

    def _before(self, workspace: Workspace, state: bytes) -> Manifest:
        """What the shards have made, put where this build makes its files. Raises UserError where that is for another site."""
        with phase("archives"):
            return self._unpacked(Manifest(state, workspace.digests()), state)

    def _unpacked(self, found: Manifest, state: bytes) -> Manifest:
        records = Records()
        for archive in self.shards.archives:
            part = archive.decoded(MANIFEST, decode_manifest)
            if part.state != state:
                raise UserError(
                    f"{archive}: the site was made by other settings, another theme or other packages: "
                    "install and configure the same in all jobs"
                )
            for target, record in Records(part.records).items():
                if target not in records:
                    record.stat = self._unpack(archive, target)
                    records[target] = record
            found.copies |= part.copies
        found.records = records.encoded
        return found

    def _unpack(self, archive: Archive, target: str) -> tuple[int, int]:
        """Write a file of the site; how it lies there."""
        way = PurePosixPath(target)
        if way.is_absolute() or ".." in way.parts:
            raise archive.damaged()
        file = self.staging.folder / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(archive.part(f"{FILES}{target}"))
        return stat_of(file)
