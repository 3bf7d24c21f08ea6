import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.code_lines import code_lines

DASHES = "‐‑‒–—―−"
SIGN = re.compile(f"[{DASHES}]")
OPTION = re.compile(rf"(?<!\S)(?=-?[{DASHES}])([-{DASHES}]{{1,2}}+)([A-Za-z][\w-]*+)(?![{DASHES}])")
LANGUAGES = frozenset({"", "sh", "bash", "shell", "zsh", "ksh", "ssh", "console", "bat", "cmd"})
"""What shows commands; PowerShell takes any dash."""
HYPHENS = frozenset("‐‑−")
"""Signs that look like a hyphen, so one stands for one."""
EM_DASHES = frozenset("—―")


class DashInCode(PageRule):
    name = "dash-in-code"
    group = "code"
    summary = "An option of a command begins with a typographic dash"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for line in code_lines(context.document, SIGN, LANGUAGES.__contains__):
            options = [m for m in OPTION.finditer(line.text) if line.is_code(m.start())]
            if not options:
                continue
            first = options[0]
            meant = [_hyphens(option) for option in options]
            ways = [meant[0]] if meant[0] else ["-", "--"]
            way = " or ".join(f"`{hyphens}{first[2]}`" for hyphens in ways)
            others = f"; there are {len(options)} of them" if len(options) > 1 else ""
            message = (
                f"`{first[0]}` begins with a dash that no command takes for an option: "
                f"write {way}{others}"
            )
            edits = tuple(
                Edit(line.span(*option.span(1)), hyphens)
                for option, hyphens in zip(options, meant, strict=True)
            )
            fix = Fix("write hyphens", safe=True, edits=edits) if all(meant) else None
            place = line.span(first.start(), options[-1].end())
            yield self.finding(context.document, place, message, fix=fix)


def _hyphens(option: re.Match[str]) -> str:
    """What was meant by the dashes in front of an option; nothing if that may be one or two."""
    dashes, is_letter = option[1], len(option[2]) == 1
    if dashes in HYPHENS or (len(dashes) == 1 and is_letter):
        return "-"
    return "" if is_letter or (len(dashes) == 1 and dashes not in EM_DASHES) else "--"
