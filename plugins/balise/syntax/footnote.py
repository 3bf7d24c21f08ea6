"""Footnotes: `[^1]` in the text, `[^1]: note` below it; mdit-py-plugins reads and renders them."""

from functools import partial

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin as read_footnotes
from mdit_py_plugins.footnote.index import footnote_ref

from balise.syntax.positions import positioned


def footnote_plugin(md: MarkdownIt) -> None:
    """Footnotes as Python-Markdown has them, without `^[inline ones]`."""
    md.use(read_footnotes, inline=False)
    reference = partial(footnote_ref, always_match=False)
    md.inline.ruler.at("footnote_ref", positioned(reference, "footnote_ref"))
