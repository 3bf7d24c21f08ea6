import re
from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Fix, Keeps, Severity
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.index import INDEX
from balise.collection.page import ALIASES
from balise.collection.redirects import REDIRECTS, Redirect
from balise.document import Document
from balise.rules.base import Revision, RevisionRule
from balise.rules.helpers.front_matter_spans import value_span
from balise.rules.helpers.successors import is_answered, successor

PLAIN = re.compile(r"[A-Za-z0-9/][\w./-]*")
"""An alias that YAML takes as it is."""

MAX_NAMED = 3
"""Older addresses of a lost page that a message names."""


class LostUrl(RevisionRule):
    name = "lost-url"
    group = "redirects"
    summary = "An address that was published leads nowhere any more"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check_revision(self, old: Revision, new: Collection) -> Iterator[Finding]:
        then = old.collection
        lost = {
            url: path
            for url, path in then.by_url.items()
            if then.names[path].type != "404" and not is_answered(url, new)
        }
        led: dict[str, list[str]] = {}
        alone: list[Redirect] = []
        for source, end in then.redirect_ends.items():
            if is_answered(source, new):
                continue
            if end.target in lost:
                led.setdefault(end.target, []).append(source)
            else:
                alone.append(then.redirects.by_source[source])
        for url, path in lost.items():
            if then.pages[path].made:
                yield self._made(url, new)
            else:
                yield self._page(url, path, led.get(url, []), new, old.moved)
        for redirect in alone:
            yield self._redirect(redirect, new, old.moved)

    def _made(self, url: str, new: Collection) -> Finding:
        """About a page without a file: it followed from the index."""
        index = new.data.get(INDEX) or Document(new.structure.data_path(INDEX), (0,), 0)
        message = (
            f"this made a page at `/{url}`, and now the address leads nowhere; "
            f"give it a line in `{REDIRECTS}`: the old address, a blank, the new one"
        )
        return self.finding(index, Span(0, 0), message)

    def _page(
        self, url: str, path: str, older: list[str], new: Collection, moved: Mapping[str, str]
    ) -> Finding:
        also = ""
        if older:
            named = ", ".join(f"`/{source}`" for source in older[:MAX_NAMED])
            more = " and others" if len(older) > MAX_NAMED else ""
            also = f", nor do {named}{more}, which led there"
        found = successor(path, new, moved)
        if found is None or found not in new.urls or new.pages[found].made:
            message = (
                f"there was a page at `/{url}`, and now the address leads nowhere{also}; "
                f"give it a line in `{REDIRECTS}`: the old address, a blank, the new one"
            )
            return self.finding(Document(path, (0,), 0), Span(0, 0), message)
        heir = new.documents[found]
        alias = _alias(url, found, new)
        written = heir.front_matter and heir.front_matter.get(ALIASES)
        way = f"add `{alias}` to its `{ALIASES}`" if written else f"write `{ALIASES}: {alias}`"
        message = (
            f"the page was at `/{url}`, and now that address leads nowhere{also}; {way} in the "
            f"front matter, or a line `/{url} /{new.urls[found]}` in `{REDIRECTS}`"
        )
        fix = None if written else _add_alias(alias, heir)
        return self.finding(heir, value_span(heir, "slug"), message, fix=fix)

    def _redirect(self, redirect: Redirect, new: Collection, moved: Mapping[str, str]) -> Finding:
        message = (
            f"`/{redirect.source}` led to `/{redirect.target}`, and now leads nowhere; "
            f"write it into `{ALIASES}` of the page or into `{REDIRECTS}` again"
        )
        is_table = redirect.path == new.structure.data_path(REDIRECTS)
        table = new.data.get(REDIRECTS) if is_table else None
        if table is not None:
            return self.finding(table, Span(0, 0), message)
        found = successor(redirect.path, new, moved)
        if found is None or new.pages[found].made:
            return self.finding(redirect, Span(0, 0), message)
        heir = new.documents[found]
        return self.finding(heir, value_span(heir, "slug"), message)


def _alias(url: str, path: str, new: Collection) -> str:
    """What to write: the old slug if that is all that is different, else the whole address."""
    slug = url.rstrip("/").rpartition("/")[2]
    alike = new.addresses.with_slug(slug, new.folder(path), new.names[path])
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
    return Fix.replacement(at, line + heir.newline, f"add `{line}`", safe=True, keeps=Keeps.HTML)
