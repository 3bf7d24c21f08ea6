"""Where a finding points when it is about a page, which may be one without a file."""

from balise.base.findings import Related
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, outline
from balise.rules.helpers.front_matter_spans import value_span


def place_of(path: str, key: str, collection: Collection, message: str) -> Related:
    """The value of a key of a page's front matter; of a page that is made, the item that it follows from."""
    if not collection.pages[path].made:
        return Related(path, value_span(collection.documents[path], key), message)
    index, folder = collection.data[INDEX], collection.folder(path)
    entry = next(item.entry for item in outline(collection.data) if item.folder == folder)
    return Related(index.path, entry.value_span if entry.value else entry.key_span, message)
