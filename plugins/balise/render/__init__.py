"""A parsed page and its collection -> HTML."""

from balise.render.draft import DRAFTS, Draft, TocEntry, packed_draft
from balise.render.markdown import PageText, as_text, list_entry, render_markdown
from balise.render.page import EMPTY, PublishedFiles, RenderedPage, render_draft, render_page
from balise.render.redirect import redirect_files, redirect_page
from balise.render.summary import Question, Summary, shortened

__all__ = [
    "DRAFTS",
    "EMPTY",
    "Draft",
    "PageText",
    "PublishedFiles",
    "Question",
    "RenderedPage",
    "Summary",
    "TocEntry",
    "as_text",
    "list_entry",
    "packed_draft",
    "redirect_files",
    "redirect_page",
    "render_draft",
    "render_markdown",
    "render_page",
    "shortened",
]
