"""Pages in place of the guides that a locale lacks."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from balise.base.digests import digest, digest_of
from balise.base.memory import collect_new_garbage
from balise.check.traces import Trace
from balise.publish.build_context import BuildContext, chunks
from balise.publish.file_records import GONE, Record
from balise.publish.site_files import encoded, target_of


class UntranslatedPages:
    """The step that makes them, where nothing else is."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.pages = context.pages.made_up

    def run(self) -> None:
        """Make those that are not there."""
        missing = self.pages.missing_guides
        if not missing:
            return
        context, files = self.context, self.context.files
        taken = files.taken()
        taken |= {str(folder) for file in taken for folder in PurePosixPath(file).parents}
        stale: list[str] = []
        for url, guide in missing.items():
            target = target_of(url)
            if files.fold(target) in taken or (context.staging / target).exists():
                continue
            if not files.is_below_a_file(target) and not (
                context.same_state and files.stays(target, digest(guide.source))
            ):
                stale.append(url)
        for made in context.on_all_cores(self.make, chunks(stale)):
            for target, record, written in made:
                files.records[target] = record
                files.made |= {target} if written else set()

    def make(self, urls: Sequence[str]) -> list[tuple[str, Record, bool]]:
        """Make pages in this process; the file of each, and whether it was written."""
        files = self.context.files
        found: list[tuple[str, Record, bool]] = []
        for url in urls:
            content = encoded(self.pages.untranslated(url))
            key = digest(self.pages.missing_guides[url].source)
            record = Record(Trace(key), GONE, digest_of(content))
            found.append((target_of(url), record, files.put(target_of(url), record, content)))
        collect_new_garbage()
        return found
