"""All that the files of a site are made from, in one digest: where it is the same, so are they."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import chain

from balise.base.digests import digest
from balise.publish.file_records import Record
from balise.publish.manifest import FileDigests, package_version
from balise.publish.pages import Pages

INDEXER = "pagefind_bin"
"""The package that makes search indexes."""
NOT_ON_PAGES = ("configuration", "site_dir", "processes", "check", "strict")
"""What of a project is told by more than its value, or by nothing that is on the site."""


def digest_of_inputs(
    pages: Pages, files: FileDigests, records: Mapping[str, Record], *shared: object
) -> bytes:
    """Stands for what the files of a site, its `records`, are made from, except for pictures that are made.

    `files` are those that pages show and include, `shared` what else stands for something that they are made from.
    """
    site, project, history = pages.site, pages.project, pages.history
    named = sorted(set(chain.from_iterable(_named(records.values()))))
    settings = [getattr(project, f.name) for f in fields(project) if f.name not in NOT_ON_PAGES]
    return digest(
        shared,
        package_version(INDEXER),
        project.settings,
        settings,
        sorted(site.locales),
        list(site.pages.items()),
        sorted(site.collection.files),
        [(path, files.hash(path)) for path in named],
        [
            (pages.past(page), history.source_of_stale(path))
            for path, page in site.collection.pages.items()
        ],
    )


def _named(records: Iterable[Record]) -> Iterable[Iterable[str]]:
    for record in records:
        yield record.shown
        yield record.included
