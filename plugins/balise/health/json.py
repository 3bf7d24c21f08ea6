"""The health of a collection for programs; its form is promised in `docs/json.md`."""

import json
from typing import Any

from balise.health.model import Cell, Counts, Guide, Health, State, Tally

VERSION = 1


def render(health: Health) -> str:
    """One object, with a line for each locale, each universe or product, and each guide."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lists = {
        "locales": [{"locale": name, **_tally(t)} for name, t in health.by_locale.items()],
        "areas": [
            {"folders": above, "title": health.titles[above[-1]], **_tally(tally)}
            for above, tally in health.by_area.items()
        ],
        "guides": [_guide(guide) for guide in health.guides],
        "history": [
            {"month": month.name, "guides": month.guides, "pages": month.pages}
            for month in health.months
        ],
    }
    head = {
        "version": VERSION,
        "unknown": [state.value for state in health.unknown],
        "total": {"guides": len(health.guides), **_tally(health.total)},
        "elsewhere": _counts(health.elsewhere),
    }
    parts = [f"{encode(key)}:{encode(value)}" for key, value in head.items()]
    parts += [
        f"{encode(key)}:[" + ",".join(f"\n{encode(row)}" for row in rows) + "\n]"
        for key, rows in lists.items()
    ]
    return "{" + ",\n".join(parts) + "}\n"


def _tally(tally: Tally) -> dict[str, Any]:
    states = {state.value: tally.states.get(state, 0) for state in State}
    share = round(tally.healthy / tally.pages, 4) if tally.pages else None
    return {"pages": tally.pages, "share": share, "states": states, **_counts(tally.counts)}


def _counts(counts: Counts) -> dict[str, int]:
    return {"errors": counts.errors, "warnings": counts.warnings, "infos": counts.infos}


def _guide(guide: Guide) -> dict[str, Any]:
    return {
        "folder": guide.folder,
        "type": guide.type,
        "title": guide.title,
        "above": guide.above,
        "source": guide.source,
        "missing": guide.missing,
        "pages": {locale: _cell(cell) for locale, cell in guide.cells.items()},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    messages = {state.value: said for state, said in cell.states.items() if said}
    return {
        "path": cell.path,
        "title": cell.title,
        "states": [state.value for state in cell.states],
        **_counts(cell.counts),
        **({"messages": messages} if messages else {}),
        **({"rules": cell.rules} if cell.rules else {}),
    }
