"""What the render functions need to know about the page beyond its tokens.

Where an address leads is not known before all pages are. A render function prints a slot there,
and the slot is printed when a resolver is at hand: so one rendering does for many states of the
collection.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from msgspec import field


class LinkTarget(msgspec.Struct, frozen=True):
    """Where a link leads on the page that is made: its `href`, and whether that is another site.

    A link without an `href` leads nowhere. `language` is the target's, where it is not the page's own;
    `title` is printed where the link has no text.
    """

    href: str | None
    external: bool = False
    language: str = ""
    title: str = ""


class ImageSource(msgspec.Struct, frozen=True):
    """Where a picture is on the page that is made, and its size in CSS pixels; 0 if not known."""

    src: str
    width: int = 0
    height: int = 0


class HeadingIds(msgspec.Struct, frozen=True):
    """The id of one heading (empty: none), and the older ids under which it must be found."""

    id: str = ""
    aliases: tuple[str, ...] = ()


class CodeBlock(msgspec.Struct, frozen=True):
    """Code and what its fence says of it; `highlighted` are lines, from 1."""

    text: str
    language: str = ""
    title: str = ""
    highlighted: frozenset[int] = frozenset()


def _all(danger: object) -> bool:
    return True


def _nothing(_: object) -> None:
    return None


class Resolver(msgspec.Struct, frozen=True):
    """Where the addresses of a page lead; the default takes them as they are written.

    `include` gives the HTML of another file, `text` its text, or None if it cannot be included.
    `highlight` is that of a `RenderContext`. `allows` says whether raw HTML that does a thing is
    printed; see `balise.syntax.unsafe_html`.
    """

    link: Callable[[str], LinkTarget] = LinkTarget
    image: Callable[[str], ImageSource] = ImageSource
    include: Callable[[str], str | None] = _nothing
    text: Callable[[str], str | None] = _nothing
    highlight: Callable[[CodeBlock], str | None] = _nothing
    allows: Callable[..., bool] = _all


AS_WRITTEN = Resolver()


class Slot(Protocol):
    """A piece of a page that waits for a resolver."""

    def html(self, resolver: Resolver) -> str:
        """What is printed in its place."""


AnySlot = TypeVar("AnySlot", bound=Slot)


class RenderContext(msgspec.Struct, frozen=True):
    """The page's surroundings, handed to every render function.

    `headings` is keyed by the heading's first line, from 0. `highlight` gives the HTML of code, or
    None. `slots` takes what has to wait for a resolver; without it, addresses are printed as
    written. The default context prints plain CommonMark: headings without ids.
    """

    headings: Mapping[int, HeadingIds] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    highlight: Callable[[CodeBlock], str | None] = _nothing
    slots: list[Any] | None = None

    def word(self, key: str) -> str:
        """The interface word for `key` in the page's language, or the key itself."""
        return self.words.get(key, key.replace("_", " ").capitalize())

    def put(self, slot: Slot) -> str:
        """A mark in the HTML that stands for the slot; see `pieces`."""
        if self.slots is None:
            return slot.html(AS_WRITTEN)
        self.slots.append(slot)
        return f"{MARK}{len(self.slots) - 1}{MARK}"


MARK = "\0"
"""Around the number of a slot. No text has this character: CommonMark, 2.3, replaces it."""
MARKED = re.compile(f"{MARK}([0-9]+){MARK}")


def pieces(html: str, slots: Sequence[AnySlot]) -> Iterator[str | AnySlot]:
    """HTML with marks as what stands between the marks, and the slots that they stand for."""
    for number, piece in enumerate(MARKED.split(html)):
        if number % 2:
            yield slots[int(piece)]
        elif piece:
            yield piece


PLAIN = RenderContext()
ENV_KEY = "context"


def context_of(env: Mapping[str, Any]) -> RenderContext:
    """The context of a rendering; the plain one where none was given."""
    context: RenderContext = env.get(ENV_KEY, PLAIN)
    return context


def of_token(render: Callable[[Token, RenderContext], str]) -> Callable[..., str]:
    """The render function that prints what `render` makes of a token and the context alone."""

    def rule(
        self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return render(tokens[idx], context_of(env))

    return rule


def fixed(html: str) -> Callable[..., str]:
    """A render function that always prints `html`."""
    return of_token(lambda token, context: html)


def either(key: str, html: str, otherwise: str = "") -> Callable[..., str]:
    """A render function that prints `html` where `key` is true in the token's `meta`."""
    return of_token(lambda token, context: html if token.meta[key] else otherwise)


def html_attributes(attributes: Mapping[str, str | int | float]) -> str:
    """` name="value"` for each attribute, escaped."""
    return "".join(f' {escapeHtml(k)}="{escapeHtml(str(v))}"' for k, v in attributes.items())
