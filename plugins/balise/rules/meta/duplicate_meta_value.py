import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Related, Severity
from balise.collection import Collection
from balise.collection.layouts.index import IndexLayout, articles
from balise.document import DataEntry, Document
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import value_of

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Place = tuple[str, Document, DataEntry]
"""The folder of a guide, its data file, and the entry there."""


class DuplicateMetaValue(CollectionRule):
    name = "duplicate-meta-value"
    group = "meta"
    summary = "Two guides have the same `id` or `full_slug`"
    severity = Severity.ERROR
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        slugs = [
            _in_one_language(places, collection)
            for places in _by_value(collection, "full_slug").values()
        ]
        copies: list[list[str]] = []
        for value, places in _by_value(collection, "id").items():
            if UUID.fullmatch(value):
                folders = [folder for folder, _, _ in places]
                copies.append(folders)
                both = folders in ([folder for folder, _, _ in found] for found in slugs)
                what = "`id` and `full_slug`" if both else "`id`"
                why = "so it is taken for the same guide"
                yield from self._told(places, f"has this {what} as well, {why}")
        for places in slugs:
            if [folder for folder, _, _ in places] not in copies:
                why = "so both have the same address"
                yield from self._told(places, f"has this `full_slug` as well, {why}")

    def _told(self, places: list[Place], what: str) -> Iterator[Finding]:
        if len(places) > 1:
            (folder, _, _), (_, document, entry), *_ = places
            related = tuple(
                Related(other.path, found.value_span, "the same value")
                for _, other, found in (places[0], *places[2:])
            )
            yield self.finding(document, entry.value_span, f"`{folder}` {what}", related=related)


def _by_value(collection: Collection, key: str) -> Mapping[str, list[Place]]:
    """The guides by what they have for a key, without regard to capitals and blanks around it."""
    found: dict[str, list[Place]] = defaultdict(list)
    for folder, document in sorted(articles(collection.data), key=lambda article: article[0]):
        if entry := value_of(document, key):
            found[entry.value.strip().casefold()].append((folder, document, entry))
    return found


def _in_one_language(places: list[Place], collection: Collection) -> list[Place]:
    """The places of guides that are in a locale which another of them is in as well."""
    locales = [_locales(folder, collection) for folder, _, _ in places]
    return [
        place
        for number, place in enumerate(places)
        if any(locales[number] & own for other, own in enumerate(locales) if other != number)
    ]


def _locales(folder: str, collection: Collection) -> set[str]:
    return {locale for type_, locale in collection.folders.get(folder, {}) if type_ == "guide"}
