"""What is on a card behind its texts: the ground, rings of light in a corner, and the logo."""

import warnings
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from balise.publish.cards.model import HEIGHT, WIDTH, CardLook, Color

if TYPE_CHECKING:
    from PIL.Image import Image

RINGS = ((470, 0.07), (350, 0.15), (240, 0.27), (140, 0.5), (56, 1.0))
"""The radius of each ring, and how much of the accent it has."""
SMOOTH = 2
"""The rings are drawn so many times larger, for their edges."""
SHADES = 16
"""Colours from the ground to that of a text, for the edges of letters; between others there are a quarter as many."""
APART = 8
"""How far colours are from each other; pillow, too, takes closer ones for the same."""
LOGO = (320, 64)
"""Pixels of the largest logo."""
LOGO_PIXELS = 40_000_000
"""Those of the largest one that is decoded."""
LOGO_COLORS = 64


@cache
def ground(look: CardLook, rtl: bool) -> "Image":
    """What is behind the texts, with the rings where those that are read from right to left end, or the others."""
    from PIL import Image, ImageDraw, ImageOps

    large = Image.new("RGB", (WIDTH * SMOOTH, HEIGHT * SMOOTH), look.ground)
    draw = ImageDraw.Draw(large)
    corner = (WIDTH * SMOOTH, HEIGHT * SMOOTH)
    for radius, light in RINGS:
        draw.circle(corner, radius * SMOOTH, fill=mixed(look.ground, look.accent, light))
    picture = large.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return ImageOps.mirror(picture) if rtl else picture


@cache
def logo(path: str) -> "Image":
    """The logo as large as it is on a card. Raises OSError where it is none that can be read, or is too large."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as found:
                if found.width * found.height > LOGO_PIXELS:
                    raise OSError(f"it is too large ({found.width} by {found.height} pixels)")
                picture = found.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise OSError("it is too large") from error
    except (ValueError, SyntaxError, EOFError) as error:
        raise OSError("it cannot be read") from error
    scale = min(LOGO[0] / picture.width, LOGO[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


@cache
def palette(look: CardLook) -> "Image":
    """A picture with the colours that a card may have: those of the ground, of texts on it, of their edges, of the logo."""
    from PIL import Image

    behind = [mixed(look.ground, look.accent, light) for _, light in RINGS]
    steps = [(look.ground, color, SHADES) for color in (look.ink, look.colored_ink)]
    steps += [(color, look.ink, SHADES // 4) for color in behind]
    steps += [(one, other, SHADES // 4) for one, other in pairwise(behind)]
    colors = dict.fromkeys((look.ground, look.ink, look.colored_ink, *behind))
    for start, end, count in steps:
        colors |= dict.fromkeys(mixed(start, end, step / count) for step in range(count + 1))
    if look.logo:
        mark = logo(look.logo)
        shown = Image.new("RGB", mark.size, look.ground)
        shown.paste(mark, mask=mark)
        few = shown.quantize(LOGO_COLORS).getpalette() or []
        colors |= dict.fromkeys(zip(few[::3], few[1::3], few[2::3], strict=True))
    made = Image.new("P", (1, 1))
    made.putpalette([part for color in _told_apart(colors)[:256] for part in color])
    return made


def _told_apart(colors: Iterable[Color]) -> list[Color]:
    """The colours without those that are hardly another one than one before."""
    found: list[Color] = []
    for color in colors:
        if all(
            max(abs(a - b) for a, b in zip(color, other, strict=True)) >= APART for other in found
        ):
            found.append(color)
    return found


def mixed(one: Color, other: Color, share: float) -> Color:
    """A colour between two, with this `share` of the other one, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
