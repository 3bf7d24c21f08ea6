"""The drafts of pages: those that are kept, and else made from the text of the page."""

from collections.abc import Callable

from balise.base.file_state import file_state
from balise.base.paths import is_within
from balise.base.source import SourceFile
from balise.document import ParsedPage, read_page
from balise.document.source_map import SourceMap
from balise.render import DRAFTS, Draft, PageText, packed_draft
from balise.workspace.sources import read_source, source_of
from balise.workspace.workspace import Workspace

Drafts = Callable[[str, str], Draft]
"""The draft of the page at a path in a folder. Raises OSError if it is gone, or leads out of there."""


def new_draft(path: str, folder: str) -> Draft:
    """The draft of a page as it is now."""
    return DRAFTS.decode(packed_draft(read_page(read_source(path, folder))))


def included_page(path: str, folder: str) -> ParsedPage | None:
    """A page or another file that may be included by those of a folder: one that is in there."""
    source = _included_source(path, folder)
    return read_page(source) if source else None


def included_text(path: str, folder: str) -> str | None:
    """The text of such a file, with LF at the end of its lines."""
    source = _included_source(path, folder)
    return SourceMap(source).text if source else None


def included_facts(path: str, folder: str) -> PageText | None:
    """The text of such a file as it is written, and its facts."""
    source = _included_source(path, folder)
    return PageText(source.text, read_page(source).document) if source else None


def _included_source(path: str, folder: str) -> SourceFile | None:
    return source_of(path) if is_within(path, folder) else None


class KeptDrafts:
    """Drafts from a workspace; `made` are those that it did not have, to be kept, by path."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.made: dict[str, bytes] = {}

    def __call__(self, path: str, folder: str) -> Draft:
        """The draft of the page at `path`; as `Drafts`."""
        kept = self.workspace.draft(path)
        if kept is not None:
            return DRAFTS.decode(kept)
        draft = packed_draft(read_page(read_source(path, folder)))
        # A text that was saved since is another one.
        if file_state(path).digest == self.workspace.digest(path):
            self.made[path] = draft
        return DRAFTS.decode(draft)
