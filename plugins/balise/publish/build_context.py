"""What the steps of a build share that need the collection: what the site is made from, what the last build has left, and its files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from posixpath import dirname
from typing import TypeVar

from balise.base.digests import digest
from balise.base.workers import fork_map
from balise.check.traces import changed_texts, changes_of
from balise.publish.drafts import KeptDrafts
from balise.publish.file_records import Records
from balise.publish.manifest import FileDigests, Manifest
from balise.publish.pages import Pages
from balise.publish.picture_copies import Copies
from balise.publish.site import Site
from balise.publish.site_files import SiteFiles
from balise.workspace.workspace import Workspace

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 24
"""Files of one kind that a process makes at once."""


class BuildContext:
    """The files of one site, made in the folder `staging`.

    `before` describes the site of the last build; `state` stands for everything that all pages
    depend on. `files` are those of the site, `copies` those of pictures as in a `Manifest`. With a `part`
    only pages at these paths are made.
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
        self.files = SiteFiles(pages.project.site_dir, staging, Records(before.records), changes)
        self.copies: dict[bytes, Copies] = {}
        self.part: AbstractSet[str] | None = None

    def has(self, path: str) -> bool:
        """Whether the page at a path is asked for."""
        return self.part is None or path in self.part

    @property
    def asked(self) -> Mapping[str, str]:
        """URL -> path of the pages that are asked for."""
        return {url: path for url, path in self.site.pages.items() if self.has(path)}

    @cached_property
    def listings(self) -> Mapping[str, bytes]:
        """What stands for the names of the files in each folder, by its path in lower case."""
        found: dict[str, list[str]] = {}
        for file in sorted(self.site.collection.files):
            found.setdefault(dirname(file).casefold(), []).append(file)
        return {folder: digest(files) for folder, files in found.items()}

    def on_all_cores(self, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """What `work` makes of each task, in their order, in copies of this process."""
        self.workspace.close()  # each process opens the cache for itself
        return fork_map(work, _do, tasks, self.pages.project.processes)


def _do(work: Callable[[T], R], task: T) -> R:
    return work(task)


def chunks(tasks: Sequence[T]) -> list[Sequence[T]]:
    """Tasks in groups of which each is done by one process."""
    return [tasks[start : start + AT_ONCE] for start in range(0, len(tasks), AT_ONCE)]
