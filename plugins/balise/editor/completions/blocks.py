"""Blocks of the dialect, with what they are made of."""

from collections.abc import Iterator

from balise.base.source import Edit
from balise.document.code.languages import LANGUAGES
from balise.editor.matching import LIMIT, best_matches
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View

BODIES = {
    "api": "@api {${1:v1}} ${2:/section} ${3:GET} ${4:/section/path}",
    "carousel": "- ![${1:caption}](${2:images/picture.png})",
    "faq": "${1:Question}\n>> ${2:Answer}",
    "product-section": "$1",
    "tabs": "${1:Title}\n>> ${2:Content}\n> ${3:Title}\n>> ${4:Content}",
}
"""What stands below the marker of each block that is no callout; `>` begins a deeper level."""
KINDS = {
    "primary": "something to know",
    "warning": "a warning",
    "success": "what has been reached",
    "alert": "a danger",
    "secondary": "something beside the point",
    "hint": "a tip",
    "note": "a note",
    "tabs": "tabs to choose from",
    "faq": "questions and answers",
    "api": "calls of the API",
    "carousel": "pictures in a row",
    "product-section": "half of a product's page",
    "info": "a callout; `primary` is what guides use",
}
"""The types of blocks, those that are written most first."""


def blocks(view: View, typed: Typed) -> Iterator[Completion]:
    """Callouts and the other blocks that begin with a marker."""
    types = list(KINDS)
    for type_ in (types[index] for index in best_matches(typed.text, types, LIMIT)):
        body = BODIES.get(type_, "${1:Text}")
        lines = "\n".join(f"{_below(typed.about, line)}" for line in body.split("\n"))
        yield Completion(
            label=f"[!{type_}]",
            kind="block",
            edit=Edit(typed.span, f"{type_}]\n{lines}$0"),
            detail=KINDS[type_],
            filter_text=typed.text,
            snippet=True,
        )


def _below(marks: str, line: str) -> str:
    """A line of a block behind the marks that its first line has."""
    deeper = line.startswith(">>")
    return f"{marks.rstrip()}{'>' if deeper else ''} {line.removeprefix('>>').removeprefix('>').lstrip()}"


def details(view: View, typed: Typed) -> Iterator[Completion]:
    """What can be opened."""
    yield Completion(
        label="/// details",
        kind="block",
        edit=Edit(typed.span, "/// details | ${1:Title}\n${2:Text}\n///$0"),
        detail="what can be opened",
        filter_text=typed.text,
        snippet=True,
    )


def languages(view: View, typed: Typed) -> Iterator[Completion]:
    """Languages of code."""
    names = sorted({*LANGUAGES, "console", "text"})
    for name in (names[index] for index in best_matches(typed.text, names, LIMIT)):
        yield Completion(name, "value", Edit(typed.span, name), filter_text=typed.text)
