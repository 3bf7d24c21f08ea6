"""Which pictures browsers do not show, by the bytes of their files."""

from functools import cache
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from balise.base.picture_faults import PictureFault, picture_fault

SHOWN = ("PNG", "JPEG", "GIF", "WebP", "BMP", "ICO", "AVIF")
CUT_ANYWHERE = tuple(name for name in SHOWN if name != "JPEG")
SPACE = "http://www.w3.org/2000/svg"
SVG = f'<svg xmlns="{SPACE}" viewBox="0 0 9 9"><g/></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)


def fault(data: bytes, name: str = "a.png") -> PictureFault | None:
    return picture_fault(BytesIO(data), len(data), name)


@cache
def drawn(name: str, size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    """A picture in a format, the same in each run."""
    pixels = Random(1).randbytes(3 * size[0] * size[1])  # noqa: S311 - not a secret
    file = BytesIO()
    Image.frombytes("RGB", size, pixels).save(file, name, **options)
    return file.getvalue()


@pytest.mark.parametrize("name", SHOWN)
def test_a_good_picture_has_no_fault_whatever_its_name_says(name: str) -> None:
    data = drawn(name)
    assert [fault(data, f"a.{end}") for end in ("png", "jpg", "webp", "ico", "JPEG")] == [None] * 5
    assert fault(data + b"\0\0more") is None


@pytest.mark.parametrize("name", CUT_ANYWHERE)
def test_a_picture_that_is_cut_anywhere_is_cut_short(name: str) -> None:
    data = drawn(name)
    ends = [end for end in range(50, len(data), 97) if not (name == "GIF" and data[end - 1] == 59)]
    assert {fault(data[:end]) for end in ends} == {PictureFault("cut-short", name)}


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_cut_short_where_no_pixels_can_be_in_it(progressive: bool) -> None:
    data = drawn("JPEG", (1200, 900), progressive=progressive, quality=10)
    pixels = data.index(b"\xff\xda")
    cut = PictureFault("cut-short", "JPEG")
    assert [fault(data[:end]) for end in (10, pixels, pixels + 200)] == [cut] * 3
    assert fault(data[:-2]) is None  # browsers show it


def test_the_end_of_a_small_picture_in_a_jpeg_is_not_its_own() -> None:
    small = b"\xff\xe1" + (2 + 400).to_bytes(2) + b"\xff\xd9" * 200
    data = drawn("JPEG", (1200, 900))
    whole = data[:2] + small + data[2:]
    assert fault(whole + b"more") is None
    assert fault(whole[:800]) == PictureFault("cut-short", "JPEG")


def test_a_picture_of_a_moving_gif_may_hold_the_byte_that_ends_it() -> None:
    frames = [Image.effect_noise((90, 90), 60).convert("P") for _ in range(3)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    data = file.getvalue()
    assert fault(data + bytes(9)) is None
    assert fault(data[:-1]) == PictureFault("cut-short", "GIF")


@pytest.mark.parametrize(
    ("data", "kind", "what"),
    [
        (b"", "empty", ""),
        (bytes(2000), "other", ""),
        (b"{}", "other", ""),
        (b"\n<!DOCTYPE html><title>404</title>", "other", "a page of HTML"),
        (b"<html><svg></svg></html>", "other", "a page of HTML"),
        (b"II*\0" + bytes(90), "unshown", "TIFF"),
        (HEIC, "unshown", "HEIC"),
        (b"%PDF-1.7", "unshown", "PDF"),
        (drawn("JPEG2000"), "unshown", "JPEG 2000"),
        (drawn("PNG").replace(b"\r\n", b"\n"), "spoilt", ""),
        (drawn("PNG").decode("utf-8", "replace").encode(), "spoilt", ""),
        (drawn("JPEG").decode("utf-8", "replace").encode(), "spoilt", ""),
        (SVG.encode(), "misnamed", "SVG"),
        (b'<?xml version="1.0"?>\n<!-- \xc2\xa9 -->\n' + SVG.encode(), "misnamed", "SVG"),
    ],
)
def test_what_is_no_picture_of_browsers_is_told(data: bytes, kind: str, what: str) -> None:
    found = fault(data)
    assert found is not None
    assert (found.kind, found.what) == (kind, what)


@pytest.mark.parametrize(
    "text",
    [
        SVG,
        f'\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- a --> \n{SVG}\n',
        f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">{SVG}',
        f'<!DOCTYPE svg [<!ENTITY ns "{SPACE}">]>{SVG.replace(SPACE, "&ns;")}',
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
    ],
)
def test_an_svg_is_read_as_xml(text: str) -> None:
    assert fault(text.encode(), "a.SVG") is None
    assert fault(text.strip()[:-4].encode(), "a.svg") is not None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (SVG.replace("</svg>", ""), "line 1: no element found"),
        (SVG.replace("<g/>", "\n<g>"), "line 2: mismatched tag"),
        (SVG.replace("<g/>", "&nbsp;"), "line 1: undefined entity"),
        ("<svg/>", 'its first tag has no `xmlns="http://www.w3.org/2000/svg"`'),
    ],
)
def test_an_svg_with_a_mistake_says_where(text: str, what: str) -> None:
    assert fault(text.encode(), "a.svg") == PictureFault("malformed", what)


def test_browsers_take_a_file_named_svg_for_nothing_else() -> None:
    assert fault(drawn("PNG"), "a.svg") == PictureFault("misnamed", "PNG")
    assert fault(b"<html></html>", "a.svg") == PictureFault("other", "a page of HTML")
    assert fault(b"<note/>", "a.svg") == PictureFault("other", "XML of another kind")
    assert fault(b"", "a.svg") == PictureFault("empty")
    assert fault(SVG.encode("utf-16"), "a.svg") is None


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_pointer_of_git_lfs_stands_for_a_good_picture(name: str) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    assert fault(pointer.encode(), name) is None


@pytest.mark.parametrize("name", SHOWN)
def test_damaged_pictures_are_read_to_their_end(name: str) -> None:
    data, random = drawn(name), Random(1)  # noqa: S311 - not a secret
    for _ in range(300):
        spoilt = bytearray(data)
        for _ in range(random.randrange(1, 9)):
            spoilt[random.randrange(min(400, len(data)))] = random.randrange(256)
        found = fault(bytes(spoilt))
        assert found is None or found.kind
