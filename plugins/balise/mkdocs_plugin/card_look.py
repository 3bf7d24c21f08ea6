"""How social cards look: as the site, by the colours and the logo of its theme."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from balise.mkdocs_plugin.renderer import THEME
from balise.publish.cards.ground import mixed
from balise.publish.cards.model import CardLook, Color

FONTS = ("inter-latin", "inter-latin-central", "inter-latin-ext")
"""The first that has a letter draws it."""
CUSTOM = ("#0a2a6c", "#22c3e6")
"""The colours of balise, as in `assets/balise/balise.css`."""
LIGHT: Color = (255, 255, 255)
DARK: Color = (22, 34, 58)
PRIMARY = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue grey": "#546d78",
    "black": "#14151a",
    "white": "#ffffff",
}
"""Those that Material knows by these names."""
ACCENT = {
    "red": "#ff1a47",
    "pink": "#f50056",
    "purple": "#df41fb",
    "deep purple": "#7c4dff",
    "indigo": "#526cfe",
    "blue": "#4287ff",
    "light blue": "#0091eb",
    "cyan": "#00bad6",
    "teal": "#00bda4",
    "green": "#00c753",
    "light green": "#63de17",
    "lime": "#b0eb00",
    "yellow": "#ffd500",
    "amber": "#ffaa00",
    "orange": "#ff9100",
    "deep orange": "#ff6e42",
}
LARGE = 3.0
"""The contrast that large letters need (WCAG 2.2, 1.4.3); light ones stay until they have less than that."""
READABLE = 4.5
"""The contrast that letters of any size need."""
STEP = 0.1


def card_look(config: MkDocsConfig) -> CardLook:
    """How the cards of a site look."""
    palette = _palette(config)
    ground = _color(PRIMARY.get(_name(palette, "primary"), CUSTOM[0]))
    accent = _color(ACCENT.get(_name(palette, "accent"), CUSTOM[1]))
    ink = LIGHT if contrast(LIGHT, ground) >= LARGE else DARK
    share = 0.0
    while share < 1 and contrast(mixed(accent, ink, share), ground) < READABLE:
        share += STEP
    return CardLook(
        ground,
        ink,
        mixed(accent, ink, min(1, share)),
        accent,
        tuple(str(THEME / f"assets/balise/fonts/{name}.woff2") for name in FONTS),
        _logo(config),
    )


def _palette(config: MkDocsConfig) -> dict[str, Any]:
    """The first palette of the theme, which readers see at first."""
    found = config.theme.get("palette") or {}
    first = found if isinstance(found, dict) else next(iter(found), {})
    return first if isinstance(first, dict) else {}


def _name(palette: dict[str, Any], key: str) -> str:
    return str(palette.get(key, "")).replace("-", " ").lower()


def _logo(config: MkDocsConfig) -> str:
    """The path of the logo, if the theme has a file for it."""
    name = config.theme.get("logo")
    if not name:
        return ""
    paths = (Path(folder, str(name)) for folder in (config.docs_dir, *config.theme.dirs))
    return next((str(path) for path in paths if path.is_file()), "")


def _color(text: str) -> Color:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours (WCAG 2.2), from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = (part / 255 for part in color)
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
