from collections.abc import Iterator

from balise.base.counting import count
from balise.base.findings import Finding
from balise.rules.base import PageRule, RuleContext


class RaggedTable(PageRule):
    name = "ragged-table"
    group = "tables"
    summary = "A row of a table has more or fewer cells than the table has columns"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for table in context.document.tables:
            for row in table.rows[1:]:
                columns = count(len(row.cells), "column")
                if row.beyond:
                    message = (
                        f"the table has {columns}, so this does not print; add a column to its "
                        r"first row, or write `\|` for a `|` that is text"
                    )
                    yield self.finding(context.document, row.beyond, message)
                elif row.written < len(row.cells):
                    cells = count(row.written, "cell")
                    message = f"this row has {cells}, the table has {columns}"
                    yield self.finding(context.document, row.span, message)
