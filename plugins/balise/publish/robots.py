"""`robots.txt`: that everything may be read, and where the sitemaps are (RFC 9309 and sitemaps.org)."""

from collections.abc import Iterable

NAME = "robots.txt"


def robots(sitemaps: Iterable[str]) -> str:
    """The file that names sitemaps by their absolute URLs."""
    lines = "".join(f"Sitemap: {url}\n" for url in sitemaps)
    return f"User-agent: *\nAllow: /\n\n{lines}"
