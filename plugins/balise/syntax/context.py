"""What the render functions need to know about the page beyond its tokens."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from msgspec import field


class LinkTarget(msgspec.Struct, frozen=True):
    """Where a link leads on the page that is made: its `href`, and whether that is another site.

    An empty `href` leads nowhere. `language` is the target's, where it is not the page's own;
    `title` is printed where the link has no text.
    """

    href: str
    external: bool = False
    language: str = ""
    title: str = ""


class ImageSource(msgspec.Struct, frozen=True):
    """Where a picture is on the page that is made, and its size in CSS pixels; 0 if not known."""

    src: str
    width: int = 0
    height: int = 0


class Anchors(msgspec.Struct, frozen=True):
    """The anchors of one heading: its id (empty: none) and the aliases that must stay alive."""

    id: str = ""
    aliases: tuple[str, ...] = ()


def _as_written(href: str) -> LinkTarget:
    return LinkTarget(href)


class CodeBlock(msgspec.Struct, frozen=True):
    """Code and what its fence says of it; `highlighted` are lines, from 1."""

    text: str
    language: str = ""
    title: str = ""
    highlighted: frozenset[int] = frozenset()


def _nothing(path: str) -> str | None:
    return None


def _plain(code: CodeBlock) -> str | None:
    return None


class RenderContext(msgspec.Struct, frozen=True):
    """The page's surroundings, handed to every render function.

    `headings` is keyed by the heading's first line, from 0. `include` gives the HTML of another
    file, or None if it cannot be included; `highlight` that of code, or None. The default context prints plain
    CommonMark: headings without ids, addresses as written.
    """

    headings: Mapping[int, Anchors] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    link: Callable[[str], LinkTarget] = _as_written
    image: Callable[[str], ImageSource] = ImageSource
    include: Callable[[str], str | None] = _nothing
    highlight: Callable[[CodeBlock], str | None] = _plain

    def word(self, key: str) -> str:
        """The interface word for `key` in the page's language, or the key itself."""
        return self.words.get(key, key.replace("_", " ").capitalize())


PLAIN = RenderContext()
ENV_KEY = "context"


def context_of(env: Mapping[str, Any]) -> RenderContext:
    """The context of a rendering; the plain one where none was given."""
    context: RenderContext = env.get(ENV_KEY, PLAIN)
    return context


def fixed(html: str) -> Callable[..., str]:
    """A render function that always prints `html`."""

    def render(
        self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return html

    return render


def html_attributes(attributes: Mapping[str, str | int | float]) -> str:
    """` name="value"` for each attribute, escaped."""
    return "".join(f' {escapeHtml(k)}="{escapeHtml(str(v))}"' for k, v in attributes.items())
