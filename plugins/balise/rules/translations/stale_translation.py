from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.claims.staleness import SourceChange, Statements, source_changes
from balise.collection import Origin
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span

MAX_TOLD = 4
"""Changes that are told; of more it is told how many."""


class StaleTranslation(PageRule):
    name = "stale-translation"
    group = "translations"
    summary = "The source states something that the translation does not know yet"
    severity = Severity.INFO
    needs_history = True
    follows_source = True

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        origin = collection.origins.get(document.path)
        then = context.versions.get(origin.version) if origin else None
        if origin is None or then is None:
            return
        now = Statements(collection.documents[origin.source], context.all_claims[origin.source])
        own = Statements(document, context.claims)
        changes = list(source_changes(Statements(then.document, then.claims), now, own))
        if changes:
            message = f"the source has changed {_since(origin)}: {_told(changes)}"
            yield self.finding(
                document,
                value_span(document, "title"),
                message,
                related=(_place(origin, now, changes),),
            )


def _since(origin: Origin) -> str:
    return f"since commit {origin.commit[:12]}" if origin.named else f"since {origin.day}"


def _told(changes: list[SourceChange]) -> str:
    told = [change.text for change in changes[:MAX_TOLD]]
    if more := len(changes) - len(told):
        told.append(f"{more} more")
    return "; ".join(told)


def _place(origin: Origin, now: Statements, changes: list[SourceChange]) -> Related:
    """The heading in the source below which the first change is; else the top of the source."""
    section = next((c.section for c in changes if c.section is not None), -1)
    if section >= 0:
        return Related(origin.source, now.document.headings[section].span, "here in the source")
    return Related(origin.source, value_span(now.document, "title"), "the source")
