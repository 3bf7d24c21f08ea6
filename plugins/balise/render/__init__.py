"""A parsed page and its collection -> HTML."""

from balise.render.page import RenderedPage, TocEntry, render_page

__all__ = ["RenderedPage", "TocEntry", "render_page"]
