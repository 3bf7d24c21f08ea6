"""Front matter: the YAML between two `---` lines at the very start, which prints nothing.

The block is found here; what it says is read in `document/front_matter.py`.
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.front_matter import front_matter_plugin as find_front_matter


def render_front_matter(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """Nothing."""
    return ""


def front_matter_plugin(md: MarkdownIt) -> None:
    """Find front matter and keep it off the page."""
    md.use(find_front_matter)
    md.add_render_rule("front_matter", render_front_matter)
