import re
from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Fix
from balise.base.source import Edit
from balise.document import Fence
from balise.rules.base import PageRule, RuleContext

NUMBER = re.compile(r"[ \t]*+([0-9]++)([.:|]?+)(?=([ \t]*+))(?:[ \t]|$)")
LISTS = frozenset({"markdown", "md", "rst", "asciidoc", "adoc", "org", "textile"})
"""Languages in which a number at the beginning of a line makes a list."""
MAPPINGS = frozenset({"yaml", "yml", "python", "py", "javascript", "js"})
"""Languages in which a number and a colon may begin an entry."""
NO_TEXT = ("\n", "#", "<", "$ ", "{", "}")
"""What stands behind the number of a line that is no item of a list."""
NO_LANGUAGE = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})
SHELLS = frozenset({"sh", "bash", "shell", "zsh", "ssh", "console"})
"""What shows the output of commands, whose lines may have a number and a colon by themselves."""


class NumberedCode(PageRule):
    name = "numbered-code"
    group = "code"
    summary = "The lines of code have numbers in front of them"
    fixable = "always"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for fence in context.document.fences:
            numbers = _numbers(fence)
            if numbers:
                code = fence.code
                span = code.span(0, len(code.text))
                message = "the lines of this code have numbers, and who copies it copies them; remove them"
                edits = tuple(
                    Edit(code.span(start, end), "", code.text[start:end]) for start, end in numbers
                )
                fix = Fix("remove the numbers", safe=False, edits=edits)
                yield self.finding(context.document, span, message, fix=fix)


def _numbers(fence: Fence) -> Sequence[tuple[int, int]]:
    """Where the numbers stand, with the blanks behind them, if each line has one and they run from 1."""
    language = fence.language.text.lower()
    if language in LISTS:
        return ()
    found: list[re.Match[str]] = []
    start = 0
    for line in fence.code.text.split("\n"):
        number = NUMBER.match(fence.code.text, start, start + len(line))
        is_shebang = start == 0 and line.startswith("#!")
        if number is None and line.strip() and not is_shebang:
            return ()
        if number:
            found.append(number)
        start += len(line) + 1
    return _places(found) if _is_run(found) and _is_code(found, language) else ()


def _is_run(found: Sequence[re.Match[str]]) -> bool:
    """Whether the numbers are 1, 2, 3 and so on, in one form; without a sign they begin with a zero."""
    forms = {number[2] for number in found}
    padded = bool(found) and found[0][1].startswith("0")
    return (
        len(forms) == 1
        and (forms != {""} or padded)
        and all(number[1].lstrip("0") == str(count) for count, number in enumerate(found, 1))
    )


def _is_code(found: Sequence[re.Match[str]], language: str) -> bool:
    """Whether these are lines of code, and no list or output that has such numbers."""
    if language in SHELLS:
        return found[0][2] == "."
    if language in MAPPINGS:
        return found[0][2] != ":"
    if language in NO_LANGUAGE:
        return any(
            len(number[3]) > len(found[0][3]) or number.string.startswith(NO_TEXT, number.end(3))
            for number in found
        )
    return True


def _is_bare(number: re.Match[str]) -> bool:
    """Whether nothing stands behind the number."""
    return number.end(3) == number.endpos


def _places(found: Sequence[re.Match[str]]) -> Sequence[tuple[int, int]]:
    """The numbers, each with as many blanks behind it as all have."""
    blanks = min((len(number[3]) for number in found if not _is_bare(number)), default=0)
    return [(number.start(), min(number.end(2) + blanks, number.endpos)) for number in found]
