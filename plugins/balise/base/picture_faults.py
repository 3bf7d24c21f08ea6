"""What is wrong with the file of a picture, so that browsers do not show it, or not all of it.

As in browsers the bytes tell which format it is, and not the name: a PNG called `.jpg` is shown. SVG alone goes by
its name (WHATWG, MIME Sniffing). No pixel is decoded: a format tells in a few bytes where a picture ends.
"""

from collections.abc import Mapping
from typing import BinaryIO, Literal

import msgspec

from balise.base.picture_ends import BITMAP_HEADERS, is_whole

HEAD = 1024
"""Bytes that tell the format."""
SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WebP"),
    (0, b"\0\0\1\0", "ICO"),
)
"""How the formats that all browsers show begin: offset, bytes, name."""
OTHERS = (
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"8BPS", "Photoshop file"),
    (0, b"%PDF", "PDF"),
    (0, b"\xff\x0a", "JPEG XL"),
    (4, b"JXL ", "JPEG XL"),
    (4, b"jP  ", "JPEG 2000"),
)
"""How files begin that are taken for pictures and that few browsers show."""
SPOILT = (
    b"\x89PNG\n",
    b"\x89PNG\r\n\x1a\r",
    b"\xef\xbf\xbdPNG",
    b"\xc2\x89PNG",
    b"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
)
"""How a PNG or JPEG begins that was treated as a text: its line ends were changed, or it was written as UTF-8."""
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
LFS_POINTER = b"version https://git-lfs.github.com/spec/"
HTML = (b"<!doctype html", b"<html")
SVG_NAME = ".svg"
SVG_NAMESPACE = "http://www.w3.org/2000/svg"


class PictureFault(msgspec.Struct, frozen=True, array_like=True):
    """Why browsers do not show a picture.

    It is `empty`; it is a `what` that is `cut-short`, that few browsers show (`unshown`), or that is `misnamed`, so
    that they take it for something else; it is `other` than a picture, which `what` says if it is known; it was
    `spoilt` as if it were a text; it is an SVG that is `malformed`, where and how in `what`.
    """

    kind: Literal["empty", "cut-short", "unshown", "misnamed", "other", "spoilt", "malformed"]
    what: str = ""


def picture_fault(file: BinaryIO, size: int, name: str) -> PictureFault | None:
    """What is wrong with a picture of `size` bytes; None for a good one.

    So it is for a pointer of Git LFS, too: the picture is good where it is kept.
    """
    head = file.read(HEAD)
    if not head:
        return PictureFault("empty")
    drawn = name.lower().endswith(SVG_NAME)
    found = _format_of(head)
    if found and drawn:
        return PictureFault("misnamed", found)
    if found:
        whole = is_whole(found, head, file, size)
        return None if whole else PictureFault("cut-short", found)
    if head.startswith(LFS_POINTER):
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if drawn and not start.startswith(HTML):
        return _svg_fault(head + file.read())
    return _fault_of_unknown(head, start)


def _format_of(head: bytes) -> str:
    """The format that all browsers show; empty for others, and for SVG."""
    for at, signature, name in SIGNATURES:
        if head.startswith(signature, at):
            return name
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in BITMAP_HEADERS:
        return "BMP"
    return "AVIF" if {b"avif", b"avis"} & _brands(head) else ""


def _brands(head: bytes) -> set[bytes]:
    """What the first box of a file says that it is (ISO/IEC 14496-12, section 4.3)."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4]), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}


def _fault_of_unknown(head: bytes, start: bytes) -> PictureFault:
    for at, signature, name in OTHERS:
        if head.startswith(signature, at):
            return PictureFault("unshown", name)
    if not _brands(head).isdisjoint(HEIF_BRANDS):
        return PictureFault("unshown", "HEIC")
    if head.startswith(SPOILT):
        return PictureFault("spoilt")
    if start.startswith(HTML):
        return PictureFault("other", "a page of HTML")
    if start.startswith(b"<") and b"<svg" in start:
        return PictureFault("misnamed", "SVG")
    return PictureFault("other")


def _svg_fault(data: bytes) -> PictureFault | None:
    """What an XML parser says of an SVG, as that of a browser would."""
    from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

    parser = ParserCreate()
    roots: list[tuple[str, Mapping[str, str]]] = []

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        roots.append((name, attributes))
        parser.StartElementHandler = None

    parser.StartElementHandler = begin
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        return PictureFault("malformed", f"line {error.lineno}: {ErrorString(error.code)}")
    except (LookupError, ValueError):  # an encoding that browsers may know
        return None
    name, attributes = roots[0]
    prefix, _, own = name.rpartition(":")
    if own != "svg":
        return PictureFault("other", "XML of another kind")
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    if attributes.get(declared) != SVG_NAMESPACE:
        return PictureFault(
            "malformed", f'its first tag has no `{declared[:20]}="{SVG_NAMESPACE}"`'
        )
    return None
