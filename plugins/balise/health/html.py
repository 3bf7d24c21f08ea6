"""The health of a collection as one file of HTML, which asks for nothing else and is a table without its script."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from balise.base.counting import count
from balise.health.model import RULES, Cell, Guide, Health, State, Tally
from balise.health.text import summary

SIGNS: Mapping[State, tuple[str, str]] = {
    State.UNTRANSLATED: ("u", "U"),
    State.ERRORS: ("e", "✕"),
    State.STALE: ("s", "S"),
    State.DIFFERENT: ("d", "D"),
    State.WARNINGS: ("w", "!"),
    State.HEALTHY: ("h", "✓"),
    State.MISSING: ("m", "–"),
}
"""Class and sign of each state; a sign is never a colour alone."""
MEANINGS: Mapping[State, str] = {
    State.UNTRANSLATED: "untranslated: the text is in another language",
    State.ERRORS: "errors, and how many",
    State.STALE: "stale: the source has changed",
    State.DIFFERENT: "structure differs from most translations",
    State.WARNINGS: "warnings, and how many",
    State.HEALTHY: "healthy",
    State.MISSING: "missing",
}


def render(health: Health) -> str:
    """The whole page."""
    script = _file("page.js")
    told = summary(health)
    figure, _, sentence = told.partition(": ")
    states = [state for state in State if state not in health.unknown]
    return Template(_file("page.html")).substitute(
        figure=escape(figure),
        sentence=escape(sentence),
        bar=_bar(health.total),
        notes="".join(_notes(health)),
        areas="".join(_areas(health)),
        locales="".join(f"<option>{name}</option>" for name in sorted(health.locales)),
        states="".join(_option(SIGNS[state][0], state.words) for state in states),
        legend="".join(_sign(state) for state in states),
        columns=str(len(health.locales)),
        head="".join(f'<th scope="col">{name}</th>' for name in health.locales),
        rows="".join(_rows(health)),
        locale_table=_totals("Locale", health, health.by_locale.items()),
        area_table=_area_table(health),
        history=_history(health),
        history_link=' <a href="#history-title">Months</a>' if health.months else "",
        data=_data(health),
        css=_file("page.css"),
        script=script,
        hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


def _file(name: str) -> str:
    return (files("balise.health") / name).read_text(encoding="utf-8")


# The head of the page


def _notes(health: Health) -> Iterator[str]:
    for state in health.unknown:
        yield f'<p class="note">Not known: {state.words}; the rule <code>{RULES[state]}</code> tells it.</p>'
    other = health.elsewhere
    if any((other.errors, other.warnings, other.infos)):
        found = f"{count(other.errors, 'error')}, {count(other.warnings, 'warning')} and {other.infos} info"
        yield f'<p class="note">In files that are no page of a guide: {found}.</p>'


def _areas(health: Health) -> Iterator[str]:
    for above in sorted(health.by_area):
        indent = "\u00a0\u00a0" * (len(above) - 1)
        yield _option("//".join(above), indent + health.titles[above[-1]])


def _option(value: str, text: str) -> str:
    return f'<option value="{escape(value)}">{escape(text)}</option>'


def _sign(state: State) -> str:
    name, sign = SIGNS[state]
    return f'<li><b class="{name}">{sign}</b> {MEANINGS[state]}</li>'


def _bar(tally: Tally) -> str:
    """The pages of a tally by their worst state, as a picture of what numbers say beside it."""
    parts = [
        f'<i class="{SIGNS[state][0]}" style="--n: {number}"></i>'
        for state in reversed(State)
        if state is not State.MISSING and (number := tally.worst.get(state))
    ]
    return f'<div class="bar" aria-hidden="true">{"".join(parts)}</div>'


# The matrix


def _rows(health: Health) -> Iterator[str]:
    for number, guide in enumerate(health.guides):
        cells = "".join(_cell(guide, locale) for locale in health.locales)
        area = escape("//".join(guide.above))
        place = escape(guide.source.rpartition("/")[0] + "/" + guide.type).lstrip("/")
        yield (
            f'<tr data-n="{number}" data-a="{area}" data-p="{place}">'
            f'<th scope="row"><b>{escape(guide.title)}</b><small>{escape(guide.folder)}/{guide.type}'
            f'</small></th><td class="sum">{guide.ill}</td>{cells}</tr>\n'
        )


def _cell(guide: Guide, locale: str) -> str:
    cell = guide.cells.get(locale)
    if cell is None:
        if locale not in guide.missing:
            return "<td>\u00b7</td>"
        name, sign = SIGNS[State.MISSING]
        return f"<td class={name}>{sign}</td>"
    name, sign = SIGNS[cell.worst]
    if cell.worst is State.HEALTHY:
        return f"<td class={name}>{sign}</td>"
    title = ", ".join(state.words for state in cell.states)
    signs = _signs(cell)
    return f'<td class={name} title="{title}">{signs}</td>'


def _signs(cell: Cell) -> str:
    """`SD ✕2 !1`: the letters of its states, and how many errors and warnings it has."""
    numbers = {State.ERRORS: cell.counts.errors, State.WARNINGS: cell.counts.warnings}
    letters = "".join(SIGNS[state][1] for state in cell.states if state not in numbers)
    counted = [f"{SIGNS[state][1]}{numbers[state]}" for state in cell.states if state in numbers]
    return " ".join([letters, *counted]).strip()


def _data(health: Health) -> str:
    """What the script shows of pages that are not healthy, as JSON that ends no element."""
    rules: dict[str, int] = {}
    columns = {locale: index for index, locale in enumerate(health.locales)}
    guides = [
        [
            [
                columns[locale],
                [SIGNS[state][0] for state in cell.states],
                [said for said in cell.states.values() if said],
                [
                    [rules.setdefault(rule, len(rules)), number]
                    for rule, number in cell.rules.items()
                ],
            ]
            for locale, cell in guide.cells.items()
            if cell.worst is not State.HEALTHY
        ]
        for guide in health.guides
    ]
    found: dict[str, Any] = {
        "locales": health.locales,
        "states": {SIGNS[state][0]: state.words for state in State},
        "rules": list(rules),
        "guides": guides,
    }
    data = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return data.replace("<", "\\u003c")


# Totals


def _totals(name: str, health: Health, rows: Iterable[tuple[str, Tally]]) -> str:
    named = ((f'<th scope="row">{escape(title)}</th>', tally) for title, tally in rows)
    return _total_table(name, health, named)


def _area_table(health: Health) -> str:
    def head(above: tuple[str, ...]) -> str:
        part = " class=part" if len(above) > 1 else ""
        return f'<th scope="row"{part}>{escape(health.titles[above[-1]])}</th>'

    rows = ((head(above), tally) for above, tally in health.by_area.items())
    return _total_table("Universe or product", health, rows)


def _total_table(name: str, health: Health, rows: Iterable[tuple[str, Tally]]) -> str:
    states = [s for s in State if s is not State.HEALTHY and s not in health.unknown]
    head = "".join(f'<th scope="col">{state.words.capitalize()}</th>' for state in states)
    lines = "".join(
        f"<tr>{th}{_share(tally)}{_numbers(tally, states)}</tr>\n" for th, tally in rows
    )
    return (
        '<div class="fit" tabindex="0" role="region" aria-label="'
        f'Totals: {name.lower()}"><table class="total"><caption>Pages in each state, the worst first; a page may be in '
        f'several.</caption><thead><tr><th scope="col">{name}</th><th scope="col">Healthy</th>'
        f'<th scope="col">Pages</th>{head}</tr></thead><tbody>\n{lines}</tbody></table></div>'
    )


def _share(tally: Tally) -> str:
    percent = f"{tally.percent} %" if tally.pages else "none"
    return f'<td class="share"><b>{percent}</b>{_bar(tally)}</td>'


def _numbers(tally: Tally, states: Sequence[State]) -> str:
    numbers = (tally.pages, *(tally.states.get(state, 0) for state in states))
    return "".join(f"<td>{n}</td>" if n else '<td class="zero">0</td>' for n in numbers)


def _history(health: Health) -> str:
    if not health.months:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in health.locales)
    rows = "".join(
        f'<tr><th scope="row">{month.name}</th><td>{month.guides}</td>'
        + "".join(f"<td>{month.pages.get(name, 0)}</td>" for name in health.locales)
        + "</tr>\n"
        for month in health.months
    )
    return (
        '<section class="wide" aria-labelledby="history-title"><h2 id="history-title">Months</h2>'
        '<div class="fit" tabindex="0" role="region" aria-label="Pages by month"><table class="total months">'
        "<caption>Pages that were committed at the end of each month, by locale.</caption>"
        f'<thead><tr><th scope="col">Month</th><th scope="col">Guides</th>{head}</tr></thead>'
        f"<tbody>\n{rows}</tbody></table></div></section>"
    )
