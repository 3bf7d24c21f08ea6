"""How large pictures are, so that a page keeps the place of one that is still to be loaded."""

import re
import struct
from collections.abc import Iterable

import imagesize

UNKNOWN = (0, 0)
SVG_ROOT = re.compile(rb"<svg\b[^>]*>")
SVG_SIZE = re.compile(rb"""\s(width|height)\s*=\s*["']([0-9.]+)(?:px)?["']""")
VIEW_BOX = re.compile(
    rb"""\sviewBox\s*=\s*["'][-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)\s*["']"""
)
HEAD = 16_384
"""Bytes of an SVG in which its first tag is looked for."""


class PictureSizes:
    """Width and height of picture files in CSS pixels; only their first bytes are read."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, int]] = {}

    def __call__(self, path: str) -> tuple[int, int]:
        """The size of the picture at `path`; zeros for what is no picture, or is damaged."""
        if path not in self._known:
            self._known[path] = picture_size(path)
        return self._known[path]

    def forget(self, paths: Iterable[str]) -> None:
        """Look at these files again when they are asked for."""
        for path in paths:
            self._known.pop(path, None)


def picture_size(path: str) -> tuple[int, int]:
    """The size of the picture at `path`, as `PictureSizes`, read anew."""
    try:
        width, height = imagesize.get(path)
    except (OSError, ValueError, SyntaxError, struct.error):  # SyntaxError: of an SVG's XML
        return UNKNOWN
    if not (width > 0 and height > 0) and path.lower().endswith(".svg"):
        width, height = _drawn_size(path)
    return (max(1, round(width)), max(1, round(height))) if width > 0 and height > 0 else UNKNOWN


def _drawn_size(path: str) -> tuple[float, float]:
    """The size of an SVG that has no full one: that of its view box, in the width or height that it gives."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of pictures
            root = SVG_ROOT.search(file.read(HEAD))
        box = VIEW_BOX.search(root[0]) if root else None
        if root is None or box is None:
            return UNKNOWN
        width, height = float(box[1]), float(box[2])
        given = {name: float(size) for name, size in SVG_SIZE.findall(root[0])}
    except (OSError, ValueError):
        return UNKNOWN
    if not (width and height):
        return UNKNOWN
    scale = given.get(b"width", 0) / width or given.get(b"height", 0) / height or 1
    return width * scale, height * scale
