from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from balise.base.counting import count
from balise.base.findings import Finding, Fix
from balise.base.source import Edit
from balise.base.suggestions import nearest
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, label_files, outline
from balise.document import DataEntry
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import top_entries
from balise.rules.helpers.index_items import LIKENESS, listed

MAX_COMPARED = 50
"""Labels of one file that are compared with the names in the index: more are no slips."""


class UnusedLabel(CollectionRule):
    name = "unused-label"
    group = "navigation"
    summary = "A file with labels has some that no item of the index shows"
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        refs = {item.ref for item in outline(collection.data) if item.kind != "guide"}
        for _, document in label_files(collection.data):
            entries = top_entries(document)
            unknown = [entry for entry in entries if entry.keys[0] not in refs]
            empty = [
                entry for entry in entries if entry.keys[0] in refs and not entry.value.strip()
            ]
            if unknown or empty:
                renamed = _renamed(unknown, refs - {entry.keys[0] for entry in entries})
                message = _message(unknown, empty, renamed)
                place = min(entry.key_span for entry in (*unknown, *empty))
                fix = _fix(renamed) if renamed else None
                yield self.finding(document, place, message, fix=fix)


Renamed = Sequence[tuple[DataEntry, str]]
"""Labels whose names are slips, and what was meant."""


def _renamed(unknown: Sequence[DataEntry], missing: AbstractSet[str]) -> Renamed:
    found: list[tuple[DataEntry, str]] = []
    left = sorted(missing)
    for entry in unknown if len(unknown) <= MAX_COMPARED else ():
        alike = [ref for ref in left if _are_alike(entry.keys[0], ref)]
        if meant := nearest(entry.keys[0], alike):
            left.remove(meant)
            found.append((entry, meant))
    return found


def _are_alike(name: str, ref: str) -> bool:
    """Whether one word is another, and that one much like it; long names have most words in common."""
    pairs = [p for p in zip(name.split("-"), ref.split("-"), strict=False) if p[0] != p[1]]
    alike = len(pairs) == 1 and name.count("-") == ref.count("-")
    return alike and nearest(pairs[0][0], [pairs[0][1]], threshold=LIKENESS) is not None


def _message(unknown: Sequence[DataEntry], empty: Sequence[DataEntry], renamed: Renamed) -> str:
    parts: list[str] = []
    if unknown:
        belong = "belongs" if len(unknown) == 1 else "belong"
        names = listed([entry.keys[0] for entry in unknown])
        parts.append(f"{count(len(unknown), 'label')} {belong} to no item of `{INDEX}`: {names}")
    if empty:
        are = "is" if len(empty) == 1 else "are"
        names = listed([entry.keys[0] for entry in empty])
        parts.append(f"{count(len(empty), 'label')} {are} empty: {names}")
    hint = f"; did you mean {listed([meant for _, meant in renamed])}?" if renamed else ""
    return "; ".join(parts) + hint


def _fix(renamed: Renamed) -> Fix:
    title = f"rename {listed([entry.keys[0] for entry, _ in renamed])}"
    edits = tuple(Edit(entry.key_span, meant, entry.keys[0]) for entry, meant in renamed)
    return Fix(title, safe=False, edits=edits)
