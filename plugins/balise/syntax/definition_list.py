"""Definition lists: a term, and below it `:   its definition`; mdit-py-plugins reads them."""

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin


def definition_list_plugin(md: MarkdownIt) -> None:
    """Definition lists as Python-Markdown has them."""
    md.use(deflist_plugin)
