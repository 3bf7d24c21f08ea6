import re
from collections.abc import Collection, Iterator

from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.base.suggestions import nearest
from balise.document import PAGE_TYPES
from balise.rules.base import PageRule, RuleContext

LIKE_A_PAGE = re.compile(
    r"(?P<type>[A-Za-z0-9]+)[._-](?P<language>[A-Za-z]{2})(?:[-_.](?P<zone>[A-Za-z]{2,4}))?\.md"
)


class MisnamedFile(PageRule):
    name = "misnamed-file"
    group = "collection"
    summary = "A file's name is almost that of a page, so it is never published"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, path = context.collection, context.document.path
        match = LIKE_A_PAGE.fullmatch(path.rpartition("/")[2])
        if not collection.whole or match is None:
            return
        locales = collection.homes.keys() or frozenset(collection.locales.values())
        meant = _meant(match, locales)
        if meant and meant != match[0]:
            message = f"a page is called `type.language-zone.md`, so this one is not published; did you mean `{meant}`?"
            yield self.finding(context.document, Span(0, 0), message)


def _meant(match: re.Match[str], known: Collection[str]) -> str:
    """The name that the file should have, in one of the `known` locales; empty if it is no page at all."""
    type_, language = match["type"].lower(), match["language"].lower()
    zone = (match["zone"] or "").lower()
    if type_ not in PAGE_TYPES:
        type_ = nearest(type_, sorted(PAGE_TYPES)) or ""
    locales = [f"{language}-{zone}", f"{zone}-{language}"]
    if not zone:
        own = sorted(locale for locale in known if locale.startswith(f"{language}-"))
        locales = [f"{language}-{language}", *(own if len(own) == 1 else [])]
    found = next((locale for locale in locales if locale in known), None)
    return f"{type_}.{found}.md" if type_ and found else ""
