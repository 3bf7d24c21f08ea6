"""A guide, product, universe or picture gets another path: all that names it follows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from balise.base.counting import count
from balise.base.paths import path_here
from balise.base.source import Edit, apply_edits
from balise.refactor.backlinks import Backlinks, Use, backlinks_of
from balise.refactor.consequences import consequences
from balise.refactor.data_files import address_edits, articles_to_make, folder_edits, ref_edits
from balise.refactor.file_moves import expanded, files_of_move
from balise.refactor.links import rewritten
from balise.refactor.meanings import meaning_of, stays
from balise.refactor.model import Note, Refactoring
from balise.refactor.outcome import Outcome
from balise.refactor.redirects import lost_addresses, redirects_for, require_distinct
from balise.workspace.workspace import Workspace

UNREADABLE = ("undecodable", "unreadable")
"""Problems of a page that cannot be written without losing something."""


def move(
    workspace: Workspace,
    old: str,
    new: str,
    locales: Sequence[str] = (),
    backlinks: Backlinks | None = None,
) -> Refactoring:
    """Move what is at `old`, in some `locales` or else in all that have it, to `new`.

    `old` is the path of a page, of a folder (a guide, product or universe), or of another file of a
    collection. `backlinks` are those of the workspace, where they are at hand. Raises UserError.
    """
    backlinks = backlinks or backlinks_of(workspace)
    files = files_of_move(workspace, old, new, locales, backlinks)
    title = f"move {path_here(old)} to {path_here(new)}"
    return _refactoring(title, Outcome(workspace, files), backlinks)


def move_files(
    workspace: Workspace, moves: Mapping[str, str], backlinks: Backlinks | None = None
) -> Refactoring:
    """Move exactly these files, and what is in these folders, from old paths to new ones. Raises UserError."""
    files = expanded(workspace, moves)
    title = f"move {count(len(files.moves), 'file')}"
    return _refactoring(title, Outcome(workspace, files), backlinks or backlinks_of(workspace))


def _refactoring(title: str, outcome: Outcome, backlinks: Backlinks) -> Refactoring:
    """What becomes of the files of a collection by some moves."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    created = dict(articles_to_make(outcome))
    for made in (ref_edits, folder_edits, address_edits):
        texts: dict[str, str] = {}
        for path, edit in made(outcome):
            edits[path].append(edit)
            texts[path] = ""
        for path in texts:
            texts[path] = apply_edits(outcome.source(path).text, edits[path])
        outcome.take(texts | created)
    require_distinct(outcome)
    lost = lost_addresses(outcome)
    redirects = redirects_for(lost, outcome)
    for path, found in redirects.edits.items():
        edits[path] += found
    notes = list(redirects.notes)
    for path in _concerned(outcome, backlinks):
        for way in _links_of(path, outcome, backlinks, lost):
            if isinstance(way, Note):
                notes.append(way)
            else:
                edits[path].append(way)
    notes += consequences(outcome)
    outcome.workspace.reads.drain()
    return Refactoring(
        title,
        {path: _outermost(found) for path, found in edits.items() if found},
        dict(outcome.moves),
        created | redirects.created,
        outcome.files.removed,
        notes,
    )


def _outermost(edits: Sequence[Edit]) -> list[Edit]:
    """The edits in order, each once, without those in a line that another one takes off."""
    found: list[Edit] = []
    for edit in sorted(
        set(edits), key=lambda e: (e.span.start, e.span.end > e.span.start, -e.span.end)
    ):
        if not found or edit.span.start >= found[-1].span.end:
            found.append(edit)
    return found


def _concerned(outcome: Outcome, backlinks: Backlinks) -> list[str]:
    """The pages whose links may mean something else after the moves, in order."""
    pages = {path for path in outcome.moves if path in outcome.workspace.records}
    structures = outcome.before.structure, outcome.after.structure
    return sorted(pages.union(backlinks.concerned(*structures)))


def _links_of(
    path: str, outcome: Outcome, backlinks: Backlinks, lost: Mapping[str, str]
) -> Iterator[Edit | Note]:
    """What to write on a page."""
    uses = (use for use in backlinks.on(path) if not stays(use, outcome))
    meanings = (meaning_of(use, outcome, lost.keys()) for use in uses)
    broken = [m for m in meanings if not m.is_met(m.use.href) or m.is_roundabout()]
    if not broken:
        return
    document = outcome.before.documents[path]
    if any(problem.kind in UNREADABLE for problem in document.problems):
        yield from (_unwritable(meaning.use) for meaning in broken)
        return
    text = outcome.source(path).text
    for meaning in broken:
        yield from rewritten(meaning, text)


def _unwritable(use: Use) -> Note:
    message = "the page cannot be read as UTF-8, so this link is left as it is"
    return Note(use.path, use.span, message)
