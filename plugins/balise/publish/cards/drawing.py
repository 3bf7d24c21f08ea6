"""A social card as a picture, in few colours so that it weighs little."""

from io import BytesIO
from math import ceil, floor

from balise.publish.cards.directions import is_rtl
from balise.publish.cards.fonts import Fonts
from balise.publish.cards.ground import ground, logo, palette
from balise.publish.cards.model import WIDTH, Card, CardLook, Color
from balise.publish.cards.typesetting import Style, Typesetter

MARGIN = 80
ROOM = WIDTH - 2 * MARGIN
"""Pixels of a line."""
ABOVE = Style(32, 600)
ABOVE_LINE = 110
"""From the top to the line on which the text stands."""
TITLES = tuple(Style(size, 750) for size in (96, 80, 72, 64, 56, 48))
TITLE_TOP = 156
TITLE_BOTTOM = 470
LEADING = 1.16
"""The height of a line of the title, in sizes; `CAPITALS` is that of a capital letter."""
CAPITALS = 0.73
SITE = Style(32, 600)
SITE_LINE = 550
SITE_ROOM = 960
"""Pixels beside the brightest lights."""
LOGO_GAP = 24
COMPRESSION = 7
"""Of PNG; 9 makes a card a sixth lighter, and takes six times as long."""


def draw_card(card: Card, look: CardLook, fonts: Fonts) -> bytes:
    """The picture as PNG. The fonts must have all letters of its texts. Raises OSError of a font or the logo."""
    from PIL import Image

    sheet = _Sheet(card, look, fonts)
    sheet.put_above()
    sheet.put_title()
    sheet.put_site()
    drawn = sheet.picture.quantize(palette=palette(look), dither=Image.Dither.NONE)
    file = BytesIO()
    drawn.save(file, "PNG", compress_level=COMPRESSION)
    return file.getvalue()


class _Sheet:
    """A card while it is drawn."""

    def __init__(self, card: Card, look: CardLook, fonts: Fonts) -> None:
        self.card = card
        self.look = look
        self.fonts = fonts
        self.rtl = is_rtl(card.title or card.site)
        self.picture = ground(look, self.rtl).copy()

    def put_above(self) -> None:
        """Draw the line above the title."""
        setter = self._setter(self.card.above)
        line = setter.cut(self.card.above, ABOVE, ROOM)
        self._put(setter, line, (0, ABOVE_LINE), ABOVE, self.look.colored_ink)

    def put_title(self) -> None:
        """Draw the title as large as fits, in the middle of its box."""
        height = TITLE_BOTTOM - TITLE_TOP
        setter = self._setter(self.card.title)
        style, lines = setter.fitted(self.card.title, TITLES, (ROOM, height), LEADING)
        step = style.size * LEADING
        taken = step * (len(lines) - 1) + style.size * CAPITALS
        at = TITLE_TOP + (height - taken) / 2 + style.size * CAPITALS
        for number, line in enumerate(lines):
            self._put(setter, line, (0, round(at + step * number)), style, self.look.ink)

    def put_site(self) -> None:
        """Draw the logo, and beside it the name of the site."""
        indent = 0
        if self.look.logo:
            mark = logo(self.look.logo)
            left = WIDTH - MARGIN - mark.width if self.rtl else MARGIN
            middle = SITE_LINE - round(SITE.size * CAPITALS / 2)
            self.picture.paste(mark, (left, middle - mark.height // 2), mask=mark)
            indent = mark.width + LOGO_GAP
        setter = self._setter(self.card.site)
        line = setter.cut(self.card.site, SITE, SITE_ROOM - indent)
        self._put(setter, line, (indent, SITE_LINE), SITE, self.look.ink)

    def _setter(self, text: str) -> Typesetter:
        return Typesetter(self.fonts, self.card.language, rtl=is_rtl(text))

    def _put(
        self, setter: Typesetter, line: str, at: tuple[int, int], style: Style, color: Color
    ) -> None:
        """Draw a line at its distance from the margin and from the top."""
        from PIL import Image

        taken = setter.width(line, style)
        indent, base = at
        left = WIDTH - MARGIN - indent - taken if self.rtl else MARGIN + indent
        mask = Image.new("L", (ceil(taken) + 2 * style.size, 3 * style.size))
        setter.draw(mask, (style.size + left % 1, 2 * style.size), line, style)
        place = (floor(left) - style.size, base - 2 * style.size)
        self.picture.paste(color, place, mask=mask)
