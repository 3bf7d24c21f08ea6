from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding, Fix, Keeps
from balise.collection import Collection
from balise.collection.layouts.index import IndexLayout, articles
from balise.document import DataEntry
from balise.rules.base import CollectionRule, RuleOptions
from balise.rules.helpers.front_matter_keys import Key, misspelled_key

KEYS = (
    "banner",
    "disable_languages",
    "flag",
    "full_slug",
    "id",
    "reference_category",
    "translation_banner",
)


class Options(RuleOptions, frozen=True):
    keys: Annotated[tuple[Key, ...], Meta(description="Keys that every file may have besides")] = ()


class UnknownMetaKey(CollectionRule):
    name = "unknown-meta-key"
    group = "meta"
    summary = "A guide's `meta.yaml` has a key that means nothing"
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})
    options: Options = Options()

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        known = (*KEYS, *self.options.keys)
        for _, document in articles(collection.data):
            present = {entry.keys[0] for entry in document.data}
            told = set(known)
            for entry in document.data:
                key = entry.keys[0]
                of_list = len(entry.keys) == 1 and entry.key_span == entry.value_span
                if key in told or of_list:
                    continue
                told.add(key)
                message = f"`{key}` is not a key of `meta.yaml`, so nothing reads it"
                found = misspelled_key(key, known)
                fix = None
                if found and found not in present:
                    message += f"; did you mean `{found}`?"
                    present.add(found)
                    fix = _renamed(entry, found)
                elif found:
                    message += f"; `{found}` is there as well: remove one of the two"
                yield self.finding(document, entry.key_span, message, fix=fix)


def _renamed(entry: DataEntry, key: str) -> Fix | None:
    """A fix where the key itself has a place, as that of a list has not."""
    if len(entry.keys) > 1:
        return None
    title = f"rename `{entry.keys[0]}` to `{key}`"
    return Fix.replacement(
        entry.key_span, key, title, safe=False, removes=entry.keys[0], keeps=Keeps.HTML
    )
