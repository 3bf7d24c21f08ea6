"""`llms.txt`: what there is in a locale, for assistants. The form is that of llmstxt.org."""

from collections.abc import Callable, Iterator, Sequence

from balise.collection.tree import Node
from balise.publish.locale_site import LocaleSite, excerpt_of
from balise.publish.markdown_copies import markdown_url
from balise.publish.site import Site
from balise.render import as_text, list_entry

NAME = "llms.txt"

Entry = Callable[[Node], str]
"""A line that leads to a page."""


def llms_txt(site: Site, locale: str, *, copies: bool) -> str:
    """What there is in a locale: its guides by what they are in, each with its excerpt.

    The links lead to the copies of the pages where there are `copies`.
    """
    found = site.locale(locale)
    home = found.tree.home

    def entry(node: Node) -> str:
        url = site.collection.urls[node.page.path]
        address = site.address(markdown_url(url) if copies else url, f"{found.prefix}{NAME}")
        return list_entry(node.title, address, excerpt_of(node.page))

    parts = [f"# {as_text(found.home('').title)}\n"]
    if home and excerpt_of(home).strip():
        parts.append(f"> {as_text(excerpt_of(home))}\n")
    lone = [node for node in found.tree.top if not node.children]
    if lone:
        parts.append(f"## {as_text(found.words['guides'])}\n")
        parts.append("".join(entry(node) for node in lone))
    for node in found.tree.top:
        if node.children:
            parts += _group(found, node, (), entry)
    return "\n".join(parts)


def _group(locale: LocaleSite, node: Node, above: Sequence[str], entry: Entry) -> Iterator[str]:
    """A page with pages below it: a section with those that have none, then one for each other."""
    names = (*above, node.title)
    inside = [child for _, children in locale.grouped(node) for child in children]
    guides = [child for child in inside if not child.children]
    yield f"## {as_text(' › '.join(names))}\n"
    yield "".join(entry(child) for child in (node, *guides))
    for child in inside:
        if child.children:
            yield from _group(locale, child, names, entry)
