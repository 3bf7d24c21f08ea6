"""Images: `![what is to be seen](images/1.png){.thumbnail}`; a thumbnail opens large."""

import re
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.attributes import classes_of, printed_attributes
from balise.syntax.context import PLAIN, ImageSource, context_of, html_attributes

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


def render_image(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """An `img`; a thumbnail that is not inside a link becomes a link to the picture itself."""
    token = tokens[idx]
    context = context_of(env)
    source = context.image(str(token.attrs["src"]))
    attributes = {
        "src": source.src,
        "alt": alt_text(token.children),
        **{k: v for k, v in token.attrs.items() if k not in ("src", "alt")},
        **_size(token),
        **printed_attributes(token),
    }
    if context is not PLAIN:
        attributes |= _proportions(attributes, source)
        attributes.setdefault("loading", "lazy")
    image = f"<img{html_attributes(attributes)} />"
    if "thumbnail" not in classes_of(token) or _inside_link(tokens, idx):
        return image
    title = escapeHtml(context.word("enlarge"))
    href = escapeHtml(str(attributes["src"]))
    return f'<a class="lightbox" href="{href}" title="{title}">{image}</a>'


def _size(token: Token) -> dict[str, str]:
    """`{.w-400}` is a width of 400 pixels, `{.h-300}` a height."""
    sizes = (SIZE_CLASS.fullmatch(name) for name in classes_of(token))
    return {"width" if size[1] == "w" else "height": size[2] for size in sizes if size}


def _proportions(
    attributes: Mapping[str, str | int | float], source: ImageSource
) -> dict[str, str]:
    """The sizes that the author does not give, so that the page keeps its place for the picture.

    They follow from the one that is given and the picture's proportions. A size that is no whole
    number of pixels stays alone: what it comes to is the browser's to say.
    """
    given = {key: str(attributes[key]) for key in ("width", "height") if key in attributes}
    if len(given) == 2 or not (source.width and source.height):
        return {}
    if not given:
        return {"width": str(source.width), "height": str(source.height)}
    ((key, value),) = given.items()
    if not value.isdecimal():
        return {}
    if key == "width":
        return {"height": str(max(1, round(int(value) * source.height / source.width)))}
    return {"width": str(max(1, round(int(value) * source.width / source.height)))}


def _inside_link(tokens: Sequence[Token], idx: int) -> bool:
    opened = sum(t.nesting for t in tokens[:idx] if t.type in ("link_open", "link_close"))
    return opened > 0


def image_plugin(md: MarkdownIt) -> None:
    """Render images; markdown-it-py reads them."""
    md.add_render_rule("image", render_image)
