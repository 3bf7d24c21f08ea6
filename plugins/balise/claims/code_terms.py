"""The terms of code that are the same in every language: options, paths, addresses and first words of lines.

What else a line of code has may be the author's own: names, values, comments, what a program prints.
"""

import re
from collections.abc import Iterator

import msgspec

PROMPT = re.compile(
    r"[ \t]*+(?:[\w.-]{1,40}@[^\s$#>]{1,60}(?:[ ][^\s$#>]{1,60})?[$#>](?=\s)|(?:PS[ ])?[A-Za-z]:[\\\w.\\-]{0,80}>|[$>%](?=\s))?[ \t]*+(?:sudo[ \t]++)?"
)
"""What stands in front of a command: `user@host:~$`, `C:\\>`, `sudo`."""
COMMENT = re.compile(r"[ \t]*+(?:#|//|;|--[ ]|/?\*|<!--|REM\b|::)")
TERM = re.compile(
    r"(?P<address>[a-z][a-z0-9+.-]{0,15}://[^\s\"'<>`,;)\]]++"
    r"|(?<![\w.-])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?![\w-]|\.[0-9]))"
    r"|(?P<option>(?<![^\s\[(|\"'])[-\u2013\u2014]{1,2}[^\W\d_][\w-]*+)"
    r"|(?P<path>(?<![\w.:/~}$*-])~?/[\w.@+-]++(?:/[\w.@+-]++)++/?)"
)
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*+(?=[\s:=(]|$)")


class Term(msgspec.Struct, frozen=True):
    """A term of the code, `code[start:end]`, and the number of its line, from 0.

    `kind` is `option`, `path`, `address`, or `word` for the first of a line.
    """

    kind: str
    text: str
    line: int
    start: int
    end: int


def code_terms(code: str) -> Iterator[Term]:
    """The terms of some code, line by line; comments aside."""
    at = 0
    for number, line in enumerate(code.split("\n")):
        if not COMMENT.match(line):
            prompt = PROMPT.match(line)
            first = prompt.end() if prompt else 0
            if word := WORD.match(line, first):
                yield Term("word", word[0], number, at + word.start(), at + word.end())
            for found in TERM.finditer(line, first):
                kind = found.lastgroup or ""
                yield Term(kind, found[0], number, at + found.start(), at + found.end())
        at += len(line) + 1
