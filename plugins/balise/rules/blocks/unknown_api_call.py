from collections.abc import Iterator

from balise.base.findings import Finding
from balise.base.suggestions import nearest
from balise.collection import Collection
from balise.collection.api_schema import Section, bare_path, section_of
from balise.document import ApiBlock, ApiCall
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import enumeration

LIKE = 80.0
"""Least similarity of a part of a path that may have been meant."""


class UnknownApiCall(PageRule):
    name = "unknown-api-call"
    group = "blocks"
    summary = "A call of the API is not in the team's schema of it"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        for block in document.blocks_of(ApiBlock):
            for call in block.calls:
                if message := _wrong(call, collection):
                    yield self.finding(document, call.span, message)


def _wrong(call: ApiCall, collection: Collection) -> str:
    """What is wrong with a call; nothing where it is known, or no schema is about its section."""
    sections = collection.api_sections
    if not call.verb or not sections:
        return ""
    version, first = section_of(call.version, call.path)
    section = sections.get((version, first))
    if section is None:
        meant = nearest(first, [name for known, name in sections if known == version])
        if meant is None:
            return ""
        section = sections[version, meant]
    route = section.get(bare_path(call.path))
    if route is None:
        file = next(iter(section.values())).file
        meant = _meant(call, section)
        hint = f"; did you mean `{meant}`?" if meant else ""
        return f"`{file}` has no path `{call.path}`{hint}"
    if call.verb in route.verbs:
        return ""
    return f"`{route.file}` has no {call.verb} for `{call.path}`, only {enumeration(route.verbs)}"


def _meant(call: ApiCall, section: Section) -> str | None:
    """The path that has other letters in one of its parts, if there is such a path with this verb."""
    parts = bare_path(call.path).split("/")
    for bare, route in section.items():
        theirs = bare.split("/")
        if len(theirs) != len(parts) or call.verb not in route.verbs:
            continue
        differing = [pair for pair in zip(parts, theirs, strict=True) if pair[0] != pair[1]]
        if len(differing) == 1 and nearest(differing[0][0], [differing[0][1]], threshold=LIKE):
            return route.path
    return None
