import re
from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.facts import FACTS, Service
from balise.document import Document
from balise.rules.base import CollectionRule

Fact = tuple[re.Pattern[str], str, Span]
"""What a page that states a fact has in it, how the fact is called, and where it stands."""


class UnusedFact(CollectionRule):
    name = "unused-fact"
    group = "claims"
    summary = "The team's own table of facts says something that no page is about"
    severity = Severity.INFO

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        table = collection.data.get(FACTS)
        if table is None or not collection.whole:
            return
        for service in collection.services.values():
            pages = [
                path
                for path, name in sorted(collection.names.items())
                if service.about(collection.folder(path), name.locale)
            ]
            if not pages:
                place = next(e.key_span for e in table.data if e.keys[0] == service.name)
                message = f"`{service.name}` is about no page: look at its `pages` and `locales`"
                yield self.finding(table, place, message)
                continue
            for _, called, span in _unstated(_facts(service), pages, collection):
                message = f"no page that `{service.name}` is about names {called} any more"
                yield self.finding(table, span, message)


def _facts(service: Service) -> Sequence[Fact]:
    hosts = [
        (re.compile(re.escape(host), re.IGNORECASE), f"`{host}`", span)
        for host, span in service.hosts.values()
    ]
    ports = [
        (re.compile(rf"(?<![0-9]){fact.number}(?![0-9])"), f"port {fact.number}", fact.span)
        for by_security in service.ports.values()
        for facts in by_security.values()
        for fact in facts
    ]
    return [*hosts, *ports]


def _unstated(
    facts: Sequence[Fact], pages: Sequence[str], collection: Collection
) -> Sequence[Fact]:
    """The facts that none of the pages has in it. No more pages are loaded than it takes."""
    for path in pages:
        if not facts:
            break
        texts = list(_texts(collection.documents[path]))
        facts = [fact for fact in facts if not any(map(fact[0].search, texts))]
    return facts


def _texts(document: Document) -> Iterator[str]:
    yield from (prose.text.text for prose in document.prose)
    yield from (fence.code.text for fence in document.fences)
    for table in document.tables:
        yield from (cell.text.text for row in table.rows for cell in row.cells)
