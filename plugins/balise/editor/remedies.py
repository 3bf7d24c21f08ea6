"""What mends the cause of a finding in another file: a fact, a page or a redirect that is missing."""

from collections.abc import Iterator
from urllib.parse import quote

from balise.base.errors import UserError
from balise.base.findings import Finding
from balise.base.source import Edit, Span
from balise.collection import resolve, suggest_pages
from balise.collection.redirects import REDIRECTS
from balise.editor.view import View
from balise.refactor.model import Refactoring
from balise.refactor.pages import text_of
from balise.refactor.redirects import SAFE


def remedies(view: View, finding: Finding) -> Iterator[Refactoring]:
    """What can be done about a finding elsewhere than on its page."""
    match finding.rule:
        case "facts-contradict":
            yield from _fact(view, finding)
        case "untranslated-link":
            yield from _missing_page(view, finding)
        case "unresolved-link":
            yield from _redirect(view, finding)


def _fact(view: View, finding: Finding) -> Iterator[Refactoring]:
    """Write what the page says into the table of facts: a port besides, a host in place of the other."""
    for related in finding.related:
        said = view.source.text[finding.span.start : finding.span.end].strip("`*")
        try:
            table = text_of(view.workspace, related.path)
        except UserError:
            return
        known = table.text[related.span.start : related.span.end]
        text = f"{known}, {said}" if said.isdigit() else said
        title = f"Add `{said}` to facts.yml"
        yield Refactoring(title, {related.path: [Edit(related.span, text, known)]})


def _missing_page(view: View, finding: Finding) -> Iterator[Refactoring]:
    """Create the page of a guide in another locale, with the text of the one that there is."""
    if finding.cause is None:
        return
    sibling, locale = finding.cause.within, finding.cause.key
    name = view.collection.names.get(sibling)
    if name is None:
        return
    path = f"{sibling.rpartition('/')[0]}/{name.type}.{locale}.md"
    if path in view.collection.pages or path in view.collection.files:
        return
    try:
        text = text_of(view.workspace, sibling).text
    except UserError:
        return
    title = f"Create the page in {locale} from the one in {name.locale}"
    yield Refactoring(title, created={path: text})


def _redirect(view: View, finding: Finding) -> Iterator[Refactoring]:
    """Lead an address that no page has any more to the page that may have been meant."""
    collection = view.collection
    for link in view.document.links:
        if link.span != finding.span:
            continue
        target = resolve(link.href, view.path, collection, html=link.kind == "html")
        found = suggest_pages(target, link.text, view.path, collection)
        if target.form != "published" or not found or found[0].path not in collection.urls:
            continue
        to = collection.urls[found[0].path]
        line = f"/{quote(target.address, safe=SAFE)} /{quote(to, safe=SAFE)}"
        title = f"Add a redirect to /{to}"
        table = collection.structure.data.get(REDIRECTS)
        path = collection.structure.data_path(REDIRECTS)
        if table is None:
            yield Refactoring(title, created={path: f"{line}\n"})
            continue
        try:
            source = text_of(view.workspace, table.path)
        except UserError:
            return
        end = len(source.text)
        glued = source.newline if source.text and not source.text.endswith(("\n", "\r")) else ""
        edit = Edit(Span(end, end), f"{glued}{line}{source.newline}")
        yield Refactoring(title, {table.path: [edit]})
