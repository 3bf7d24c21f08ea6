import re
from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.facts import FACTS, Service
from balise.document import Document
from balise.rules.base import CollectionRule

NUMBER = re.compile(r"[0-9]++")

Fact = tuple[str, Span]
"""A host or a port of the table, and where it stands."""


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
            for fact, span in _unstated(_facts(service), pages, collection):
                called = f"port {fact}" if fact.isdecimal() else f"`{fact}`"
                message = f"no page that `{service.name}` is about names {called} any more"
                yield self.finding(table, span, message)


def _facts(service: Service) -> Sequence[Fact]:
    numbers = (
        fact for ports in service.ports.values() for facts in ports.values() for fact in facts
    )
    return [*service.hosts.values(), *((str(fact.number), fact.span) for fact in numbers)]


def _unstated(
    facts: Sequence[Fact], pages: Sequence[str], collection: Collection
) -> Sequence[Fact]:
    """The facts that none of the pages has in it. No more pages are loaded than it takes."""
    for path in pages:
        if not facts:
            break
        text = "\n".join(_texts(collection.documents[path])).casefold()
        numbers = {*NUMBER.findall(text)}
        facts = [fact for fact in facts if fact[0] not in numbers and not _names(text, fact[0])]
    return facts


def _names(text: str, fact: str) -> bool:
    return not fact.isdecimal() and fact.casefold() in text


def _texts(document: Document) -> Iterator[str]:
    yield from (prose.text.text for prose in document.prose)
    yield from (fence.code.text for fence in document.fences)
    for table in document.tables:
        yield from (cell.text.text for row in table.rows for cell in row.cells)
