from collections.abc import Iterator
from urllib.parse import unquote

from balise.base.counting import count
from balise.base.findings import Finding, Related, Severity
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.index import IndexLayout, key_files
from balise.rules.base import CollectionRule
from balise.rules.helpers.index_items import listed

PREFIX = "/links/"


class UnusedLinkKey(CollectionRule):
    name = "unused-link-key"
    group = "links"
    summary = "No page links to some of the keys in `links`"
    severity = Severity.INFO
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        used = {
            unquote(href).rpartition(PREFIX)[2].strip("/")
            for references in collection.references.values()
            for href in references.links
            if PREFIX in f"/{href}"
        }
        unused = sorted((key, file) for key, file in key_files(collection.data) if key not in used)
        if unused:
            keys = [key for key, _ in unused]
            no = "no page links to it" if len(keys) == 1 else "no page links to them"
            message = f"{no}: {count(len(keys), 'key')} of `links`, {listed(keys)}"
            related = tuple(Related(file.path, Span(0, 0), f"`{key}`") for key, file in unused[1:])
            yield self.finding(unused[0][1], Span(0, 0), message, related=related)
