from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.base.suggestions import nearest
from balise.collection import Collection
from balise.document import Document, Include
from balise.rules.base import PageRule, RuleContext


class UnresolvedInclude(PageRule):
    name = "unresolved-include"
    group = "includes"
    summary = "A file that the page includes cannot be included"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        for include in document.includes:
            path = collection.included(include.path)
            if not collection.contains(path):
                message = f"`{include.path}` lies outside of the guides, so it is not included"
            elif path == document.path and not include.code:
                message = f"`{include.path}` is this page: a page cannot include itself"
            elif path in collection.pages and path not in collection.files:
                message = (
                    f"`{include.path}` is no file, or a symbolic link out of the guides, so it is "
                    "not included"
                )
            elif path in collection.pages and not include.code:
                way = _way(collection, path, document)
                if not way:
                    continue
                steps = ", which includes ".join(f"`{collection.relative(step)}`" for step in way)
                message = f"the page includes {steps}, which includes this page again"
            elif path in collection.files:
                continue
            else:
                hint = _hint(collection, path)
                message = (
                    f"there is no file `{include.path}`; the path begins at the folder of all "
                    f"guides{hint}"
                )
            yield self.finding(document, include.span, message)


def _way(collection: Collection, start: str, goal: Document) -> list[str]:
    """The pages from `start` to the one that includes `goal`; empty if there is no such way."""
    came_from: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        found = collection.documents[path] if path in collection.pages else None
        targets = [collection.included(i.path) for i in _of_pages(found)]
        if goal.path in targets:
            way = [path]
            while came_from[way[0]]:
                way.insert(0, came_from[way[0]])
            return way
        for target in targets:
            if target not in came_from:
                came_from[target] = path
                waiting.append(target)
    return []


def _of_pages(page: Document | None) -> list[Include]:
    """What a page includes as a part of it: code cannot include anything itself."""
    return [include for include in page.includes if not include.code] if page else []


def _hint(collection: Collection, path: str) -> str:
    name = path.rpartition("/")[2]
    found = nearest(name, collection.files_near(path))
    return f"; did you mean `{found}`?" if found else ""
