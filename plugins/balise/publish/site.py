"""Everything the site is made of, read once: pages, addresses, findings. Knows nothing of MkDocs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balise.checking import check_facts
from balise.claims import read_claims
from balise.collection import Collection, find_picture, resolve
from balise.config import Urls
from balise.discovery import PageFile, Scope
from balise.document import ParsedPage, read_page
from balise.policy import Policy
from balise.reading import read_facts, read_source
from balise.render import RenderedPage, render_page
from balise.report import Report
from balise.rules import Rule
from balise.source import SourceFile


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the site: its text, its tokens and facts, and its collection."""

    source: SourceFile
    parsed: ParsedPage
    collection: Collection


@dataclass(frozen=True, slots=True)
class Site:
    """All pages by path, where pages and files are published, and what is wrong with them."""

    pages: Mapping[str, SitePage]
    urls: Mapping[str, str]
    report: Report

    def render(self, path: str, language: str) -> RenderedPage:
        """The HTML of the page at `path`."""
        page = self.pages[path]
        return render_page(page.parsed, page.collection, self.urls, language, self._parsed)

    def _parsed(self, path: str) -> ParsedPage | None:
        """A page, or a file that is none, to be included; the renderer has seen that it is inside."""
        if page := self.pages.get(path):
            return page.parsed
        try:
            return read_page(read_source(path))
        except OSError:
            return None


def read_site(
    manual: Mapping[str, str],
    manual_root: str,
    guides: Scope,
    rules: Sequence[Rule],
    scheme: Urls,
    policy: Policy | None = None,
) -> Site:
    """Read and check the manual and the guides.

    `manual` maps the path of every page and file of the manual to its address. A guide's address
    follows from its place in the collection; pictures of guides are published below the name of
    the collection's folder, and only those that a page shows. A page that cannot be read has no
    address.
    """
    files = [
        *guides.pages,
        *(PageFile(path, manual_root) for path in manual if path.endswith(".md")),
    ]
    parsed: dict[str, tuple[SourceFile, ParsedPage]] = {}
    facts = []
    for file in files:
        try:
            source = read_source(file.path)
        except OSError:
            facts.append((file.root, *read_facts(file.path)))
            continue
        page = read_page(source)
        parsed[file.path] = (source, page)
        facts.append((file.root, page.document, read_claims(page.document)))
    report = check_facts(facts, rules, scheme, whole=guides.whole, policy=policy)
    roots = {file.path: file.root for file in files}
    pages = {
        path: SitePage(source, page, report.collections[roots[path]])
        for path, (source, page) in parsed.items()
    }
    urls = dict(manual)
    for root in {file.root for file in guides.pages}:
        found = _urls(report.collections[root])
        urls.update({p: url for p, url in found.items() if p in pages or p not in roots})
    return Site(pages, urls, report)


def _urls(collection: Collection) -> dict[str, str]:
    """Addresses of the collection's pages and of the files that they show or link to."""
    urls = dict(collection.urls)
    prefix = collection.root.rpartition("/")[2]
    for document in collection.documents.values():
        pictures = (find_picture(image.src, document, collection) for image in document.images)
        shown = (picture.there or picture.path for picture in pictures)
        linked = (resolve(link.href, document, collection) for link in document.links)
        paths = {*shown, *(target.path for target in linked if target.kind == "file")}
        for path in {p for p in paths if p} & collection.files:
            urls[path] = f"{prefix}/{collection.relative(path)}"
    return urls
