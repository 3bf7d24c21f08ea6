"""What stays the same of a finding when the lines around it move."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from balise.base.findings import Finding
from balise.base.source import SourceFile


def fingerprints(
    findings: Sequence[Finding], source: Callable[[str], SourceFile | None]
) -> list[str]:
    """32 hexadecimal digits for each finding, in the same order.

    They stand for the rule, the path and the text of the line, blanks aside, and for which of
    several equal ones it is; for the cause of the finding in place of path and line, if it has one.
    `source` gives the text of a page, None where there is none.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found: list[str] = []
    for finding, line in zip(findings, lines_of(findings, source), strict=True):
        cause = finding.cause
        key = (finding.rule, *((cause.within, cause.key) if cause else (finding.path, line)))
        seen[key] += 1
        parts = "\0".join((*key, str(seen[key])))
        found.append(hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:32])
    return found


def lines_of(
    findings: Iterable[Finding], source: Callable[[str], SourceFile | None]
) -> Iterator[str]:
    """The text of the line of each finding, without blanks; none of what `source` gives no text of."""
    for finding in findings:
        page = source(finding.path)
        if page is None or not page.text:
            yield ""
        else:
            yield "".join(page.line(page.position(finding.span.start).line).split())
