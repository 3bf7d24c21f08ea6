"""Redirects from addresses that were public, in the way that a collection has them: `aliases` or `_redirects`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from posixpath import join
from urllib.parse import quote

from msgspec import Struct, field

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import Edit, Span
from balise.collection.layouts.tree import TreeLayout
from balise.collection.redirects import REDIRECTS, Redirect
from balise.refactor.aliases import alias_edits, can_have_aliases
from balise.refactor.model import Note
from balise.refactor.outcome import Outcome

SAFE = "/-._~!$&'()+,;=@"
"""What stands as it is in an address; a `*` or `:` would be a pattern to some hosts."""
PATTERNS = frozenset("*:\0")
MAX_NAMED = 3
"""Pages that are named where many cannot be what they would be."""


class Redirects(Struct):
    """What is written so that old addresses lead on: `edits` by old path, the text of a new table."""

    edits: dict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    created: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def require_distinct(outcome: Outcome) -> None:
    """Raise UserError where a page would get the address of another one."""
    before, after = outcome.before.structure, outcome.after.structure
    pages: dict[str, list[str]] = defaultdict(list)
    for path, url in after.urls.items():
        pages[url].append(path)
    taken = [
        f"{path_here(outcome.was(path))}: its address would be `/{url}`, as that of "
        f"{path_here(outcome.was(other))}; give one of them another slug first"
        for url, (path, *others) in pages.items()
        for other in others
        if before.urls.get(outcome.was(path)) != before.urls.get(outcome.was(other))
    ]
    if taken:
        raise UserError(*taken[:MAX_NAMED])


def lost_addresses(outcome: Outcome) -> Mapping[str, str]:
    """Old address -> new path of its page, for all that lead nowhere after the moves, or elsewhere."""
    before, after = outcome.before.structure, outcome.after.structure
    lost: dict[str, str] = {}
    for url, path in before.by_url.items():
        new = outcome.where(path)
        if new in after.urls and after.urls[new] != url and before.names[path].type != "404":
            lost[url] = new
    for source, end in before.redirect_ends.items():
        if not end.external:
            lost[source] = outcome.where(before.by_url[end.target])
    return {url: path for url, path in lost.items() if not _leads(url, path, outcome)}


def _leads(url: str, path: str, outcome: Outcome) -> bool:
    """Whether an address leads to the page at `path`, as it is or by a redirect."""
    after = outcome.after.structure
    end = after.redirect_ends.get(url)
    return path == after.by_url.get(end.target if end else url) or path not in after.urls


def redirects_for(lost: Mapping[str, str], outcome: Outcome) -> Redirects:
    """Lead lost addresses to their pages, and take off what would redirect from the address of a page."""
    before, after = outcome.before, outcome.after.structure
    made = Redirects()
    table: dict[str, str] = {}
    added: dict[str, list[str]] = defaultdict(list)
    in_table = REDIRECTS in before.structure.data or before.layout.name != TreeLayout.name
    for url, new in sorted(lost.items()):
        old = outcome.was(new)
        if url in after.by_url or PATTERNS & set(url):
            why = "is that of another page now" if url in after.by_url else "cannot be redirected"
            made.notes.append(Note(old, Span(0, 0), f"the old address `/{url}` {why}"))
        elif (
            in_table or new not in outcome.own_pages or not can_have_aliases(before.documents[old])
        ):
            table[url] = after.urls[new]
        else:
            added[old].append(_alias(url, new, outcome))
    dropped: dict[str, set[Span]] = defaultdict(set)
    for redirect in _hiding(outcome):
        dropped[redirect.path].add(redirect.span)
    for path in dict.fromkeys([*added, *dropped]):
        if path in before.pages:
            page, drop = before.pages[path], dropped[path]
            made.edits[path] += alias_edits(
                before.documents[path], page, outcome.source(path), added[path], drop
            )
    _write_table(table, dropped, outcome, made)
    return made


def _hiding(outcome: Outcome) -> Iterator[Redirect]:
    """The redirects whose old address is that of a page now, and was not before."""
    before, after = outcome.before.structure, outcome.after.structure
    for redirect in before.redirects.all:
        if redirect.source in after.by_url and redirect.source not in before.by_url:
            yield redirect


def _alias(url: str, new: str, outcome: Outcome) -> str:
    """What to write: the old slug if that is all that is different, else the whole address."""
    after = outcome.after.structure
    slug = url.rstrip("/").rpartition("/")[2]
    alike = after.addresses.with_slug(slug, after.folder(new), after.names[new])
    return quote(slug if alike == url else f"/{url}", safe=SAFE)


def _write_table(
    table: Mapping[str, str], dropped: Mapping[str, set[Span]], outcome: Outcome, made: Redirects
) -> None:
    """Lines behind those that there are, and off those that are dropped."""
    document = outcome.before.structure.data.get(REDIRECTS)
    newline = document.newline if document else "\n"
    lines = table_lines(table, newline)
    if document is None:
        if lines:
            made.created[join(outcome.root, REDIRECTS)] = lines
        return
    text = outcome.source(document.path).text
    starts = [*document.line_starts, len(text)]
    for span in dropped.get(document.path, ()):
        line = Span(starts[document.line(span.start) - 1], starts[document.line(span.start)])
        made.edits[document.path].append(Edit(line, "", text[line.start : line.end]))
    if lines:
        made.edits[document.path].append(lines_behind(text, lines, newline))


def table_lines(table: Mapping[str, str], newline: str) -> str:
    """The lines of `_redirects` for these addresses, old -> new, from the root of the site."""
    return "".join(
        f"/{quote(source, safe=SAFE)} /{quote(target, safe=SAFE)}{newline}"
        for source, target in table.items()
    )


def lines_behind(text: str, lines: str, newline: str) -> Edit:
    """Put lines behind those that a text has."""
    start = "" if text.endswith("\n") or not text else newline
    return Edit(Span(len(text), len(text)), start + lines)
