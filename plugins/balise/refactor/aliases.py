"""The `aliases` of a page with others among them, or without some, as its author wrote them."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from json import dumps

from balise.base.source import Edit, SourceFile, Span
from balise.collection import Page
from balise.collection.page import ALIASES
from balise.document import Document, FrontMatterEntry

PLAIN = re.compile(r"[A-Za-z0-9/][\w./-]*")
"""An alias that YAML takes as it is."""


def can_have_aliases(document: Document) -> bool:
    """Whether a key can be written into the front matter of a page."""
    entries = document.front_matter.entries if document.front_matter else ()
    return (
        bool(entries)
        and not document.problems
        and document.position(entries[0].key_span.start).column == 1
    )


def alias_edits(
    document: Document, page: Page, source: SourceFile, add: Sequence[str], drop: AbstractSet[Span]
) -> Iterator[Edit]:
    """Add aliases to a page that can have them, and take off those at the places to `drop`."""
    entry = document.front_matter.get(ALIASES) if document.front_matter else None
    kept = [alias for alias in page.aliases if alias.span not in drop]
    if not add and len(kept) == len(page.aliases):
        return
    if entry is None or (not entry.value and not page.aliases):
        yield _new_entry(document, source, add, entry)
    elif not kept and not add:
        yield _without_lines(document, source, entry.key_span.start, page.aliases[-1].span.end)
    elif entry.kind == "list" and source.text[entry.value_span.start] != "[":
        yield from _block_edits(document, page, source, add, drop)
    else:
        texts = [source.text[a.span.start : a.span.end] for a in kept]
        is_list = entry.kind == "list"
        place, raw = entry.value_span, source.text[entry.value_span.start : entry.value_span.end]
        quoted = not is_list and raw[:1] in ("'", '"')
        joined = ", ".join([*texts, *(_yaml(a) if is_list else a for a in add)])
        written = f"[{joined}]" if is_list else joined
        span = Span(place.start + quoted, place.end - quoted)
        yield Edit(span, written, source.text[span.start : span.end])


def _block_edits(
    document: Document, page: Page, source: SourceFile, add: Sequence[str], drop: AbstractSet[Span]
) -> Iterator[Edit]:
    """A list with an item a line."""
    for alias in page.aliases:
        if alias.span in drop:
            yield _without_lines(document, source, alias.span.start, alias.span.end)
    last = page.aliases[-1].span
    start = document.line_starts[document.line(last.start) - 1]
    end = _line_end(document, source, last.end)
    mark = source.text[start : last.start].rstrip("\"'")
    lines = "".join(f"{mark}{_yaml(alias)}{source.newline}" for alias in add)
    if lines:
        yield Edit(Span(end, end), lines)


def _new_entry(
    document: Document, source: SourceFile, add: Sequence[str], empty: FrontMatterEntry | None
) -> Edit:
    """A line above the slug, or the first key, or in the place of one without a value."""
    text = ", ".join(add)
    line = (
        f"{ALIASES}: {text if all(map(PLAIN.fullmatch, add)) else dumps(text, ensure_ascii=False)}"
    )
    if empty is not None:
        return Edit(Span(empty.key_span.start, empty.value_span.end), line)
    entries = document.front_matter.entries if document.front_matter else ()
    at = next((e for e in entries if e.key == "slug"), entries[0]).key_span.start
    return Edit(Span(at, at), line + source.newline)


def _without_lines(document: Document, source: SourceFile, start: int, end: int) -> Edit:
    """Take off the lines of a place."""
    first = document.line_starts[document.line(start) - 1]
    span = Span(first, _line_end(document, source, end))
    return Edit(span, "", source.text[span.start : span.end])


def _line_end(document: Document, source: SourceFile, offset: int) -> int:
    return [*document.line_starts, len(source.text)][document.line(offset)]


def _yaml(alias: str) -> str:
    return alias if PLAIN.fullmatch(alias) else dumps(alias, ensure_ascii=False)
