"""Copies of pictures in other formats and sizes, which pages name."""

import logging

from balise.base.digests import digest, digest_of
from balise.base.paths import path_here
from balise.check.traces import Trace
from balise.publish.build_context import BuildContext
from balise.publish.file_records import Record, Stat
from balise.publish.manifest import package_version
from balise.publish.picture_copies import (
    ENCODER,
    Copies,
    copies_of,
    names_of,
    pictures_on_pages,
)
from balise.workspace.store import code

log = logging.getLogger(__name__)


class CopiedPictures:
    """The step that makes them."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.formats = context.pages.project.picture_formats

    def run(self) -> None:
        """Make those that are not there, and tell pages of all."""
        context = self.context
        files, copies, hashed = context.files, context.copies, context.file_digests.hash
        made_by = digest(code(), package_version(ENCODER), self.formats)
        keys: dict[str, bytes] = {}
        for path in pictures_on_pages(context.site.collection, context.site.locales, context.part):
            if content := hashed(path):
                keys[path] = digest(made_by, content)
        stale: dict[bytes, str] = {}
        for path, key in keys.items():
            known = context.before.copies.get(key)
            if known and all(files.stays(url, key) for url in known.urls()):
                copies[key] = known
            else:
                stale.setdefault(key, path)
        paths = list(stale.values())
        for path, (made, stats) in zip(paths, context.on_all_cores(self.copy, paths), strict=True):
            copies[keys[path]] = made
            for target, (stat, content) in stats.items():
                files.keep(target, Record(Trace(keys[path]), stat, content))
        for path, key in keys.items():
            if trouble := copies[key].trouble:
                log.info(
                    f"{path_here(path)}: has no copy as {names_of(self.formats)}, since {trouble}"
                )
        of_file = context.site.urls.of_file
        found = {of_file(path): copies[key] for path, key in keys.items()}
        context.pages.copies = {url: made for url, made in found.items() if made.widths}

    def copy(self, path: str) -> tuple[Copies, dict[str, tuple[Stat, bytes]]]:
        """Copy a picture in this process; the files by their paths from the site, and each as in a `Record`."""
        contents, trouble = copies_of(path, self.formats)
        widths = {kind: tuple(found) for kind, found in contents.items()}
        copies = Copies(self.context.file_digests.hash(path).hex(), widths, trouble)
        targets = {
            copies.url(kind, width): content
            for kind, found in contents.items()
            for width, content in found.items()
        }
        return copies, {
            target: (self.context.files.write(target, content), digest_of(content))
            for target, content in targets.items()
        }
