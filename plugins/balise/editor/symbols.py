"""Symbols: what a page consists of, and the pages of a workspace by name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from balise.base.source import Span
from balise.collection import Collection
from balise.document import Block, Details, Document, Faq, Tabs
from balise.editor.data_files import data_symbols
from balise.editor.matching import LIMIT, best_matches, folded
from balise.editor.model import Place, Symbol
from balise.editor.places import TOP, heading_place
from balise.editor.sections import section_spans
from balise.editor.titles import all_titles
from balise.editor.view import View
from balise.workspace.workspace import Workspace

HEADING = "#"
"""In a search, what stands in front of the heading that is meant."""
PAGES = 40
"""Pages whose headings are looked at."""


def document_symbols(view: View) -> list[Symbol]:
    """The headings of a page as a tree, with the blocks below each; the items of the navigation."""
    document = view.document
    blocks: dict[int, list[Symbol]] = defaultdict(list)
    for block in document.blocks:
        if not block.nested:
            section = document.section(block.span.start)
            blocks[section].append(_block(block, document.path))
    spans = section_spans(document)
    headings = _sections(document, spans, blocks, 0, len(spans))
    return [*data_symbols(view), *blocks[-1], *headings]


def workspace_symbols(workspace: Workspace, query: str) -> list[Symbol]:
    """The pages whose title, path or address fits; with `page#heading`, the headings of those pages that fit.

    Titles are at hand for all pages; headings are read for the best of them alone, so a large
    collection has none without a page.
    """
    typed, mark, heading = query.partition(HEADING)
    found: list[Symbol] = []
    for collection in workspace.collections.values():
        titles = all_titles(collection.structure)
        if not mark:
            found += (_page(path, collection) for path in titles.best(typed, LIMIT))
        elif typed.strip() or len(titles.paths) <= PAGES:
            found += _headings(titles.best(typed, PAGES), heading, collection)
    return found[:LIMIT]


def _page(path: str, collection: Collection) -> Symbol:
    page, name = collection.structure.pages[path], collection.structure.relative(path)
    return Symbol(page.value("title") or name, Place(path, TOP), "page", name)


def _headings(paths: Sequence[str], typed: str, collection: Collection) -> Iterator[Symbol]:
    for path in paths:
        document = collection.documents[path]
        title = collection.structure.pages[path].value("title") or ""
        names = [folded(heading.text) for heading in document.headings]
        for index in best_matches(typed, names, LIMIT):
            yield Symbol(
                document.headings[index].text, heading_place(document, index), "heading", title
            )


def _sections(
    document: Document,
    spans: Sequence[Span],
    blocks: Mapping[int, Sequence[Symbol]],
    first: int,
    last: int,
) -> Iterator[Symbol]:
    """The sections of the headings `[first, last)`, those below others in them; `blocks` are by heading."""
    while first < last:
        heading = document.headings[first]
        end = first + 1
        while end < last and document.headings[end].span.start < spans[first].end:
            end += 1
        below = _sections(document, spans, blocks, first + 1, end)
        yield Symbol(
            heading.text or "(no text)",
            Place(document.path, spans[first], heading.span),
            "heading",
            "#" * heading.level,
            (*blocks.get(first, ()), *below),
        )
        first = end


def _block(block: Block, path: str) -> Symbol:
    """A block, named by its type, and its titles."""
    titles: Sequence[str] = ()
    match block:
        case Tabs(tabs=tabs):
            titles = [tab.title for tab in tabs if tab.title]
        case Faq(entries=entries):
            titles = [entry.question for entry in entries if entry.question]
        case Details(title=title) if title:
            titles = [title]
    return Symbol(
        block.type.strip() or "block",
        Place(path, block.span, block.marker),
        "block",
        ", ".join(titles),
    )
