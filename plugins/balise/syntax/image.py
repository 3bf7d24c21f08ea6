"""Images: `![what is to be seen](images/1.png){.thumbnail}`; a thumbnail opens large."""

import re
from collections.abc import Sequence

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.attributes import classes_of, printed_attributes
from balise.syntax.context import PLAIN, ImageSource, Resolver, context_of, html_attributes

SIZE_CLASS = re.compile(r"([wh])-([0-9]{1,4})")


def alt_text(children: Sequence[Token] | None) -> str:
    """The plain text of an image's description (CommonMark 0.31, section 6.4)."""
    parts: list[str] = []
    for token in children or ():
        if token.type in ("text", "text_special", "code_inline", "html_inline"):
            parts.append(token.content)
        elif token.type == "image":
            parts.append(alt_text(token.children))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


class ImageSlot(msgspec.Struct, array_like=True, frozen=True, tag=2):
    """The tag of a picture: its other attributes as HTML, and the sizes that the author gives.

    A `lazy` one is loaded when it comes into sight, and has its sizes from its file if need be.
    One with words for `enlarge` is a link to the picture itself.
    """

    src: str
    attributes: str
    width: str | None
    height: str | None
    lazy: bool
    enlarge: str

    def html(self, resolver: Resolver) -> str:
        """An `img`, with a link around it if it can be enlarged."""
        source = resolver.image(self.src)
        src = escapeHtml(source.src)
        more = ""
        if self.lazy:
            more = html_attributes(proportions(self.width, self.height, source))
            if ' loading="' not in self.attributes:
                more += ' loading="lazy"'
        image = f'<img src="{src}"{self.attributes}{more} />'
        if not self.enlarge:
            return image
        return f'<a class="lightbox" href="{src}" title="{self.enlarge}">{image}</a>'


def render_image(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """An `img`; a thumbnail that is not inside a link becomes a link to the picture itself."""
    token = tokens[idx]
    context = context_of(env)
    attributes = {
        "alt": alt_text(token.children),
        **{k: v for k, v in token.attrs.items() if k not in ("src", "alt")},
        **_size(token),
        **printed_attributes(token),
    }
    width, height = (
        str(attributes[key]) if key in attributes else None for key in ("width", "height")
    )
    large = "thumbnail" in classes_of(token) and not _inside_link(tokens, idx)
    enlarge = escapeHtml(context.word("enlarge")) if large else ""
    src = str(token.attrs["src"])
    lazy = context is not PLAIN
    return context.put(ImageSlot(src, html_attributes(attributes), width, height, lazy, enlarge))


def _size(token: Token) -> dict[str, str]:
    """`{.w-400}` is a width of 400 pixels, `{.h-300}` a height."""
    sizes = (SIZE_CLASS.fullmatch(name) for name in classes_of(token))
    return {"width" if size[1] == "w" else "height": size[2] for size in sizes if size}


def proportions(
    width: str | None, height: str | None, source: ImageSource
) -> dict[str, str | int | float]:
    """The sizes that the author does not give, so that the page keeps its place for the picture.

    They follow from the one that is given and the picture's proportions. A size that is no whole
    number of pixels stays alone: what it comes to is the browser's to say.
    """
    if not (source.width and source.height):
        return {}
    if width is None and height is None:
        return {"width": source.width, "height": source.height}
    if height is None and width and width.isdecimal():
        return {"height": max(1, round(int(width) * source.height / source.width))}
    if width is None and height and height.isdecimal():
        return {"width": max(1, round(int(height) * source.width / source.height))}
    return {}


def _inside_link(tokens: Sequence[Token], idx: int) -> bool:
    opened = sum(t.nesting for t in tokens[:idx] if t.type in ("link_open", "link_close"))
    return opened > 0


def image_plugin(md: MarkdownIt) -> None:
    """Render images; markdown-it-py reads them."""
    md.add_render_rule("image", render_image)
