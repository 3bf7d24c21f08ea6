import re
from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext

NAME = re.compile(r"\w+")
INSTEAD = {
    "b": "write `**text**`",
    "i": "write `*text*`",
    "url": "write `[text](address)`",
    "img": "write `![text](address)`",
    "code": "put the code between two lines of three backticks",
    "list": "begin each line with `- `",
    "quote": "begin each line with `> `",
}


class BbcodeResidue(PageRule):
    name = "bbcode-residue"
    group = "text"
    summary = "A tag of a forum prints as text"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        found = list(context.document.residues_of("bbcode"))
        closed = {_name(r.text) for r in found if r.text.startswith("[/")}
        for residue in found:
            name = _name(residue.text)
            if not residue.text.startswith("[/") and "=" not in residue.text and name not in closed:
                continue  # `[b]` alone may be the name of a key, or an option
            hint = INSTEAD.get(name, "remove it")
            message = f"`{residue.text}` is a tag of a forum and prints as text; {hint}"
            yield self.finding(context.document, residue.span, message)


def _name(text: str) -> str:
    match = NAME.search(text)
    return match[0] if match else ""
