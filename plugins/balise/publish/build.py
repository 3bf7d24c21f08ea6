"""Makes all files of the published collection, step by step, and keeps those that still count.

The files are made in a folder of their own (`staging.py`); what is the same as in the last build
stays where it is in the site (`site_files.py`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from balise.base.phases import phase
from balise.publish.build_context import BuildContext
from balise.publish.indexing import BuiltPage
from balise.publish.inputs import digest_of_inputs
from balise.publish.manifest import Manifest, Record
from balise.publish.staging import files_below
from balise.publish.steps.copied_pictures import CopiedPictures
from balise.publish.steps.drawn_cards import DrawnCards
from balise.publish.steps.made_pages import MadePages
from balise.publish.steps.search_indexes import SearchIndexes
from balise.publish.steps.shown_files import ShownFiles
from balise.publish.steps.texts_of_many import TextsOfMany
from balise.publish.steps.untranslated_pages import UntranslatedPages


class Builder:
    """Takes the steps of a build. `shared` stands for what files of the whole site depend on besides."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context
        self.shared: tuple[object, ...] = ()

    def build(self, manual: Sequence[BuiltPage] = ()) -> None:
        """Make what has to be made; `manual` are pages that are to be found beside the site's own.

        Raises OSError, or UserError of the search index.
        """
        context = self.context
        self.shared = (context.state, sorted(files_below(context.staging)), manual)
        with phase("nothing changed"):
            if self._is_unchanged():
                return
        self._pages_with_pictures()
        with phase("files on pages"):
            ShownFiles(context).run()
        with phase("lists and feeds"):
            TextsOfMany(context).run()
        with phase("untranslated"):
            UntranslatedPages(context).run()
        self._indexes(manual)
        context.files.remove_unused()

    def build_part(self, part: AbstractSet[str]) -> None:
        """Make the pages at some paths, and indexes of locales without others; the rest is as of `build`."""
        self.context.part = part
        self._pages_with_pictures()
        self._indexes(())

    @property
    def manifest(self) -> Manifest:
        """What the site is made from now."""
        context = self.context
        texts, records = context.workspace.digests(), context.files.records
        inputs = self._inputs(records) if self.shared else b""
        states = context.file_digests.states
        return Manifest(context.state, texts, records, states, context.copies, inputs)

    def _is_unchanged(self) -> bool:
        """Whether the site is what would be made today: then it stays, and nothing else is asked of any page."""
        context, before = self.context, self.context.before
        pages = context.pages
        if pages.project.picture_formats or pages.around.cards or not context.same_state:
            return False  # of pictures that could not be made the log is to tell
        if not before.inputs or self._inputs(before.records) != before.inputs:
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

    def _indexes(self, manual: Sequence[BuiltPage]) -> None:
        if self.context.pages.project.search:
            with phase("search"):
                SearchIndexes(self.context, manual).run()
