"""The blocks of a page, each kind with the facts that it has; a part of the facts of `model.py`.

Every `span` is in the file's decoded text (see `balise.base.source`).
"""

import msgspec

from balise.base.source import Span


class Tab(msgspec.Struct, frozen=True, array_like=True):
    """One panel of tabs.

    `title` is None where the line that should have it is missing; `title_span` is then the panel's
    first line. An `empty` tab has a title and nothing below it. `line` counts from 1.
    """

    title: str | None
    title_span: Span
    span: Span
    line: int
    empty: bool


class FaqEntry(msgspec.Struct, frozen=True, array_like=True):
    """A question and its answer.

    `question` is None where an answer has none; `question_span` is then the first line of the
    answer. An `empty` entry has a question and no answer. `line` counts from 1.
    """

    question: str | None
    question_span: Span
    span: Span
    line: int
    empty: bool


class Slide(msgspec.Struct, frozen=True, array_like=True):
    """A line of a carousel: an image, and maybe text behind it.

    `caption` is that text, or else the image's description; None if there is neither. `content_span`
    is the line without its bullet and what stands in front of it. `line` counts from 1.
    """

    caption: str | None
    content_span: Span
    span: Span
    line: int


class ApiCall(msgspec.Struct, frozen=True, array_like=True):
    """A call of the API: `@api(zone) {verb} path` or `@api {version} section verb path`.

    `verb` and `zone` are in upper case; `zone` and `version` are empty where the call does not give
    them. Where it gives a version alone, its `section` is the first part of the path. `verb` and
    `path` are empty where a section stands for all its calls. `line` counts from 1.
    """

    verb: str
    path: str
    zone: str
    version: str
    section: str
    span: Span
    line: int


class BaseBlock(msgspec.Struct, frozen=True, array_like=True, tag_field="kind"):
    """What every block of the dialect has.

    `type` is as written, `marker` the place of the `[!type]` or of the whole opening line of
    details. `span` is from the first `>` or `/` to the end of the last line; `line` counts from 1.
    A `nested` block stands in another one with `>` or in a quotation. `below_text` says that a line
    of text stands directly above.
    """

    type: str
    marker: Span
    span: Span
    line: int
    empty: bool
    nested: bool
    below_text: bool


class MarkerBlock(BaseBlock, frozen=True):
    """What every block has that begins with `> [!type]`.

    `behind` is text on the marker's own line. `lazy` are the lines without `>`, each from where its
    `>` is missing (lazy continuation lines: CommonMark 0.31, section 5.1); `reads_otherwise` says that
    one of them would be something else behind a `>`. `swallowed` is the first of them where it stands directly below a bare `>` that follows content. `ends_bare` says that
    the last line is nothing but `>`, `blank_below` that a blank line follows.
    """

    behind: Span | None
    lazy: tuple[Span, ...]
    reads_otherwise: bool
    swallowed: Span | None
    ends_bare: bool
    blank_below: bool


class Callout(MarkerBlock, frozen=True, tag="callout"):
    """`> [!warning]` and its relatives."""


class UnknownBlock(MarkerBlock, frozen=True, tag="unknown"):
    """A block of a type that the dialect does not have; it is printed as a callout."""


class ProductSection(MarkerBlock, frozen=True, tag="product-section"):
    """`> [!product-section]`: one half of a product page."""


class Tabs(MarkerBlock, frozen=True, tag="tabs"):
    """`> [!tabs]`; `bare_lines` are the `>` of lines of nothing else between two panels."""

    tabs: tuple[Tab, ...]
    bare_lines: tuple[Span, ...]


class Faq(MarkerBlock, frozen=True, tag="faq"):
    """`> [!faq]`: questions and their answers."""

    entries: tuple[FaqEntry, ...]


class Carousel(MarkerBlock, frozen=True, tag="carousel"):
    """`> [!carousel]`: images in a row."""

    slides: tuple[Slide, ...]


class ApiBlock(MarkerBlock, frozen=True, tag="api"):
    """`> [!api]`; `malformed` are lines that begin with `@` and are no call."""

    calls: tuple[ApiCall, ...]
    malformed: tuple[Span, ...]


class Details(BaseBlock, frozen=True, tag="details"):
    """`/// details | title` up to `///`; its `type` is `details`.

    `title` is empty where none is given; `closed` is false where the last `///` is missing.
    """

    title: str
    closed: bool


Block = Callout | UnknownBlock | ProductSection | Tabs | Faq | Carousel | ApiBlock | Details
"""A block of the dialect; a tag tells which one when it is kept or sent."""
