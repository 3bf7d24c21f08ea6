import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Span
from balise.document import Document, Table
from balise.rules.base import PageRule, RuleContext

DASHES = re.compile(r":?-++:?")


class TableWithoutSeparator(PageRule):
    name = "table-without-separator"
    group = "tables"
    summary = "Rows of pipes lack the line that would make them a table"
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for table in context.document.tables:
            if table.separator:
                continue
            header = table.rows[0]
            if all(DASHES.fullmatch(cell.text.text) for cell in header.cells):
                message = (
                    "this table begins with its separator row, so other tools print it as text; "
                    "write the titles of its columns in a row above"
                )
                yield self.finding(context.document, header.span, message)
                continue
            fix = _fix(context.document, table)
            if table.misfit:
                message = (
                    f"the separator row does not have the {len(header.cells)} columns of the row "
                    "above it: other tools print this table as text"
                )
                yield self.finding(context.document, table.misfit, message, fix=fix)
            else:
                message = (
                    f"a row `{_separator(table)}` is missing under this one: "
                    "other tools print these rows as text, not as a table"
                )
                yield self.finding(context.document, header.span, message, fix=fix)


def _separator(table: Table) -> str:
    return "|" + "---|" * len(table.rows[0].cells)


def _fix(document: Document, table: Table) -> Fix:
    """Safe unless text stands directly below, which would become a row of the table."""
    safe = not table.text_below
    if table.misfit:
        title = "write the separator row anew"
        return Fix.replacement(table.misfit, _separator(table), title, safe=safe, keeps=Keeps.HTML)
    second = table.rows[1]
    start = second.span.start - len(second.prefix)
    row = f"{second.prefix}{_separator(table)}{document.newline}"
    title = "add the separator row"
    return Fix.replacement(Span(start, start), row, title, safe=safe, keeps=Keeps.HTML)
