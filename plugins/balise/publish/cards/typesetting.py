"""Text on a card: which font draws which part, and how it is put into lines that fit."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from balise.publish.cards.directions import directions
from balise.publish.cards.fonts import Face, Fonts, font, has, shapes_text
from balise.publish.cards.line_ends import JOINERS, clusters, units

if TYPE_CHECKING:
    from PIL.Image import Image

ELLIPSIS = "…"
LONGEST = 400
"""Characters of a text that are looked at; no card has room for more."""
EVEN = 8
"""Pixels by which the narrowest width of even lines is found."""


class Style(NamedTuple):
    """How large text is in pixels, and how heavy."""

    size: int
    weight: int


class Run(NamedTuple):
    """A part of a line that one font draws in one direction."""

    text: str
    face: Face
    rtl: bool


class Typesetter:
    """Sets text in a language whose lines are read from right to left (`rtl`) or from left to right."""

    def __init__(self, fonts: Fonts, language: str, *, rtl: bool) -> None:
        self.fonts = fonts
        self.language = language
        self.rtl = rtl
        self._shapes = shapes_text()
        self._spoken = language if self._shapes else None
        self._widths: dict[tuple[str, Style], float] = {}

    def width(self, text: str, style: Style) -> float:
        """Pixels that a text takes in one line."""
        key = (text, style)
        if key not in self._widths:
            self._widths[key] = sum((self._length(run, style) for run in self.runs(text)), 0.0)
        return self._widths[key]

    def draw(self, mask: "Image", at: tuple[float, float], text: str, style: Style) -> None:
        """Draw a line into a mask; `at` is where its baseline begins at the left."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(mask)
        x, y = at
        for run in self.runs(text):
            draw.text(
                (x, y),
                run.text,
                fill=255,
                font=font(run.face, *style),
                anchor="ls",
                direction=self._direction(run),
                language=self._spoken,
            )
            x += self._length(run, style)

    def _length(self, run: Run, style: Style) -> float:
        used = font(run.face, *style)
        return used.getlength(run.text, direction=self._direction(run), language=self._spoken)

    def _direction(self, run: Run) -> str | None:
        return ("rtl" if run.rtl else "ltr") if self._shapes else None

    def runs(self, text: str) -> list[Run]:
        """The parts of a line, from left to right."""
        found: list[Run] = []
        for part, rtl in directions(text, rtl=self.rtl):
            runs = [Run(run, face, rtl) for face, run in self._by_face(part)]
            found += runs if rtl == self.rtl else reversed(runs)
        return found[::-1] if self.rtl else found

    def _by_face(self, text: str) -> Iterator[tuple[Face, str]]:
        """The parts of a text that one font draws."""
        faces: list[Face] = []
        for char in text:
            faces.append(self._face(char, faces[-1] if faces else self.fonts.own[0]))
        for face, pairs in groupby(zip(faces, text, strict=True), key=itemgetter(0)):
            yield face, "".join(char for _, char in pairs)

    def _face(self, char: str, before: Face) -> Face:
        """The font for a character behind one in the font `before`, which draws more than letters if it can."""
        if char.isspace():
            return self.fonts.own[0] if before.own else before
        if char in JOINERS or (not char.isalnum() and has(before, char)):
            return before
        return self.fonts.face(char, self.language) or before

    def fitted(
        self, text: str, styles: Sequence[Style], box: tuple[int, int], leading: float
    ) -> tuple[Style, list[str]]:
        """A text in the first of the styles in which it fits into a box of this width and height, line by line.

        `leading` is the height of a line in sizes. In the last style words that are longer than a line
        are broken, and what does not fit is cut.
        """
        width, height = box
        words = list(units(text[:LONGEST]))
        for style in styles:
            count = max(1, int(height / (style.size * leading)))
            if self._widest(words, style) <= width:
                lines = self._wrapped(words, style, width)
                if len(lines) <= count:
                    return style, self._evened(words, style, width, len(lines))
        broken = [part for word in words for part in self._broken(word, style, width)]
        lines = self._wrapped(broken, style, width)
        last = [self.cut("".join(lines[count - 1 :]), style, width)] if lines[count - 1 :] else []
        return style, [*(line.rstrip() for line in lines[: count - 1]), *last]

    def cut(self, text: str, style: Style, width: int) -> str:
        """A text that takes no more than this width in one line, with `…` where something is left out."""
        text = text[:LONGEST].rstrip()
        if self.width(text, style) <= width:
            return text
        parts = clusters(text)
        low, high = 0, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(_shortened(parts[:middle]), style) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        return _shortened(parts[:low])

    def _evened(self, words: Sequence[str], style: Style, width: int, count: int) -> list[str]:
        """As many lines as there are in this width, of which none is much shorter than the others."""
        low, high = max(width // 3, int(self._widest(words, style))), width
        while high - low > EVEN:
            middle = (low + high) // 2
            fits = len(self._wrapped(words, style, middle)) <= count
            low, high = (low, middle) if fits else (middle, high)
        return [line.rstrip() for line in self._wrapped(words, style, high)]

    def _wrapped(self, words: Sequence[str], style: Style, width: int) -> list[str]:
        """Words in lines, with the blanks at their ends."""
        lines = [""]
        used = 0.0
        for word in words:
            if lines[-1] and used + self.width(word.rstrip(), style) > width:
                lines.append("")
                used = 0.0
            lines[-1] += word
            used += self.width(word, style)
        return lines

    def _broken(self, word: str, style: Style, width: int) -> list[str]:
        """A word as it is, or in parts if it is longer than a line."""
        return [word] if self.width(word.rstrip(), style) <= width else clusters(word)

    def _widest(self, words: Sequence[str], style: Style) -> float:
        return max((self.width(word.rstrip(), style) for word in words), default=0)


def _shortened(parts: Sequence[str]) -> str:
    return "".join(parts).rstrip(" ,.:;-–(") + ELLIPSIS
