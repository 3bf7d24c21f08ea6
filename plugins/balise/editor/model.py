"""What features answer, in places of the decoded text; `editor/conversion.py` makes the protocol's types of it."""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from balise.base.findings import Finding
from balise.base.source import Edit, Span
from balise.refactor.model import Refactoring


class Place(msgspec.Struct, frozen=True):
    """A place in a file: all of what is there, and what of it is to be selected."""

    path: str
    span: Span
    selection: Span | None = None


class Hover(msgspec.Struct, frozen=True):
    """Markdown about what stands at a place."""

    markdown: str
    span: Span


PLACE_TO_FILL = re.compile(r"\$(?:\{[0-9]+:([^{}]*)\}|[0-9]+)")
"""A place of a snippet, as the protocol writes it (LSP 3.17, Snippet Syntax), and its text."""

CompletionKind = Literal[
    "page", "anchor", "picture", "folder", "block", "attribute", "key", "value", "rule", "fact"
]


class Completion(msgspec.Struct, frozen=True):
    """One thing that can be written: `edit` writes it, `label` and `detail` show it.

    Editors filter by `filter_text`; the order of the completions is theirs. A `snippet` has places
    to fill in, as `$1`. `documentation` is Markdown.
    """

    label: str
    kind: CompletionKind
    edit: Edit
    detail: str = ""
    documentation: str = ""
    filter_text: str = ""
    snippet: bool = False

    @property
    def plain(self) -> "Completion":
        """The same for an editor that fills in no places: the texts in them stay."""
        if not self.snippet:
            return self
        text = PLACE_TO_FILL.sub(r"\1", self.edit.text)
        return replace(self, edit=Edit(self.edit.span, text), snippet=False)


class Symbol(msgspec.Struct, frozen=True):
    """Something with a name on a page: a heading and what is below it, a page."""

    name: str
    place: Place
    kind: Literal["page", "heading", "block"]
    detail: str = ""
    children: Sequence["Symbol"] = ()


class DocumentLink(msgspec.Struct, frozen=True):
    """A link of a page: where its address stands, and what it opens: a file, or an address elsewhere."""

    span: Span
    target: Place | None = None
    url: str = ""
    tooltip: str = ""


class Fold(msgspec.Struct, frozen=True):
    """Lines, from 1, that can be folded into the first."""

    first: int
    last: int
    kind: Literal["region", "comment", ""] = ""


class Hint(msgspec.Struct, frozen=True):
    """A text that an editor shows behind a place and that is not in the file."""

    offset: int
    label: str
    tooltip: str = ""


class Lens(msgspec.Struct, frozen=True):
    """A line above a place, which leads to other places."""

    span: Span
    title: str
    places: Sequence[Place] = ()


class Translation(msgspec.Struct, frozen=True):
    """The same guide in another locale; `state` says in a word or two how it is; no `path`: none."""

    locale: str
    path: str
    state: str


class CodeAction(msgspec.Struct, frozen=True):
    """Something that an editor offers to do, about a finding if there is one; of several the `preferred`."""

    kind: Literal["quickfix", "source.fixAll.balise"]
    refactoring: Refactoring
    finding: Finding | None = None
    preferred: bool = False
