"""Files that pages show or link to."""

import shutil
from collections.abc import Sequence
from posixpath import dirname

from balise.check.traces import Trace
from balise.publish.build_context import BuildContext, chunks
from balise.publish.file_records import Record, Stat, stat_of


class ShownFiles:
    """The step that copies them."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context

    def run(self) -> None:
        """Copy those that are not there as they are."""
        context, files = self.context, self.context.files
        hashed, of_file = context.file_digests.hash, context.site.urls.of_file
        shown = {path for record in files.records.values() for path in record.shown}
        stale = [path for path in sorted(shown) if not files.stays(of_file(path), hashed(path))]
        for copied in context.on_all_cores(self.copy, chunks(stale)):
            for path, stat in copied:
                key = hashed(path)
                files.keep(of_file(path), Record(Trace(key), stat, key))

    def copy(self, paths: Sequence[str]) -> list[tuple[str, Stat]]:
        """Copy files in this process; how each lies there."""
        context = self.context
        found: list[tuple[str, Stat]] = []
        for path in paths:
            there = f"{context.staging}/{context.site.urls.of_file(path)}"
            context.files.make_folder(dirname(there))
            shutil.copyfile(path, there)
            found.append((path, stat_of(there)))
        return found
