from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps, Severity
from balise.document import Document, FrontMatterEntry, Problem
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_keys import TEXT_KEYS

MEANINGS = {
    "mapping values are not allowed in this context": (
        "a value that contains `: ` needs quotes around it"
    ),
    "could not find expected ':'": "this line is not of the form `key: value`",
    "found character that cannot start any token": (
        "a value cannot begin with this character, unless it is in quotes"
    ),
    "did not find expected key": "this is not of the form `key: value`; a quote may be missing",
    "found unexpected end of stream": "a quote or bracket that was opened is never closed",
    "did not find expected node content": "a bracket or brace that was opened is never closed",
    "did not find expected alphabetic or numeric character": (
        "`*` or `&` at the start of a value needs quotes around the value"
    ),
    "did not find expected whitespace or line break": (
        "`!` at the start of a value needs quotes around the value"
    ),
    "block sequence entries are not allowed in this context": (
        "`- ` at the start of a value needs quotes around the value"
    ),
    "found a tab character that violates indentation": "a tab cannot indent a line; use spaces",
    "did not find expected ',' or ']'": "a bracket that was opened is never closed",
    "did not find expected ',' or '}'": "a brace that was opened is never closed",
}
"""What the YAML reader says -> what that means to the writer."""


KINDS = {
    "boolean": "a yes or no",
    "date": "a date",
    "list": "a list",
    "mapping": "a mapping",
    "reference": "a reference, because of its first character",
}
"""What YAML may take a text for -> what that is called."""


class InvalidFrontMatter(PageRule):
    name = "invalid-front-matter"
    group = "front-matter"
    summary = "The front matter cannot be read as it was meant"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for problem in document.problems:
            if message := _message(document, problem):
                yield self.finding(document, problem.span, message)
        for entry in document.front_matter.entries if document.front_matter else ():
            if entry.key in TEXT_KEYS and (kind := KINDS.get(entry.kind)):
                message = f"`{entry.key}` should be text, but YAML reads this as {kind}"
                yield self.finding(document, entry.value_span, message, fix=_quoted(entry))


def _message(document: Document, problem: Problem) -> str:
    if problem.kind == "front-matter-repeated-key":
        first = document.front_matter.get(problem.detail) if document.front_matter else None
        line = document.line(first.key_span.start) if first else 0
        return f"`{problem.detail}` is there already, on line {line}; remove one of the two"
    if problem.kind == "front-matter-unclosed":
        return "the front matter begins here and is never closed; add a line `---` behind it"
    if problem.kind == "front-matter-syntax":
        return f"the front matter is not valid: {MEANINGS.get(problem.detail, problem.detail)}"
    return ""


def _quoted(entry: FrontMatterEntry) -> Fix | None:
    if entry.kind not in ("boolean", "date"):
        return None
    title = f"put quotes around `{entry.value}`"
    return Fix.replacement(
        entry.value_span,
        f'"{entry.value}"',
        title,
        safe=True,
        removes=entry.value,
        keeps=Keeps.HTML,
    )
