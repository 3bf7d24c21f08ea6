"""A parsed page and its collection -> HTML."""

from balise.render.page import RenderedPage, TocEntry, render_page
from balise.render.redirect import redirect_files, redirect_page

__all__ = ["RenderedPage", "TocEntry", "redirect_files", "redirect_page", "render_page"]
