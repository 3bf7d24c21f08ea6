"""Lighter copies of pictures in several widths, of which a browser loads one in place of the original."""

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from html import escape
from io import SEEK_END, BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

import msgspec

from balise.base.errors import UserError
from balise.collection import Collection, find_picture
from balise.syntax.html import start_tags

if TYPE_CHECKING:
    from PIL.Image import Image

ENCODER = "pillow"
"""The package that makes copies."""
FOLDER = "assets/balise/pictures"
FORMATS = (".jpeg", ".jpg", ".png")
WIDTHS = (480, 960, 1440, 1920)
"""Pixels. A picture that is narrower than the last has a copy in its own width as well."""
COLUMN = 900
"""CSS pixels that the text of a guide is wide at most, so that no picture is shown wider."""
LIGHT = 4_096
"""Bytes of a picture that is light enough as it is."""
PIXELS = 40_000_000
"""Those of the largest picture that is decoded; it takes four bytes of memory for each."""
LONGEST = 16_383
"""Pixels of a side in WebP, which has the lower limit."""
OPAQUE = ("1", "L", "P", "RGB")
TRANSPARENT = ("LA", "PA", "RGBA")
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error)
"""What pillow raises for damaged files."""


Format = Literal["avif", "webp"]
"""What the name of a copy ends in, and how its option is called."""


class Encoding(msgspec.Struct, frozen=True):
    """A format of copies: how people call it, and what its encoder is told."""

    name: str
    settings: Mapping[str, object]


ENCODINGS: Mapping[Format, Encoding] = {
    "avif": Encoding("AVIF", {"quality": 60, "subsampling": "4:4:4", "speed": 8, "max_threads": 1}),
    "webp": Encoding("WebP", {"quality": 85}),
}
"""The formats, the lightest first: a browser loads the first one that it knows."""


class Copies(msgspec.Struct, frozen=True, array_like=True):
    """The copies of a picture: their `name`, their `widths` in pixels by format, in rising order, or why there are none.

    A picture that is better left alone has neither widths nor `trouble`.
    """

    name: str
    widths: dict[Format, tuple[int, ...]] = {}
    trouble: str = ""

    def url(self, kind: Format, width: int) -> str:
        """The URL of a copy from the site's root."""
        return f"{FOLDER}/{self.name}-{width}.{kind}"

    def urls(self) -> list[str]:
        """The URLs of all copies."""
        return [self.url(kind, width) for kind, found in self.widths.items() for width in found]


def require_encoders(formats: Sequence[Format]) -> None:
    """Raise UserError where copies in some of these formats cannot be made."""
    try:
        from PIL import features
    except ImportError as error:
        raise UserError(
            f"{_options(formats)} needs the package pillow, which is not installed: "
            "run `pip install 'balise[pictures]'`, or leave the option out"
        ) from error
    if lacking := [kind for kind in formats if not features.check(kind)]:
        raise UserError(
            f"{_options(lacking)} needs a pillow that can write {names_of(lacking)}, and this one cannot: "
            "run `pip install --upgrade --force-reinstall pillow`, or leave the option out"
        )


def _options(formats: Sequence[Format]) -> str:
    return " and ".join(f"`{kind}: true`" for kind in formats)


def names_of(formats: Sequence[Format]) -> str:
    """The formats as people call them: `AVIF or WebP`."""
    return " or ".join(ENCODINGS[kind].name for kind in formats)


def pictures_on_pages(
    collection: Collection, locales: frozenset[str], part: AbstractSet[str] | None = None
) -> list[str]:
    """The paths of all PNG and JPEG pictures that pages of these locales show, in their order; `part` are some of the pages."""
    found: set[str] = set()
    for page, references in collection.structure.references.items():
        name = collection.names.get(page)
        if name is None or name.locale not in locales:
            continue
        if part is not None and page not in part:
            continue
        for src in references.images:
            for html in {False, collection.plain}:
                picture = find_picture(src, page, collection, html=html)
                path = picture.there or picture.path
                if path in collection.files and path.lower().endswith(FORMATS):
                    found.add(path)
    return sorted(found)


def copies_of(
    path: str, formats: Sequence[Format]
) -> tuple[Mapping[Format, Mapping[int, bytes]], str]:
    """The copies of the picture at `path` by format and by width in rising order, or why there are none."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with open(path, "rb") as file:  # noqa: PTH123 - thousands of pictures
                size = file.seek(0, SEEK_END)
                if size < LIGHT:
                    return {}, ""
                with Image.open(file, formats=("PNG", "JPEG")) as image:
                    if image.width * image.height > PIXELS or _too_long(image):
                        return {}, _too_large(image)
                    moves = getattr(image, "is_animated", False)
                    if moves or image.mode not in (*OPAQUE, *TRANSPARENT):
                        return {}, ""
                    whole = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return {}, "it has too many pixels"
    except UNREADABLE:
        return {}, "it cannot be read as PNG or JPEG"
    found: dict[Format, Mapping[int, bytes]] = {}
    loaded: Mapping[int, bytes] = {}
    for kind in sorted(formats, key=list(ENCODINGS).index, reverse=True):
        copies = dict(reversed(list(_smaller(whole, size, kind))))
        # The format that is loaded first has to be the lightest in every width.
        if copies and all(len(copies.get(w, known)) < len(known) for w, known in loaded.items()):
            found = {kind: copies, **found}
            loaded = copies
    return found, ""


def _too_long(image: "Image") -> bool:
    return image.height * min(1, WIDTHS[-1] / image.width) > LONGEST


def _too_large(image: "Image") -> str:
    return f"it is too large ({image.width} by {image.height} pixels)"


def _smaller(image: "Image", size: int, kind: Format) -> Iterator[tuple[int, bytes]]:
    """Width and bytes of copies, the widest first, as long as each takes less than `size` and than the last."""
    from PIL.Image import Resampling

    clear = image.mode in TRANSPARENT or "transparency" in image.info
    pixels = image.convert("RGBA" if clear else "RGB")
    widths = {width for width in WIDTHS if width < image.width}
    for width in sorted(widths | {min(image.width, WIDTHS[-1])}, reverse=True):
        height = max(1, round(image.height * width / image.width))
        scaled = pixels
        if width < image.width:
            scaled = pixels.resize((width, height), Resampling.LANCZOS)
        file = BytesIO()
        profile = image.info.get("icc_profile", b"")
        scaled.save(file, kind, icc_profile=profile, **ENCODINGS[kind].settings)
        content = file.getvalue()
        if len(content) >= size:
            return
        size = len(content)
        yield width, content


def with_copies(html: str, own: str, copies: Mapping[str, Copies]) -> str:
    """The HTML of the page at `own` with `copies` beside its pictures, by their URLs from the root."""
    if not copies or "<img" not in html.lower():
        return html
    folder = f"/{own}" if own.endswith("/") else dirname(f"/{own}")
    base = "../" * own.count("/") or "./"
    parts: list[str] = []
    cursor = 0
    opened = -1
    for tag in start_tags(html):
        if tag.name == "picture":
            opened = tag.place[1]
        if tag.name != "img":
            continue
        attributes = dict(tag.attributes)
        width = attributes.get("width", "")
        found = copies.get(normpath(join(folder, unquote(attributes.get("src", ""))))[1:])
        start, end = tag.place
        chosen = opened >= 0 and html.find("</picture", opened, start) < 0
        if found is None or not width.isdecimal() or chosen or "srcset" in attributes:
            continue
        sources = _sources(found, base, min(int(width), COLUMN))
        parts += html[cursor:start], f"<picture>{sources}", html[start:end], "</picture>"
        cursor = end
    return "".join(parts) + html[cursor:]


def _sources(found: Copies, base: str, shown: int) -> str:
    """What a browser chooses from for a picture that is `shown` that wide in CSS pixels."""
    sources = ""
    for kind, widths in found.widths.items():
        srcset = ", ".join(f"{base}{found.url(kind, pixels)} {pixels}w" for pixels in widths)
        sources += (
            f'<source type="image/{kind}" srcset="{escape(srcset)}" '
            f'sizes="(max-width: {shown}px) 100vw, {shown}px">'
        )
    return sources
