import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Span
from balise.document import Document, Table, TableRow
from balise.rules.base import PageRule, RuleContext

DASHES = re.compile(r":?-{2,}+:?")


class RepeatedHeaderRow(PageRule):
    name = "repeated-header-row"
    group = "tables"
    summary = "The header or the separator row of a table stands in it a second time"
    fixable = "always"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for table in document.tables:
            if not table.separator and not table.misfit:
                continue
            if _repeats_header(document, table):
                row = table.rows[1]
                message = (
                    "this row is the header once more: write the titles of the columns in it, "
                    "or remove this row"
                )
                fix = _removed(document, row, "remove this row", safe=False)
                yield self.finding(document, row.span, message, fix=fix)
            for row in table.rows[1:]:
                if row.written and all(DASHES.fullmatch(c.text.text.strip()) for c in row.cells):
                    message = "a table has one separator row, so this one prints as dashes"
                    fix = _removed(document, row, "remove the row of dashes", safe=True)
                    yield self.finding(document, row.span, message, fix=fix)


def _repeats_header(document: Document, table: Table) -> bool:
    """Whether the first row of the body has the texts of the header, and no pictures or links."""
    if len(table.rows) < 2:
        return False
    header, row = ([cell.text.text.strip() for cell in row.cells] for row in table.rows[:2])
    if header != row or not any(header):
        return False
    start, end = table.rows[1].span.start, table.rows[1].span.end
    pictures = any(start <= image.span.start < end for image in document.images)
    return not pictures and not any(start <= link.span.start < end for link in document.links)


def _removed(document: Document, row: TableRow, title: str, *, safe: bool) -> Fix:
    """The whole line goes."""
    line = document.line(row.span.start)
    start = document.line_starts[line - 1]
    words = " ".join(cell.text.text for cell in row.cells)
    end = document.line_starts[line] if line < len(document.line_starts) else document.length
    return Fix.replacement(Span(start, end), "", title, safe=safe, removes=words, keeps=Keeps.WORDS)
