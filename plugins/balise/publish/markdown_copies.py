"""Copies of pages as plain Markdown, each beside its page."""

from collections.abc import Iterator, Mapping

from balise.collection import Page
from balise.collection.page import shown
from balise.publish.locale_site import LocaleSite, excerpt_of
from balise.publish.site import Site
from balise.render import as_text, list_entry


def markdown_url(url: str) -> str:
    """The URL of the copy of the page at `url`, both from the site's root."""
    return f"{url}index.md" if url.endswith("/") or not url else f"{url.removesuffix('.html')}.md"


def page_of_copy(url: str, pages: Mapping[str, str]) -> str | None:
    """The page whose copy is at `url`, of those by their URLs."""
    bare = url.removesuffix("index.md") if url.endswith("index.md") else url.removesuffix(".md")
    candidates = (bare, f"{bare}.html", url.removesuffix(".md"))
    return next(
        (pages[page] for page in candidates if page in pages and markdown_url(page) == url), None
    )


def markdown_copy(site: Site, path: str) -> str:
    """The page at `path` as plain Markdown: its title, what it says, and what it offers.

    Raises OSError if it is gone.
    """
    collection = site.collection
    page, name = collection.pages[path], collection.names[path]
    locale = site.locale(name.locale)
    headings = collection.documents[path].headings if not page.made else ()
    titled = any(heading.level == 1 for heading in headings)
    parts = [] if titled else [f"# {as_text(locale.title(page))}\n"]
    if excerpt := shown(page, "excerpt").strip():
        parts.append(f"{as_text(excerpt)}\n")
    parts.append(site.markdown(path))
    if name.type not in ("guide", "404"):
        parts += _sections(site, locale, page)
    return "\n".join(part for part in parts if part.strip())


def _sections(site: Site, locale: LocaleSite, page: Page) -> Iterator[str]:
    urls = site.collection.urls
    for title, nodes in locale.listed(page):
        if title:
            yield f"## {as_text(title)}\n"
        yield "".join(
            list_entry(
                node.title,
                site.address(urls[node.page.path], urls[page.path]),
                excerpt_of(node.page),
            )
            for node in nodes
        )
