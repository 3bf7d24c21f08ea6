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
        opened = {_name(r.text) for r in found if not _closes(r.text)}
        closed = {_name(r.text) for r in found if _closes(r.text)}
        for residue in found:
            name = _name(residue.text)
            if not _closes(residue.text) and "=" not in residue.text and name not in closed:
                continue  # `[b]` alone may be the name of a key, or an option
            if _lacks_bracket(residue.text) and name not in opened:
                continue  # as may `[/list`, and `code/url]` the end of a path
            hint = INSTEAD.get(name, "remove it")
            message = f"`{residue.text}` is a tag of a forum and prints as text; {hint}"
            yield self.finding(context.document, residue.span, message)


def _closes(text: str) -> bool:
    return text.lstrip("[ \t").startswith("/")


def _lacks_bracket(text: str) -> bool:
    return not (text.startswith("[") and text.endswith("]"))


def _name(text: str) -> str:
    match = NAME.search(text)
    return match[0].lower() if match else ""
