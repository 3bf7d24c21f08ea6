"""`lost-url`"""

import re
from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit, Span
from balise.collection import Collection, data_path
from balise.collection.redirects import ALIASES, REDIRECTS, Redirect
from balise.document import Document
from balise.rules.base import RevisionRule
from balise.rules.helpers.front_matter_spans import value_span
from balise.rules.helpers.successors import is_answered, successor

PLAIN = re.compile(r"[A-Za-z0-9/][\w./-]*")
"""An alias that YAML takes as it is."""

MOST = 3
"""Older addresses of a lost page that a message names."""


class LostUrl(RevisionRule):
    name = "lost-url"
    group = "redirects"
    summary = "An address that was published leads nowhere any more"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check_revision(
        self, old: Collection, new: Collection, moved: Mapping[str, str]
    ) -> Iterator[Finding]:
        lost = {
            url: page
            for url, page in old.by_url.items()
            if old.names[page.path].type != "404" and not is_answered(url, new)
        }
        led: dict[str, list[str]] = {}
        alone: list[tuple[str, Redirect]] = []
        for source, redirect in old.redirects.working().items():
            if is_answered(source, new):
                continue
            if redirect.target in lost:
                led.setdefault(redirect.target, []).append(source)
            else:
                alone.append((source, old.redirects.by_source[source]))
        for url, page in lost.items():
            yield self._page(url, page, led.get(url, []), new, moved)
        for source, redirect in alone:
            yield self._redirect(source, redirect, new, moved)

    def _page(
        self,
        url: str,
        page: Document,
        older: list[str],
        new: Collection,
        moved: Mapping[str, str],
    ) -> Finding:
        also = ""
        if older:
            named = ", ".join(f"`/{source}`" for source in older[:MOST])
            more = " and others" if len(older) > MOST else ""
            also = f", nor do {named}{more}, which led there"
        heir = successor(page.path, new, moved)
        if heir is None or heir.path not in new.urls:
            message = (
                f"there was a page at `/{url}`, and now the address leads nowhere{also}; "
                f"give it a line in `{REDIRECTS}`: the old address, a blank, the new one"
            )
            return self.finding(Document(page.path, (0,), 0), Span(0, 0), message)
        alias = _alias(url, heir, new)
        written = heir.front_matter and heir.front_matter.get(ALIASES)
        way = f"add `{alias}` to its `{ALIASES}`" if written else f"write `{ALIASES}: {alias}`"
        message = (
            f"the page was at `/{url}`, and now that address leads nowhere{also}; {way} in the "
            f"front matter, or a line `/{url} /{new.urls[heir.path]}` in `{REDIRECTS}`"
        )
        fix = None if written else _add_alias(alias, heir)
        return self.finding(heir, value_span(heir, "slug"), message, fix=fix)

    def _redirect(
        self, source: str, redirect: Redirect, new: Collection, moved: Mapping[str, str]
    ) -> Finding:
        path = redirect.document.path
        table = new.data.get(REDIRECTS) if path == data_path(new.root, REDIRECTS) else None
        heir = table or successor(path, new, moved)
        place = value_span(heir, "slug") if heir and heir is not table else Span(0, 0)
        message = (
            f"`/{source}` led to `/{redirect.target}`, and now leads nowhere; "
            f"write it into `{ALIASES}` of the page or into `{REDIRECTS}` again"
        )
        return self.finding(heir or Document(path, (0,), 0), place, message)


def _alias(url: str, heir: Document, new: Collection) -> str:
    """What to write: the old slug if that is all that is different, else the whole address."""
    slug = url.rstrip("/").rpartition("/")[2]
    alike = new.addresses.with_slug(slug, new.folder(heir.path), new.names[heir.path])
    return slug if alike == url else f"/{url}"


def _add_alias(alias: str, heir: Document) -> Fix | None:
    """A line above the slug, or the first key, where that stands at the beginning of its line."""
    entries = heir.front_matter.entries if heir.front_matter else ()
    entry = next((e for e in entries if e.key == "slug"), entries[0] if entries else None)
    if entry is None or heir.position(entry.key_span.start).column != 1:
        return None
    if not PLAIN.fullmatch(alias) or heir.problems:
        return None
    line = f"{ALIASES}: {alias}"
    at = Span(entry.key_span.start, entry.key_span.start)
    return Fix(f"add `{line}`", safe=True, edits=(Edit(at, line + heir.newline),))
