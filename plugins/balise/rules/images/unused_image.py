"""`unused-image`"""

from collections.abc import Iterator

from balise.collection import PICTURES, Collection, find_picture, resolve
from balise.document import Document
from balise.findings import Finding, Severity
from balise.rules.base import CollectionRule
from balise.source import Span


class UnusedImage(CollectionRule):
    name = "unused-image"
    group = "images"
    summary = "No page shows a picture of the collection"
    severity = Severity.INFO

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        used: set[str] = set()
        for document in collection.documents.values():
            for image in document.images:
                picture = find_picture(image.src, document, collection)
                used.add(picture.there or picture.path)
            links = (resolve(link.href, document, collection) for link in document.links)
            used.update(target.path for target in links if target.kind == "file")
        for path in sorted(collection.files - used):
            if path.lower().endswith(PICTURES):
                message = "no page shows this picture or links to it"
                yield self.finding(Document(path, (0,), 0), Span(0, 0), message)
