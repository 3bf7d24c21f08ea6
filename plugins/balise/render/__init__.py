"""A parsed page and its collection -> HTML."""

from balise.render.page import RenderedPage, TocEntry, render_page
from balise.render.redirect import redirect_files

__all__ = ["RenderedPage", "TocEntry", "redirect_files", "render_page"]
