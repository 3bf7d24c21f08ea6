"""Parts of a page that are missing: a heading, picture, callout, block of code, table or row of one."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from balise.base.source import Edit, Span
from balise.claims.outline import Section
from balise.document import Callout
from balise.mutants.guides import MutationContext, Page, whole_lines
from balise.mutants.model import Mutation


def heading_dropped(context: MutationContext) -> Iterator[Mutation]:
    """A heading is missing, and what stood below it stands below the one above."""
    levels = context.page.claims.outline.levels
    if not context.agree(
        {page.locale: page.claims.outline.levels for page in context.others}, levels
    ):
        return
    for heading in context.page.document.headings:
        if heading.text and context.linked.isdisjoint((heading.id, *heading.aliases)):
            yield _without(context, heading.span, heading.text)


def picture_dropped(context: MutationContext) -> Iterator[Mutation]:
    """A picture that stands on a line of its own, and that translations have as well, is missing."""
    source = context.page.source
    shared = {image.src for page in context.others for image in page.document.images}
    for image in context.page.document.images:
        end = max([image.span.end, *(found.span.end for found in image.attributes)])
        line = source.line(source.position(image.span.start).line)
        alone = line.strip() == source.text[image.span.start : end]
        if alone and image.src in shared and _agreed(context, image.span, _pictures):
            yield _without(context, Span(image.span.start, end), image.src)


def callout_dropped(context: MutationContext) -> Iterator[Mutation]:
    """A callout is missing with all that is in it."""
    for block in context.page.document.blocks_of(Callout):
        if not block.nested and not block.below_text and _agreed(context, block.span, _callouts):
            yield _without(context, block.span, f"[!{block.type}]")


def code_dropped(context: MutationContext) -> Iterator[Mutation]:
    """A block of code is missing."""
    blocks = [block.span for block in context.page.document.blocks]
    for fence in context.page.document.fences:
        if fence.closed and not _is_in(fence.span, blocks) and _agreed(context, fence.span, _code):
            yield _without(context, fence.span, f"code, {fence.code.text.count(chr(10)) + 1} lines")


def table_dropped(context: MutationContext) -> Iterator[Mutation]:
    """A table is missing."""
    blocks = [block.span for block in context.page.document.blocks]
    for table in context.page.document.tables:
        if not _is_in(table.span, blocks) and _agreed(context, table.span, _tables):
            yield _without(context, table.span, f"table, {len(table.rows)} rows")


def row_dropped(context: MutationContext) -> Iterator[Mutation]:
    """A row of a table is missing."""
    tables = context.page.document.tables
    theirs = {page.locale: _shapes(page) for page in context.others}
    for number, shape in enumerate(_shapes(context.page)):
        values = {
            loc: shapes[number] for loc, shapes in theirs.items() if len(shapes) == len(tables)
        }
        if shape[0] > 2 and context.agree(values, shape):
            for row in tables[number].rows[1:]:
                first = next((c.text.text.strip() for c in row.cells if c.text.text.strip()), "")
                yield _without(context, row.span, f"row {first}".strip())


def _shapes(page: Page) -> list[tuple[int, int]]:
    return [shape for section in page.claims.outline.sections for shape in section.tables]


def _without(context: MutationContext, span: Span, was: str) -> Mutation:
    source = context.page.source
    lines = whole_lines(source, span)
    edit = Edit(lines, "", source.text[lines.start : lines.end])
    return Mutation((edit,), was, "", missing=True)


def _agreed(context: MutationContext, span: Span, told: Callable[[Section], Hashable]) -> bool:
    """Whether the section of a place has as much of something as in the other pages."""
    outline = context.page.claims.outline
    at = sum(h.span.start <= span.start for h in context.page.document.headings if h.text)
    values = {
        page.locale: told(page.claims.outline.sections[at])
        for page in context.others
        if page.claims.outline.levels == outline.levels
    }
    return context.agree(values, told(outline.sections[at]))


def _pictures(section: Section) -> int:
    return len(section.pictures)


def _callouts(section: Section) -> int:
    return section.blocks.count("callout")


def _code(section: Section) -> int:
    return len(section.code)


def _tables(section: Section) -> tuple[tuple[int, int], ...]:
    return section.tables


def _is_in(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)
