"""The terms of code that are the same in every language: options, paths, addresses and first words of lines.

What else a line of code has may be the author's own: names, values, comments, what a program prints.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from balise.base.suggestions import is_slip

TermKind = Literal["option", "path", "address", "word"]

PROMPT = re.compile(
    r"[ \t]*+(?:[\w.-]{1,40}@[^\s$#>]{1,60}(?:[ ][^\s$#>]{1,60})?[$#>](?=\s)"
    r"|(?:PS[ ])?[A-Za-z]:[\\\w.-]{0,80}>|[$>%](?=\s))?[ \t]*+(?:sudo[ \t]++)?"
)
"""What stands in front of a command: `user@host:~$`, `C:\\>`, `sudo`."""
COMMENT = re.compile(r"[ \t]*+(?:#|//|;|--[ ]|/?\*|<!--|REM\b|::)")
TERM = re.compile(
    r"(?:https?|ftp)://[^\s\"'<>`,;!)\]]++"
    r"|(?<![^\s\[(|\"'])[-\u2013\u2014]{1,2}[^\W\d_][\w-]*+"
    r"|(?<![\w.:/~}$*-])~?/[\w.@+-]++(?:/[\w.@+-]++)++/?"
)
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*+(?=[ \t=(]|$)|[A-Za-z][A-Za-z0-9_.-]*+(?=\()")

SYSTEM = ("/bin/", "/boot/", "/dev/", "/etc/", "/lib", "/opt/", "/proc/", "/root/", "/run/", "/sbin/", "/sys/", "/usr/", "/var/")  # fmt: skip
"""How paths begin that a system gives; others, such as `/home/`, are the author's own."""
EDITORS = frozenset({"edit", "editor", "emacs", "gedit", "nano", "notepad", "vi", "vim"})
PLACEHOLDER = re.compile(r"[A-Z][A-Z0-9_-]{2,}|[xX]{3,}|[a-z]{2}(?:[-_][A-Za-z]{2})?")
"""A part of a path or address that each language may have its own of: `FOLDER`, `xxx`, `fr-fr`."""
PARTS = re.compile(r"[^/.?&=#:]+")

NAMES = re.compile(r"([^A-Za-z]++)")
"""What stands between the names of a term."""
MIN_NAME = 6
"""Letters of a name in which one letter tells a slip from another name."""
MIN_SWAPPED = 4
"""The same where two letters have changed places."""


class Term(msgspec.Struct, frozen=True):
    """A term of the code, `code[start:end]`.

    `command` is the first word of its line, if that begins with a word; `line_end` is where it ends.
    """

    text: str
    start: int
    end: int
    command: str
    line_end: int


def code_terms(code: str) -> Iterator[Term]:
    """The terms of some code, line by line; the words of comments aside."""
    at = 0
    for line in code.split("\n"):
        end = at + len(line)
        prompt = PROMPT.match(line)
        first = prompt.end() if prompt else 0
        word = None if COMMENT.match(line) else WORD.match(line, first)
        command = word[0] if word else ""
        if word:
            yield Term(command, at + word.start(), at + word.end(), command, end)
        for found in TERM.finditer(line, first):
            text, start = found[0].rstrip(".:"), at + found.start()
            yield Term(text, start, start + len(text), command, end)
        at = end + 1


def term_kind(term: str) -> TermKind:
    """What a term is, by its text alone."""
    if term.startswith(("-", "\u2013", "\u2014")):
        return "option"
    if term.startswith(("/", "~")):
        return "path"
    return "address" if "://" in term else "word"


def may_stand_for(term: str, other: str) -> bool:
    """Whether a page may have `term` where others have `other`, and both are right for all that is known.

    So it is with terms of two kinds, names that each language has its own of, paths that no system
    gives, and sites of other countries.
    """
    kind = term_kind(term)
    if kind != term_kind(other) or term.casefold() == other.casefold() or not other.isascii():
        return True
    match kind:
        case "option":
            return False
        case "word":
            return {term, other} <= EDITORS
        case "path":
            known = term.startswith(SYSTEM) and other.startswith(SYSTEM)
        case "address":
            known = _host(term) == _host(other)
    return not known or _names_differ(term, other)


def is_misspelled(term: str, other: str) -> bool:
    """Whether two terms are the same but for a slip in one name; short names are too much alike."""
    names, others = NAMES.split(term.casefold()), NAMES.split(other.casefold())
    differing = [pair for pair in zip(names, others, strict=False) if pair[0] != pair[1]]
    if len(names) != len(others) or len(differing) != 1:
        return False
    ours, theirs = differing[0]
    least = MIN_SWAPPED if sorted(ours) == sorted(theirs) else MIN_NAME
    return min(len(ours), len(theirs)) >= least and is_slip(ours, theirs)


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].casefold()


def _names_differ(term: str, other: str) -> bool:
    """Whether two paths or addresses differ only in what each language has its own of."""
    pairs = zip(PARTS.findall(term), PARTS.findall(other), strict=False)
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    return bool(differing) and all(
        PLACEHOLDER.fullmatch(ours) or PLACEHOLDER.fullmatch(theirs) for ours, theirs in differing
    )
