"""The fonts of social cards: those of the site, and those of the machine for letters that these lack."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional, category, normalize

from balise.publish.cards.line_ends import JOINERS

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FINDER = "fc-match"
"""The program of fontconfig that tells which fonts the machine has."""
PATIENCE = 20
"""Seconds that it has to answer."""
OFFERED = 40
"""How many of its answers are tried; the best stand first."""
TRIED_AT = 24
"""Pixels of the letters by which it is told whether a font has them."""
LOOSE = re.compile(rf"[{''.join(JOINERS)}](?![^\W\d_])|(?<![^\W\d_])[{''.join(JOINERS)}]")
"""Joiners beside which there is no letter."""
SELECTORS = range(0xFE00, 0xFE10)
"""Characters that choose between forms of the one before, such as of an emoji."""
NOWHERE = "\U0010ffff"
"""A character that no font has."""


class Face(NamedTuple):
    """A font in a file, which may have several; `own` are those of the site, with weights from 400 to 800."""

    path: str
    number: int = 0
    own: bool = False


class Fonts:
    """Which font has a character: the first of the site's `own` that does, or else of those that the machine has for the language."""

    def __init__(self, own: Sequence[str]) -> None:
        self.own = [Face(path, own=True) for path in own]
        self._installed: dict[str, list[Face]] = {}
        self._faces: dict[tuple[str, str], Face | None] = {}
        self._forms: dict[tuple[str, str], str | None] = {}

    def face(self, char: str, language: str) -> Face | None:
        """The font for a character of a text in a language; None if none has it."""
        key = (char, language)
        if key not in self._faces:
            self._faces[key] = next((f for f in self._offered(language) if has(f, char)), None)
        return self._faces[key]

    def faces(self, text: str, language: str) -> set[Face]:
        """The fonts that draw a text."""
        found = (self.face(char, language) for char in {*text})
        return {face for face in found if face}

    def drawable(self, text: str, language: str) -> str:
        """The text as it can be drawn, without signs that no font has; empty if a letter or a digit is `missing`."""
        forms = [self._form(char, language) for char in _composed(text)]
        found = "".join(form for form in forms if form is not None)
        return "" if None in forms else " ".join(LOOSE.sub("", found).split())

    def missing(self, text: str, language: str) -> str:
        """The first letter or digit of a text that cannot be drawn; empty if all can be."""
        return next((c for c in _composed(text) if self._form(c, language) is None), "")

    def _offered(self, language: str) -> Iterator[Face]:
        yield from self.own
        if language not in self._installed:
            self._installed[language] = installed(language)
        yield from self._installed[language]

    def _form(self, char: str, language: str) -> str | None:
        """What is drawn for a character: nothing for a sign that no font has, None if it is a letter."""
        key = (char, language)
        if key not in self._forms:
            self._forms[key] = self._new_form(char, language)
        return self._forms[key]

    def _new_form(self, char: str, language: str) -> str | None:
        kind = category(char)
        if char.isspace() or char in JOINERS:
            return char
        if kind in ("Cc", "Cf") or ord(char) in SELECTORS:
            return ""
        shaped = kind in ("Mn", "Mc") or bidirectional(char) in ("R", "AL")
        if shapes_text() or not shaped:
            for form in (char, normalize("NFKC", char)):
                if all(self.face(part, language) for part in form):
                    return form
        return None if shaped or kind[0] in "LN" else ""


def _composed(text: str) -> str:
    """The text in one line, with marks as parts of letters where Unicode has such (NFC)."""
    return normalize("NFC", " ".join(text.split()))


def installed(language: str) -> list[Face]:
    """The bold fonts of the machine, the best for the language first; none without fontconfig."""
    program = shutil.which(FINDER)
    if program is None:
        return []
    pattern = f"sans-serif:bold:scalable=true:color=false:lang={language}"
    try:
        found = subprocess.run(  # noqa: S603 - the language is a part of a locale
            [program, "--sort", "--format", r"%{index}\t%{file}\n", pattern],
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    lines = found.stdout.decode("utf-8", "surrogateescape").splitlines()[:OFFERED]
    parts = (line.partition("\t") for line in lines)
    faces = [Face(path, int(index)) for index, _, path in parts if path and index.isdecimal()]
    return [face for face in faces if _opens(face)]


def shapes_text() -> bool:
    """Whether letters can be joined and put in order as scripts such as Arabic need it."""
    from PIL import features

    return bool(features.check("raqm"))


@cache
def font(face: Face, size: int, weight: int = 400) -> "FreeTypeFont":
    """A font at a size in pixels; `weight` is that of the site's own. Raises OSError."""
    from PIL import ImageFont

    found = ImageFont.truetype(face.path, size, index=face.number)
    if face.own:
        found.set_variation_by_axes([weight])
    return found


@cache
def _plain(face: Face) -> "FreeTypeFont":
    """A font that has no say in how letters are put together."""
    from PIL import ImageFont

    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(face.path, TRIED_AT, index=face.number, layout_engine=layout)


def _opens(face: Face) -> bool:
    try:
        _plain(face).getmask("a")
    except OSError:
        return False
    return True


@cache
def has(face: Face, char: str) -> bool:
    """Whether a font has a character: its picture is another one than that of what is missing."""
    return _picture(face, char) != _picture(face, NOWHERE)


@cache
def _picture(face: Face, char: str) -> bytes:
    mask = _plain(face).getmask(char)
    return repr(mask.size).encode() + bytes(mask)
