"""The health of a collection for a terminal: totals, and the guides that ask for most work."""

from collections.abc import Iterator, Sequence

from balise.base.counting import count
from balise.health.model import RULES, Counts, Guide, Health, State, Tally
from balise.reporters.places import printable

SHOWN = 20
"""Guides that are told of."""


def render(health: Health) -> str:
    """The tables, below one another."""
    return "\n".join(_lines(health)) + "\n"


def summary(health: Health) -> str:
    """One line: `63 % healthy: 2588 of 4106 pages of 606 guides in 20 locales; 8014 are missing`"""
    total = health.total
    what = f"{count(len(health.guides), 'guide')} in {count(len(health.locales), 'locale')}"
    if not total.pages:
        return f"there is no page of a guide: {what}"
    missing = f"; {total.missing} more are missing" if total.missing else ""
    pages = f"{total.healthy} of {count(total.pages, 'page')}"
    return f"{total.percent} % healthy: {pages} of {what}{missing}"


def not_known(health: Health) -> Iterator[str]:
    """A line for each state of which nobody has asked."""
    for state in health.unknown:
        yield f"not known: {state.words} (`{RULES[state]}` tells it)"


def _lines(health: Health) -> Iterator[str]:
    yield summary(health)
    yield from not_known(health)
    if any(_numbers(health.elsewhere)):
        errors, warnings, infos = _numbers(health.elsewhere)
        found = f"{count(errors, 'error')}, {count(warnings, 'warning')}, {infos} info"
        yield f"in files that are no page of a guide: {found}"
    states = [s for s in State if s is not State.HEALTHY and s not in health.unknown]
    head = ("healthy", "pages", *(state.words for state in states))
    if health.guides:
        yield ""
        rows = [(n, *_row(tally, states)) for n, tally in health.by_locale.items()]
        yield from _table(("locale", *head), rows)
    if health.by_area:
        yield ""
        rows = [
            ("  " * (len(above) - 1) + printable(health.titles[above[-1]]), *_row(tally, states))
            for above, tally in health.by_area.items()
        ]
        yield from _table(("universe or product", *head), rows)
    ill = [guide for guide in health.guides if guide.ill]
    if ill:
        yield ""
        head = ("not healthy", "pages", "errors", "warnings", "info", "missing")
        yield from _table(("guide", *head), [_guide(guide) for guide in ill[:SHOWN]])
    if len(ill) > SHOWN:
        yield f"and {count(len(ill) - SHOWN, 'more guide')}; the other formats have them all"
    if health.months:
        yield ""
        rows = [
            (month.name, str(month.guides), *(str(month.pages.get(n, 0)) for n in health.locales))
            for month in health.months
        ]
        yield from _table(("pages there", "guides", *health.locales), rows)


def _guide(guide: Guide) -> tuple[str, ...]:
    counts = sum((cell.counts for cell in guide.cells.values()), Counts())
    numbers = (guide.ill, len(guide.cells), *_numbers(counts), len(guide.missing))
    name = printable(f"{guide.folder}/{guide.type}".lstrip("/"))
    return (name, *map(str, numbers))


def _numbers(counts: Counts) -> tuple[int, int, int]:
    return counts.errors, counts.warnings, counts.infos


def _row(tally: Tally, states: Sequence[State]) -> tuple[str, ...]:
    healthy = f"{tally.percent} %" if tally.pages else ""
    return (healthy, str(tally.pages), *(str(tally.states.get(state, 0)) for state in states))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of text: the first to the left, those of numbers to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [f"{row[0]:<{widths[0]}}"]
        cells += [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
