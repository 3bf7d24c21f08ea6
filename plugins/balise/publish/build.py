"""Makes all files of the published collection, step by step, and keeps those that still count; the search indexes are left.

The files are made in a folder of their own (`staging.py`); what is the same as in the last build
stays where it is in the site (`site_files.py`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from balise.base.phases import phase
from balise.publish.build_context import BuildContext
from balise.publish.file_records import Record
from balise.publish.indexing import BuiltPage
from balise.publish.inputs import digest_of_inputs
from balise.publish.manifest import Manifest
from balise.publish.staging import files_below
from balise.publish.steps.copied_pictures import CopiedPictures
from balise.publish.steps.drawn_cards import DrawnCards
from balise.publish.steps.made_pages import MadePages
from balise.publish.steps.search_indexes import SearchIndexes
from balise.publish.steps.shown_files import ShownFiles
from balise.publish.steps.texts_of_many import TextsOfMany
from balise.publish.steps.untranslated_pages import UntranslatedPages


class Builder:
    """Takes the steps of a build. `shared` stands for what files of the whole site depend on besides.

    Where it `is_unchanged`, the site is what it was.
    """

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.shared: tuple[object, ...] = ()
        self.is_unchanged = False

    def build(self, manual: Sequence[BuiltPage] = ()) -> SearchIndexes:
        """Make what has to be made, but for the search indexes: the step that is left, and needs no page any more.

        `manual` are pages that are to be found beside the site's own. Raises OSError and UserError.
        """
        context = self.context
        self.shared = (context.state, sorted(files_below(context.staging)), manual)
        with phase("nothing changed"):
            self.is_unchanged = self._is_unchanged()
            if self.is_unchanged:
                return SearchIndexes((), context.files, context.pages.project.processes)
        self._pages_with_pictures()
        with phase("files on pages"):
            ShownFiles(context).run()
        with phase("lists and feeds"):
            TextsOfMany(context).run()
        with phase("untranslated"):
            UntranslatedPages(context).run()
        return SearchIndexes.of(context, manual)

    def build_part(self, part: AbstractSet[str]) -> SearchIndexes:
        """As `build`, of the pages at some paths alone, and the indexes of locales without others."""
        self.context.part = part
        self._pages_with_pictures()
        return SearchIndexes.of(self.context, ())

    @property
    def manifest(self) -> Manifest:
        """What the site is made from now; the records of its files follow when all are made."""
        context, before = self.context, self.context.before
        return Manifest(
            context.state,
            context.workspace.digests(),
            inputs=before.inputs if self.is_unchanged else self._inputs(context.files.records),
            states=context.file_digests.states,
            copies=context.copies,
        )

    def _is_unchanged(self) -> bool:
        """Whether the site is what would be made today: then it stays, and nothing else is asked of any page."""
        context, before = self.context, self.context.before
        pages = context.pages
        if pages.project.picture_formats or pages.around.cards or not context.same_state:
            return False  # of pictures that could not be made the log is to tell
        if not before.inputs or self._inputs(context.files.before) != before.inputs:
            return False
        if before.texts != context.workspace.digests():
            return False
        return context.files.all_stay()

    def _inputs(self, records: Mapping[str, Record]) -> bytes:
        context = self.context
        return digest_of_inputs(context.pages, context.file_digests, records, *self.shared)

    def _pages_with_pictures(self) -> None:
        """Pages name copies of pictures and social cards, so these are made before."""
        context = self.context
        if context.pages.project.picture_formats:
            with phase("copies of pictures"):
                CopiedPictures(context).run()
        if cards := context.pages.around.cards:
            with phase("social cards"):
                DrawnCards(context, cards).run()
        with phase("pages"):
            MadePages(context).run()
