"""Text that was written as an escape (`\\*`) or an entity (`&nbsp;`), and that stays told apart.

markdown-it-py would join such a piece with the text around it, and with that its place would be
lost: what it prints is shorter than what was written.
"""

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML


def text_plugin(md: MarkdownIt) -> None:
    """Keep escapes and entities as tokens of their own."""
    md.disable("text_join")
    md.add_render_rule("text_special", RendererHTML.text)
