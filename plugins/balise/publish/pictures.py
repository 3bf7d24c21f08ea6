"""How large pictures are, so that a page keeps the place of one that is still to be loaded."""

import struct
from collections.abc import Iterable

import imagesize

UNKNOWN = (0, 0)


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
    return (round(width), round(height)) if width > 0 and height > 0 else UNKNOWN
