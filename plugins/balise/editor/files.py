"""Files as an editor names and shows them."""

from pathlib import Path

from balise.base.paths import absolute_path
from balise.publish.pictures import picture_size


def file_uri(path: str) -> str:
    """The `file:` address of a path (RFC 8089)."""
    return Path(absolute_path(path)).as_uri()


def picture_markdown(path: str) -> str:
    """A picture in Markdown, with its size below it where that is known."""
    shown = f"![]({file_uri(path)})"
    size = size_words(path)
    return f"{shown}\n\n{size}" if size else shown


def size_words(path: str) -> str:
    """`800 × 600 pixels`; empty for what is no picture, or is damaged."""
    width, height = picture_size(path)
    return f"{width} × {height} pixels" if width else ""
