"""Places of findings, and text that a terminal or a log can be trusted with."""

from balise.base.findings import Finding
from balise.base.source import Position, Span
from balise.check.report import Report


def positions(report: Report, path: str, span: Span) -> tuple[Position, Position]:
    """Where a span of a page starts and ends."""
    document = report.lines[path]
    return document.position(span.start), document.position(span.end)


def place(report: Report, path: str, span: Span) -> str:
    """Where a span of a page starts, as `path:line:column`.

    A path that begins like a command to a CI system (`::error`, `##[error]`) is shown with `./`.
    """
    start, _ = positions(report, path, span)
    harmless = f"./{path}" if path.startswith((":", "#")) else path
    return f"{harmless}:{start.line}:{start.column}"


def summary(report: Report, finding: Finding) -> str:
    """A finding as `path:line:column: severity message (rule)`."""
    where = place(report, finding.path, finding.span)
    return f"{where}: {finding.severity.value} {finding.message} ({finding.rule})"


def printable(text: str) -> str:
    """`text` on one line, without anything that a terminal or a log would obey."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
