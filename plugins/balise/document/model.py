"""The facts of one page. Plain data: rules and the collection see this and nothing else.

Every `span` is in the file's decoded text (see `balise.base.source`).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

from balise.base.source import Lines, Span
from balise.document.block_model import BaseBlock, Block
from balise.document.source_map import Segments, source_span

AnyBlock = TypeVar("AnyBlock", bound=BaseBlock)


class Text(msgspec.Struct, frozen=True, array_like=True):
    """Text as a reader sees it, without marks, escapes or entities, and where it stands in the file.

    `segments` are pairs of an offset in `text` and the offset in the file of the same character;
    between two pairs both advance together.
    """

    text: str
    segments: Segments = ()

    def span(self, start: int, end: int) -> Span:
        """The place in the file of `text[start:end]`, which must not be empty."""
        return source_span(self.segments, start, end)


ValueKind = Literal[
    "text", "integer", "number", "boolean", "date", "null", "list", "mapping", "reference"
]
"""What YAML takes a value for; a `reference` begins with `&` or `*`."""


class FrontMatterEntry(msgspec.Struct, frozen=True, array_like=True):
    """One `key: value` of the front matter; `value` is as written, without quotes.

    `items` are the values of a list, each with its place; of a mapping its keys and values in turn.
    """

    key: str
    key_span: Span
    value: str
    kind: ValueKind
    value_span: Span
    items: tuple[tuple[str, Span], ...] = ()


class FrontMatter(msgspec.Struct, frozen=True, array_like=True):
    """The front matter; `span` is from the first `---` to the end of the last."""

    span: Span
    entries: tuple[FrontMatterEntry, ...] = ()

    def get(self, key: str) -> FrontMatterEntry | None:
        """The first entry with this key."""
        return next((e for e in self.entries if e.key == key), None)


class AttributeItem(msgspec.Struct, frozen=True, array_like=True):
    """One item of an attribute list: `.class`, `#id` or `key="value"`; the first two have no `key`."""

    span: Span
    kind: Literal["class", "id", "pair"]
    value: str
    key: str = ""


class Attributes(msgspec.Struct, frozen=True, array_like=True):
    """One attribute list, such as `{.external #id width="400"}`; `span` includes its brackets."""

    span: Span
    items: tuple[AttributeItem, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes, in order."""
        return tuple(i.value for i in self.items if i.kind == "class")


class Heading(msgspec.Struct, frozen=True, array_like=True):
    """A heading. `id` is the one the site prints; `aliases` are older ids that must also work.

    `span` is the construct, marks and all, `content` what stands between its marks and its
    attribute lists; `line` counts from 1.
    """

    level: int
    text: str
    id: str
    aliases: tuple[str, ...]
    span: Span
    line: int
    attributes: tuple[Attributes, ...] = ()
    content: Span = Span(0, 0)


LinkKind = Literal["link", "autolink", "html"]


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A link: `[text](href)`, `[text][ref]` or `<href>` without its attribute lists, or `<a href>`.

    `address` is the place of its address; None where that stands elsewhere, as in `[text][ref]`.
    The text of an `html` link is not known.
    """

    href: str
    text: str
    span: Span
    kind: LinkKind = "link"
    attributes: tuple[Attributes, ...] = ()
    address: Span | None = None


class Image(msgspec.Struct, frozen=True, array_like=True):
    """An image, without its attribute lists, or an `<img>` (`html`); `address` as of a link."""

    src: str
    alt: str
    span: Span
    attributes: tuple[Attributes, ...] = ()
    address: Span | None = None
    html: bool = False


class CodeSpan(msgspec.Struct, frozen=True, array_like=True):
    """A code span, backticks included in `span`; `segments` say where `text` stands, as of a `Text`."""

    text: str
    span: Span
    attributes: tuple[Attributes, ...] = ()
    segments: Segments = ()

    @property
    def code(self) -> Text:
        """What stands between the backticks."""
        return Text(self.text, self.segments)


class Emphasis(msgspec.Struct, frozen=True, array_like=True):
    """Emphasis, strong or not, that has an attribute list; marks are included in `span`."""

    text: str
    span: Span
    attributes: tuple[Attributes, ...]


class Anchor(msgspec.Struct, frozen=True, array_like=True):
    """A place made by hand: `<a name="x">`, an HTML tag with an `id`, or `{#x}` behind a link."""

    name: str
    span: Span


class TableCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell of a table and its text; an empty one has an empty span."""

    text: Text
    span: Span


class TableRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of a table, with as many cells as the table has columns.

    `written` is how many cells the row has itself, `prefix` the text in front of it on its line:
    indent, `> ` and the like. `beyond` is the place of cells that no column is left for.
    """

    cells: tuple[TableCell, ...]
    span: Span
    written: int
    prefix: str
    beyond: Span | None = None


class Table(msgspec.Struct, frozen=True, array_like=True):
    """A table, or rows of pipes without a separator row `|---|` (`separator` is then false).

    The first row is the header. `misfit` is the place of a separator row that has more or fewer
    columns than it. `text_below` says that text stands directly below the last row, which a table
    would take for one more. `line` counts from 1.
    """

    rows: tuple[TableRow, ...]
    separator: bool
    misfit: Span | None
    span: Span
    line: int
    text_below: bool = False


class Quote(msgspec.Struct, frozen=True, array_like=True):
    """A plain quotation: lines with `>` and no marker; an `empty` one has nothing else.

    `span` is from its first `>` to the end of its last line; `line` counts from 1.
    """

    span: Span
    line: int
    empty: bool = False


class Include(msgspec.Struct, frozen=True, array_like=True):
    """The text of another file, `{!> path !}`; `path` is from the collection's root, `address` its place.

    In a fence it stands for `code`, and for a part of the page anywhere else.
    """

    path: str
    span: Span
    address: Span
    code: bool = False


class CodeError(msgspec.Struct, frozen=True, array_like=True):
    """Why code is not of its language, and the offset in the code where that shows."""

    reason: str
    offset: int


class Fence(msgspec.Struct, frozen=True, array_like=True):
    """Code between two fences. `info` is what stands behind the first; `line` counts from 1.

    `closed` is false where the second fence is missing. `code` is what stands between the two,
    without the last line end. `language` is the one that `info` names, and `written_in` another one
    that the code is certainly in, if it is. `error` is what the parser of `language` finds.
    """

    info: str
    span: Span
    line: int
    closed: bool
    code: Text
    language: Text = Text("")
    written_in: str = ""
    error: CodeError | None = None


class HtmlTag(msgspec.Struct, frozen=True, array_like=True):
    """One raw HTML tag; `name` in lower case. `<br/>` is an opening tag and a closing one.

    `words` is the tag as it is written, where it is more or other than `<name>` and has no values: `<IP address>`.
    """

    name: str
    closing: bool
    span: Span
    words: str = ""


class HtmlElement(msgspec.Struct, frozen=True, array_like=True):
    """The opening tag of an element in raw HTML, as a browser reads it; all names are in lower case.

    The values of `attributes` are as they read. A tag that HTML does not allow, such as
    `<img/src=x>`, is one here and none of the `html_tags`.
    """

    name: str
    attributes: tuple[tuple[str, str], ...]
    span: Span


ResidueKind = Literal[
    "detached-attribute",
    "malformed-attribute",
    "stray-attribute",
    "space-before-target",
    "swapped-link",
    "template",
    "bbcode",
    "emphasis",
    "spaced-emphasis",
    "stray-asterisks",
    "backtick",
    "list-number",
    "leftover-path",
    "glued-word",
]


class Residue(msgspec.Struct, frozen=True, array_like=True):
    """Text that a reader sees and that was meant to be markup; `text` is what the reader sees.

    A `glued-word` is none by itself: no space tells it from the markup beside it.
    """

    kind: ResidueKind
    text: str
    span: Span


ForeignKind = Literal[
    "admonition",
    "details",
    "tabs",
    "snippet",
    "mkdocstrings",
    "container",
    "hugo",
    "liquid",
    "mdx",
    "myst",
    "comment",
]

GENERATING: frozenset[ForeignKind] = frozenset(
    {"snippet", "mkdocstrings", "hugo", "liquid", "mdx", "myst"}
)
"""Markup in whose place another system puts what is not on the page, headings among it."""


class ForeignSyntax(msgspec.Struct, frozen=True, array_like=True):
    """Markup of another system, which prints as text; `text` and `span` are of its first line.

    `covers` is all that it holds there.
    """

    kind: ForeignKind
    text: str
    span: Span
    covers: Span

    def holds(self, span: Span) -> bool:
        """Whether a place is in it."""
        return self.covers.start <= span.start and span.end <= self.covers.end


class ListItem(msgspec.Struct, frozen=True, array_like=True):
    """An item of a list; `marker` is its bullet or number, `number` that number as it is written.

    `text_below` is where a paragraph begins on the line below an empty item, in the same block
    and in no item: the text that was meant to be the item's. None if there is none.
    """

    marker: Span
    span: Span
    ordered: bool
    empty: bool
    text_below: int | None = None
    number: str = ""


class Prose(msgspec.Struct, frozen=True, array_like=True):
    """A paragraph, in a list item or a block or by itself; `line` is its first, from 1."""

    text: Text
    span: Span
    line: int


ProblemKind = Literal[
    "unreadable",
    "undecodable",
    "nul",
    "empty",
    "front-matter-syntax",
    "front-matter-unclosed",
    "front-matter-repeated-key",
    "data-syntax",
    "nested-too-deep",
]


class Problem(msgspec.Struct, frozen=True, array_like=True):
    """Something that could not be read as it was meant; a rule makes the finding out of it."""

    kind: ProblemKind
    span: Span
    detail: str = ""


SuppressionKind = Literal["ignore", "ignore-page", "off", "on", "malformed"]


class Suppression(msgspec.Struct, frozen=True, array_like=True):
    """A comment `<!-- balise: kind[names] reason -->`; without `names` it is about all rules.

    `covers` is what it silences them for; None if there is nothing, and of `on`. A region that
    `off` begins ends at the first `on` without names; an `on` with names ends it for these alone.
    `removal` is what goes with the comment so that all else stays as it is; None where it cannot.
    Of a `malformed` one `reason` is all that stands behind `balise:`.
    """

    kind: SuppressionKind
    names: tuple[tuple[str, Span], ...]
    reason: str
    span: Span
    covers: Span | None = None
    removal: Span | None = None

    @property
    def directive(self) -> str:
        """What it does, as it is written: `ignore[links]`."""
        names = ", ".join(name for name, _ in self.names)
        return f"{self.kind}[{names}]" if names else self.kind


class DataEntry(msgspec.Struct, frozen=True, array_like=True):
    """One value of a data file, and the names that lead to it: `a: {b: c}` is `("a", "b")`.

    `key_span` is of the last of the keys, `above` are the places of those before it.
    """

    keys: tuple[str, ...]
    value: str
    key_span: Span
    value_span: Span
    above: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document(Lines):
    """All facts of one page, each kind in the order of the file; of a data file, its `data`.

    `path` is as given, with `/`; `length` is of the text, in characters; `newline` is the line
    end that most lines have. `foreign_anchors` are what other systems would make of plain text.
    `repeated_blank_lines` are those directly below another blank one, but for code and raw HTML.
    `text_digest` stands for the text below the front matter, whatever its line ends; empty for none.
    """

    newline: str = "\n"
    front_matter: FrontMatter | None = None
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    code_spans: tuple[CodeSpan, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    includes: tuple[Include, ...] = ()
    fences: tuple[Fence, ...] = ()
    html_tags: tuple[HtmlTag, ...] = ()
    html_elements: tuple[HtmlElement, ...] = ()
    residues: tuple[Residue, ...] = ()
    foreign: tuple[ForeignSyntax, ...] = ()
    foreign_anchors: tuple[Anchor, ...] = ()
    list_items: tuple[ListItem, ...] = ()
    repeated_blank_lines: tuple[Span, ...] = ()
    prose: tuple[Prose, ...] = ()
    problems: tuple[Problem, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    data: tuple[DataEntry, ...] = ()
    text_digest: bytes = b""

    def blocks_of(self, kind: type[AnyBlock]) -> Iterator[AnyBlock]:
        """The blocks of one kind, or of all kinds below `MarkerBlock`, in the order of the file."""
        return (block for block in self.blocks if isinstance(block, kind))

    def residues_of(self, kind: ResidueKind) -> Iterator[Residue]:
        """The residues of one kind, in the order of the file."""
        return (residue for residue in self.residues if residue.kind == kind)

    def attribute_lists(self) -> Iterator[tuple[Attributes, ...]]:
        """For each heading, link, picture, code span and emphasis, in that order, its lists."""
        owners = (self.headings, self.links, self.images, self.code_spans, self.emphases)
        return (owner.attributes for kind in owners for owner in kind)

    @property
    def has_generated_parts(self) -> bool:
        """Whether another system would put something in its place that is not on the page."""
        return any(foreign.kind in GENERATING for foreign in self.foreign)

    def section(self, offset: int) -> int:
        """Index of the heading that `offset` stands under; -1 above the first."""
        return bisect_right(self.headings, offset, key=lambda heading: heading.span.start) - 1

    @property
    def canonical(self) -> Link | None:
        """What `routes: {canonical: …}` says is the page that this one is a copy of."""
        routes = self.front_matter.get("routes") if self.front_matter else None
        items = routes.items if routes and routes.kind == "mapping" else ()
        for (name, _), (href, span) in zip(items[::2], items[1::2], strict=False):
            if name == "canonical" and href:
                quoted = span.end - span.start > len(href)
                place = Span(span.start + quoted, span.start + quoted + len(href))
                return Link(href, "", span, address=place)
        return None

    def value(self, key: str) -> str | None:
        """The value of a front matter key as text, or None."""
        entry = self.front_matter.get(key) if self.front_matter else None
        return entry.value if entry else None
