"""The health of a collection for an issue: totals, and what is to do in a locale with a box to tick for each page."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from balise.base.counting import count
from balise.health.model import Cell, Guide, Health, State, Tally
from balise.health.text import not_known, summary
from balise.reporters.places import printable

LONGEST = 60_000
"""Characters of what is to do in a locale: GitHub takes no issue of more than 65,536."""
HEADINGS = {
    State.UNTRANSLATED: "Translate: the text is in another language",
    State.ERRORS: "Mend errors",
    State.STALE: "Bring up to date: the source has changed",
    State.DIFFERENT: "Compare: the structure differs from most translations",
    State.WARNINGS: "Mend warnings",
    State.MISSING: "Missing",
}


def render(health: Health) -> str:
    """The totals of all locales and universes."""
    lines = [f"# Health of the guides: {summary(health)}", "", *_notes(health)]
    lines += _table("Locale", health, [(name, t) for name, t in health.by_locale.items()])
    areas = [(health.titles[a], t) for (a, *below), t in health.by_area.items() if not below]
    lines += ["", *_table("Universe", health, areas)]
    return "\n".join(lines).rstrip() + "\n"


def render_work(health: Health) -> str:
    """What is to do in each locale of a collection, the worst first; of very much not all is listed."""
    return "\n".join(_work(health, locale) for locale in health.by_locale)


def _work(health: Health, locale: str) -> str:
    tally = health.by_locale[locale]
    pages = f"{tally.healthy} of {count(tally.pages, 'page')} healthy, {tally.missing} missing"
    lines = [f"# {locale}: {tally.percent} % healthy", "", f"{pages}.", "", *_notes(health)]
    length = sum(map(len, lines))
    left = 0
    for state, heading in HEADINGS.items():
        items = [_item(guide, locale) for guide in _in_state(health, locale, state)]
        kept: list[str] = []
        for item in items:
            length += len(item) + 1
            if length <= LONGEST:
                kept.append(item)
        left += len(items) - len(kept)
        if kept:
            lines += [f"## {heading} ({len(items)})", "", *kept, ""]
    if left:
        lines += [f"And {count(left, 'more page')}, which are not listed here.", ""]
    if not tally.pages and not tally.missing:
        lines += ["There are no pages in this locale.", ""]
    return "\n".join(lines)


def _in_state(health: Health, locale: str, state: State) -> Iterator[Guide]:
    """The guides whose page in a locale is in a state, and in none that is worse."""
    for guide in health.guides:
        cell = guide.cells.get(locale)
        worst = cell.worst if cell else State.MISSING if locale in guide.missing else None
        if worst is state:
            yield guide


def _item(guide: Guide, locale: str) -> str:
    cell = guide.cells.get(locale)
    if cell is None:
        return f"- [ ] `{guide.file(locale)}`, from {_link(guide.title, guide.source)}"
    return "\n".join([f"- [ ] {_link(cell.title, cell.path)}{_counted(cell)}", *_reasons(cell)])


def _reasons(cell: Cell) -> Iterator[str]:
    for said in cell.states.values():
        if said:
            yield f"    - {_text(said, code=True)}"
    if cell.rules:
        yield "    - " + ", ".join(f"`{rule}` {number}" for rule, number in cell.rules.items())


def _counted(cell: Cell) -> str:
    found = cell.counts
    numbers = [(found.errors, "error"), (found.warnings, "warning")]
    told = ", ".join(count(number, noun) for number, noun in numbers if number)
    return f": {told}" if told else ""


def _link(text: str, path: str) -> str:
    return f"[{_text(text)}]({quote(path)})"


def _text(text: str, *, code: bool = False) -> str:
    """Text that is no markup; what stands in code stays code where that is wanted."""
    marks = "\\<&[]*_|" if code else "\\<&[]*_|`"
    plain = printable(text)
    parts = plain.split("`") if code and plain.count("`") % 2 == 0 else [plain]
    for index in range(0, len(parts), 2):
        parts[index] = "".join(f"\\{c}" if c in marks else c for c in parts[index])
    return "`".join(parts)


def _notes(health: Health) -> Iterator[str]:
    for line in not_known(health):
        yield line[0].upper() + line[1:] + "."
        yield ""


def _table(name: str, health: Health, rows: Sequence[tuple[str, Tally]]) -> Iterator[str]:
    states = [s for s in State if s is not State.HEALTHY and s not in health.unknown]
    head = (name, "Healthy", "Pages", *(state.words.capitalize() for state in states))
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "--:|" * (len(head) - 1)
    for title, tally in rows:
        numbers = (tally.pages, *(tally.states.get(state, 0) for state in states))
        share = f"{tally.percent} %" if tally.pages else ""
        yield "| " + " | ".join((_text(title), share, *map(str, numbers))) + " |"
