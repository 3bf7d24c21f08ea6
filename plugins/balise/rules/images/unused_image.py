from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding, Severity
from balise.base.ignore import Patterns
from balise.base.source import Span
from balise.collection import PICTURES, Collection, find_picture, own_picture, resolve
from balise.config import Pattern
from balise.document import Document
from balise.rules.base import CollectionRule, RuleOptions


class Options(RuleOptions, frozen=True):
    ignore: Annotated[
        tuple[Pattern, ...],
        Meta(description="Pictures that may be unused; counts from the folder of the collection"),
    ] = ()


class UnusedImage(CollectionRule):
    name = "unused-image"
    group = "images"
    summary = "No page shows a picture of the collection"
    severity = Severity.INFO
    on_by_default = False
    options: Options = Options()

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        used: set[str] = set()
        ignored = Patterns.matching(Path(collection.root), self.options.ignore)
        for path, references in collection.references.items():
            for src in references.images:
                picture = find_picture(src, path, collection)
                used.add(picture.there or picture.path)
            links = (resolve(href, path, collection) for href in references.links)
            used.update(target.path for target in links if target.kind == "file")
        used.update(own_picture(page, collection) for page in collection.pages.values())
        for path in sorted(collection.files - used):
            if path.lower().endswith(PICTURES) and not ignored.matches(path):
                message = "no page shows this picture or links to it"
                yield self.finding(Document(path, (0,), 0), Span(0, 0), message)
