from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.collection import Collection
from balise.collection.layouts.index import IndexLayout, articles, key_files, label_files
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import repeats, top_entries


class RepeatedDataKey(CollectionRule):
    name = "repeated-data-key"
    group = "files"
    summary = "A data file has two values for the same name"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        data = collection.data
        for _, document in (*label_files(data), *articles(data), *key_files(data)):
            for first, entry in repeats(top_entries(document)):
                line = document.line(first.key_span.start)
                message = f"`{entry.keys[0]}` is there already, on line {line}, and that one counts; remove one of the two"
                related = Related(document.path, first.key_span, "the one that counts")
                yield self.finding(document, entry.key_span, message, related=(related,))
