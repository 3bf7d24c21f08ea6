from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.base.source import Span
from balise.collection import Collection
from balise.document import Document, Heading
from balise.rules.base import Revision, RevisionRule
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.nearest_anchor import nearest_anchor
from balise.rules.helpers.successors import successor


class LostAnchor(RevisionRule):
    name = "lost-anchor"
    group = "anchors"
    summary = "An anchor that a page had leads nowhere on it any more"

    def check_revision(self, old: Revision, new: Collection) -> Iterator[Finding]:
        told: set[tuple[str, str]] = set()
        for url, path in old.collection.by_url.items():
            found = new.by_url.get(url) or successor(path, new, old.moved)
            same = found == path and path not in old.touched
            if found is None or same or found not in new.names or new.pages[found].made:
                continue
            was, page = old.collection.documents[path], new.documents[found]
            for names, start, text in _anchors(was):
                lost = [
                    name
                    for name in dict.fromkeys(names)
                    if name
                    and (page.path, name) not in told
                    and not new.resolve_anchor(page.path, name)
                ]
                told.update((page.path, name) for name in lost)
                if lost:
                    yield self._lost(lost, _place(start, was, page, new), text, page, new)

    def _lost(
        self, names: list[str], place: Span, text: str, page: Document, new: Collection
    ) -> Finding:
        name = names[0]
        of = f" of “{text}”" if text else ""
        also = f", nor does its older name `#{display_address(names[1])}`" if len(names) > 1 else ""
        message = (
            f"`#{display_address(name)}` was the anchor{of} on this page, and now leads "
            f"nowhere{also}; where "
            f'it should lead, write `<a name="{display_address(name)}"></a>`'
        )
        related: tuple[Related, ...] = ()
        anchors = new.anchors(page.path)
        found = nearest_anchor(name, text, anchors)
        heading = next((h for h in page.headings if h.id and h.id == found), None)
        if heading:
            related = (Related(page.path, heading.span, f"nearest is `#{heading.id}`"),)
        return self.finding(page, place, message, related=related)


def _anchors(document: Document) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """Every place of a page with an anchor: its names, where it is, and the text of its heading."""
    for heading in document.headings:
        yield (heading.id, *heading.aliases), heading.span.start, heading.text
    for anchor in document.anchors:
        yield (anchor.name,), anchor.span.start, ""


def _place(start: int, was: Document, page: Document, new: Collection) -> Span:
    """The heading above the lost place that is still there; the top of the page without one."""
    above = [heading for heading in was.headings if heading.span.start < start]
    kept = (_same(heading, page, new) for heading in reversed(above))
    return next((heading.span for heading in kept if heading), Span(0, 0))


def _same(heading: Heading, page: Document, new: Collection) -> Heading | None:
    match = new.anchors(page.path).exact(heading.id)
    return match.heading if match else None
