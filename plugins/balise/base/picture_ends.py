"""Whether all of a picture is there: its format tells where it ends, and no pixel is decoded for that."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
"""Lengths of the headers of BMP."""
PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


def is_whole(name: str, head: bytes, file: BinaryIO, size: int) -> bool:
    """Whether a picture ends where its format says; what the format says nothing of counts as whole."""
    if name in BY_HEAD:
        return BY_HEAD[name](head, size)
    if name in ENDS:
        tail = head
        if size > len(head):
            file.seek(size - len(PNG_END))
            tail = file.read()
        if tail.endswith(ENDS[name]):
            return True
    file.seek(0)
    try:
        return BY_WALK[name](file.read())
    except IndexError:
        return False


def _webp_is_whole(head: bytes, size: int) -> bool:
    return int.from_bytes(head[4:8], "little") + 8 <= size


def _bmp_is_whole(head: bytes, size: int) -> bool:
    pixels = int.from_bytes(head[10:14], "little")
    compressed = int.from_bytes(head[30:34], "little")
    if int.from_bytes(head[14:18], "little") == BITMAP_HEADERS[0] or compressed:
        return pixels < size
    width, height = (int.from_bytes(head[at : at + 4], "little", signed=True) for at in (18, 22))
    row = (width * int.from_bytes(head[28:30], "little") + 31) // 32 * 4
    return pixels + row * abs(height) <= size


def _ico_is_whole(head: bytes, size: int) -> bool:
    count = int.from_bytes(head[4:6], "little")
    entries = (head[at : at + 16] for at in range(6, 6 + 16 * count, 16))
    ends = (sum(int.from_bytes(e[at : at + 4], "little") for at in (8, 12)) for e in entries)
    return 6 + 16 * count <= size and all(end <= size for end in ends)


def _png_is_whole(data: bytes) -> bool:
    """As of its chunks (W3C, PNG, section 5)."""
    at = 8
    while at + 8 <= len(data):
        if data.startswith(b"IEND", at + 4):
            return True
        at += 12 + int.from_bytes(data[at : at + 4])
    return False


def _jpeg_is_whole(data: bytes) -> bool:
    """As of its markers (ITU-T T.81, annex B).

    Some files that browsers show have no end. They are cut for sure where there is less than a bit for each block.
    """
    at, blocks = 2, 0
    while data[at + 1] != 0xDA:
        if data[at] != 0xFF:
            return True
        if data[at + 1] in (0xC0, 0xC1, 0xC2):
            blocks = _blocks(data, at)
        at += 1 if data[at + 1] == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4])
    return data.find(b"\xff\xd9", at) >= 0 or 8 * (len(data) - at) >= blocks


def _blocks(data: bytes, at: int) -> int:
    """Blocks of 8 by 8 samples of a JPEG whose frame header begins `at` an offset."""
    height, width = (int.from_bytes(data[at + place : at + place + 2]) for place in (5, 7))
    factors = [divmod(data[at + 11 + 3 * number], 16) for number in range(data[at + 9])]
    widest, highest = (max(1, *found) for found in zip((1, 1), *factors, strict=True))
    return sum(-(-width * x // (8 * widest)) * -(-height * y // (8 * highest)) for x, y in factors)


def _gif_is_whole(data: bytes) -> bool:
    """As of its blocks (GIF89a, appendix A)."""
    at = 13 + _colours(data[10])
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            at += 11 + _colours(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            return True
        while data[at]:
            at += 1 + data[at]
        at += 1
    return True


def _colours(flags: int) -> int:
    """Bytes of the table of colours of a GIF."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _avif_is_whole(data: bytes) -> bool:
    """As of its boxes (ISO/IEC 14496-12, section 4.2), up to that of the pixels."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16])
        if data.startswith(b"mdat", at + 4) or length < 8:  # without a length it is the last one
            return at + length <= len(data)
        at += length
    return False


ENDS: Mapping[str, bytes] = {"PNG": PNG_END, "JPEG": b"\xff\xd9", "GIF": b"\x3b"}
"""How files mostly end that are whole."""
BY_HEAD: Mapping[str, Callable[[bytes, int], bool]] = {
    "WebP": _webp_is_whole,
    "BMP": _bmp_is_whole,
    "ICO": _ico_is_whole,
}
BY_WALK: Mapping[str, Callable[[bytes], bool]] = {
    "PNG": _png_is_whole,
    "JPEG": _jpeg_is_whole,
    "GIF": _gif_is_whole,
    "AVIF": _avif_is_whole,
}
