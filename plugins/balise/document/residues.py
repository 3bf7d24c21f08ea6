"""Markup that went wrong and became text that a reader sees.

Only text is looked at, as the parser left it: code, addresses and what was escaped on purpose
are no text. The patterns say what kinds there are; the rules say which are worth a finding.
"""

import re
from collections.abc import Iterator

from balise.document.model import ResidueKind
from balise.syntax.attributes import LIST

BBCODE = "b|i|u|s|url|img|code|quote|list|size|color|center|red|blue|green|orange"
ANYWHERE: tuple[tuple[ResidueKind, re.Pattern[str]], ...] = (
    (
        "space-before-target",
        re.compile(r"\[[^\[\]]+\][ ]+\((?:https?://|mailto:|\.{0,2}/|#)[^()\s]*\)"),
    ),
    (
        "swapped-link",
        re.compile(r"\[https?://[^\[\]\s]++\]\((?=[^()]*[^\W\d_])[^()\[\]:/#]{1,200}+\)"),
    ),
    ("template", re.compile(r"\{\{%[^{}]*%\}\}|\{\{<[^{}]*>\}\}|\{%[^{}]*%\}")),
    (
        "bbcode",
        re.compile(
            rf"\[(?:{BBCODE})\]|\[[ \t]?/[ \t]?(?:{BBCODE})[ \t]?\]|\[/\]"
            r"|\[(?:url|img|code|quote|list|size|color)=[^\[\]]*\]"
            r"|\[/(?:url|img|code|quote|list)(?![\w\]/-])|(?<![\[/])/(?:url|img|code|quote|list)\]",
            re.IGNORECASE,
        ),
    ),
    # Between two letters it stands for an apostrophe.
    ("backtick", re.compile(r"(?<![\w`])`+|`+(?![\w`])")),
    # Where guides lay once, with or without brackets; not a file such as `docs/a/b.md`.
    (
        "leftover-path",
        re.compile(
            r"<(?:docs|guides)/[\w./-]++>"
            r"|(?<![\w<./:@~$-])(?:docs|guides)(?:/[\w-]++){2,}+/?+(?!\.?[\w>])"
        ),
    ),
)
QUICK = ("[", "{", "*", "`", "docs/", "guides/")
BLANK_INSIDE = (
    r"(?:(?<![\w*/(,.;:!?)])|[,.;:!?)](?=\*\*[ \t\xa0]))\*\*"
    r"(?=[^*]{0,200}(?:[^\W\d_]{3}|[0-9]\.[0-9]))"
    r"(?:[ \t\xa0]++[^*=+]{1,200}+|[^*\s][^*=+]{0,200}+(?<=[ \t\xa0]))\*\*(?!\*)\w?+"
)
"""`** bold text **`, with a sign directly in front and a letter behind; `2 ** x ** 3` is none."""
BLANK_MISSING = r"(?<![\w*/(])\*\*[^*\s][^*]{0,200}+(?:(?<=[:;!?])\*\*\w|(?<=[.,])\*\*[A-ZÀ-Þ])"
"""`**Label:**text`, to the first letter of the text."""
EMPHASIS: tuple[tuple[ResidueKind, str], ...] = (
    ("spaced-emphasis", f"{BLANK_INSIDE}|{BLANK_MISSING}"),
    ("stray-asterisks", r"(?<=[^\W\d_]{2})\*{4}(?=[^\W\d_]{2})|(?<=[.:!?])\*{3}(?![*\w])"),
    # Not `src/**/*.md`, not `f(**options)`, not `2**8`; `__init__` is a name more often than not.
    # The first form is a pair: `user**-old**`. CommonMark would have a blank or a sign in front.
    (
        "emphasis",
        (
            r"(?<=[^\W\d_])\*\*(?=[^\w\s*])[^*]{1,200}+"
            r"(?:(?<=\w)\*\*(?!\*)|(?<=\S)\*\*(?![\w*]))"
            r"|(?<![*\w/(])\*\*(?=\w)|(?<=[\w.:!?])\*\*(?![*\w/])"
        ),
    ),
)
"""The first that fits at a place is the one: bold text is wrong in one way."""
ANY_EMPHASIS = re.compile("|".join(f"({pattern})" for _, pattern in EMPHASIS))
STRONG = "**"
BEHIND_OWNER = re.compile(r"\{(?:[.#/][ ]?[\w-]+(?:[ ]?[\]})])?|[ ]?[\w-]+[ ]?[\]})])")
STRAY = re.compile(
    r"(?:(?<!\w)(?:'[^'`{]{1,80}+'|\"[^\"`{]{1,80}+\"|[‘“][^’”`{]{1,80}+[’”]))?"
    rf"(?<![{{$%])(?=\{{)(?:{LIST.pattern})"
)
"""Behind words in quotes, which were most likely meant to be code, they are a part of it."""
GLUED = re.compile(r"[^\W\d_]++")
DETACHED = re.compile(rf"[ \t]+({LIST.pattern})")
NUMBERED = re.compile(r"(?!1[.)])[0-9]{1,3}[.)](?=[ \t])")


def residues(text: str, *, one_open: bool = False) -> Iterator[tuple[ResidueKind, int, int]]:
    """What is wrong anywhere in a text, as (kind, start, end).

    `one_open` says that the first mark of bold text may belong to one in front of the text.
    """
    if not any(mark in text for mark in QUICK):
        return
    for kind, pattern in ANYWHERE:
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()
    if STRONG in text:
        yield from _emphasis(text, one_open=one_open)


def _emphasis(text: str, *, one_open: bool) -> Iterator[tuple[ResidueKind, int, int]]:
    lone, behind = one_open or text.count(STRONG) % 2 == 1, 0
    for match in ANY_EMPHASIS.finditer(text):
        kind, (start, end) = EMPHASIS[(match.lastindex or 1) - 1][0], match.span()
        lone = lone or STRONG in text[behind:start]
        behind = end
        if lone and kind == "spaced-emphasis":
            # Which two of three marks are a pair, nobody knows.
            start = text.index(STRONG, start)
            kind, end = "emphasis", start + len(STRONG)
        lone = lone or end - start == len(STRONG)
        yield kind, start, end


def residue_behind(text: str) -> tuple[ResidueKind, int, int] | None:
    """What is wrong at the start of a text behind a link, an image or a code span."""
    if match := DETACHED.match(text):
        return "detached-attribute", 0, match.end()
    if match := BEHIND_OWNER.match(text):
        return "malformed-attribute", 0, match.end()
    if match := GLUED.match(text):
        return "glued-word", 0, match.end()
    return None


def stray_attributes(text: str, start: int) -> Iterator[tuple[ResidueKind, int, int]]:
    """Attribute lists from `start` on in a text, up to code that has no end."""
    backtick = text.find("`")
    for match in STRAY.finditer(text, start, len(text) if backtick < 0 else backtick):
        yield "stray-attribute", match.start(), match.end()


def swallowed_number(text: str) -> tuple[ResidueKind, int, int] | None:
    """`2.` at the start of a line of a paragraph: only a list that begins with 1 may begin there."""
    match = NUMBERED.match(text)
    return ("list-number", 0, match.end()) if match else None


def last_word(text: str) -> str:
    """The letters that a text ends in."""
    start = len(text)
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:]
