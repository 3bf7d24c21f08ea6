import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.code_lines import code_lines

QUOTED = r"([“”„‘’‚«])([^“”„‘’‚«»\n]*+)([“”‘’»]?+)"
SIGN = re.compile(r"[“”„‘’‚«]")
VALUE = re.compile(rf"(?:(?<=[\w)\]]=)|(?<=\w = )|(?<=\w\()){QUOTED}")
"""A string that is assigned or given to a function."""
ITEM = re.compile(
    rf"(?:(?<=[\w)\]]=)|(?<=\w = )|(?<=[\[{{:,(])|(?<=[\[{{:,] )){QUOTED}(?=[ \t]*+(?:[:,)}}\]]|$))"
)
"""The same, or one in a list or mapping."""
DATA = frozenset({"json", "yaml", "yml", "python", "php", "javascript", "js"})
"""Languages with lists and mappings of such strings."""
TEXT = frozenset({"text", "txt", "plain", "plaintext", "none", "output", "markdown", "md"})
STRAIGHT = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}


class TypographicQuotesInCode(PageRule):
    name = "typographic-quotes-in-code"
    group = "code"
    summary = "A string in code has typographic quotes"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for line in code_lines(context.document, SIGN, lambda language: language not in TEXT):
            pattern = ITEM if line.language in DATA else VALUE
            strings = [m for m in pattern.finditer(line.text) if line.is_code(m.start())]
            if not strings:
                continue
            first = strings[0]
            message = (
                f"`{first[1]}` is no quote of a string, so this fails where it is pasted: "
                f"write `{STRAIGHT[first[1]]}`"
            )
            edits = tuple(
                Edit(line.span(*string.span(part)), STRAIGHT[string[1]])
                for string in strings
                for part in (1, 3)
            )
            certain = all(map(_is_certain, strings))
            title = f"write `{STRAIGHT[first[1]]}`"
            fix = Fix(title, safe=True, edits=edits) if certain else None
            place = line.span(first.start(), strings[-1].end())
            yield self.finding(context.document, place, message, fix=fix)


def _is_certain(string: re.Match[str]) -> bool:
    """Whether the string ends, and means the same between other quotes."""
    opening, inner, closing = string.groups()
    quote = STRAIGHT[opening]
    return bool(closing) and quote == STRAIGHT[closing] and quote not in inner and opening != "«"
