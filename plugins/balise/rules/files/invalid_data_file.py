from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection import Collection
from balise.collection.facts import FACTS, read_facts_file
from balise.collection.layouts.index import articles, label_files
from balise.collection.layouts.tree import LINKS
from balise.collection.synonyms import SYNONYMS, read_synonyms
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import top_entries


class InvalidDataFile(CollectionRule):
    name = "invalid-data-file"
    group = "files"
    summary = "A data file of the collection cannot be read as it was meant"
    severity = Severity.ERROR

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        for document in collection.data.values():
            for problem in document.problems:
                yield self.finding(document, problem.span, f"this cannot be read: {problem.detail}")
        for _, document in (*label_files(collection.data), *articles(collection.data)):
            if document.data and not top_entries(document) and not document.problems:
                message = "this is not read: a line is a name, `:`, and its value"
                yield self.finding(document, document.data[0].key_span, message)
        facts = collection.data.get(FACTS)
        if facts is not None:
            for problem in read_facts_file(facts)[1]:
                yield self.finding(facts, problem.span, f"this is not read: {problem.detail}")
        synonyms = collection.data.get(SYNONYMS)
        if synonyms is not None:
            locales = {*collection.locales.values()}
            for problem in read_synonyms(synonyms, locales)[1]:
                yield self.finding(synonyms, problem.span, f"this is not read: {problem.detail}")
        links = collection.data.get(LINKS)
        if links is None:
            return
        for entry in links.data:
            if len(entry.keys) > 2:
                message = "this is not read: a key has an address, or an address for each locale"
                yield self.finding(links, entry.key_span, message)
