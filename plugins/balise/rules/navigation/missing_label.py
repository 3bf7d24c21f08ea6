from collections import defaultdict
from collections.abc import Iterator, Mapping

from balise.base.counting import count
from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.index import (
    IndexLayout,
    label_files,
    label_names,
    outline,
)
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import top_entries
from balise.rules.helpers.index_items import listed


class MissingLabel(CollectionRule):
    name = "missing-label"
    group = "navigation"
    summary = "Readers see the English label of a product or section in another language"
    severity = Severity.INFO
    on_by_default = False
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        files = dict(label_files(collection.data))
        labelled = {
            name: {entry.keys[0] for entry in top_entries(document)}
            for name, document in files.items()
        }
        missing: dict[str, list[str]] = defaultdict(list)
        for locale, refs in _shown(collection).items():
            names = [name for name in label_names(locale) if name in files]
            known = set[str]().union(*(labelled[name] for name in names))
            if names:
                missing[names[-1]] += (ref for ref in refs if ref not in known)
        for name, lacking in missing.items():
            if found := list(dict.fromkeys(lacking)):
                message = f"{count(len(found), 'label')} of `index.md` {'is' if len(found) == 1 else 'are'} not here, so readers see the English one: {listed(found)}"
                yield self.finding(files[name], Span(0, 0), message)


def _shown(collection: Collection) -> Mapping[str, Mapping[str, None]]:
    """Locale -> the names of the products and sections that readers see there, in the order of the index."""
    locales: dict[str, set[str]] = defaultdict(set)
    for path, name in collection.names.items():
        if name.type == "guide":
            locales[collection.folder(path)].add(name.locale)
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    for item in outline(collection.data):
        for locale in locales.get(item.ref, ()) if item.kind == "guide" else ():
            refs = (a.ref for a in item.above if a.kind in ("product", "section") and a.entry.value)
            shown[locale] |= dict.fromkeys(refs)
    return shown
