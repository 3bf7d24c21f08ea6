"""What is on social cards: the texts of one, and the look that all of a site share."""

import msgspec

Color = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""

WIDTH = 1200
HEIGHT = 630
"""Pixels of a card, as networks ask for."""


class CardLook(msgspec.Struct, frozen=True):
    """How the cards of a site look: the `ground`, the `ink` on it, a second one of `colored_ink`, and the `accent` of lights.

    `fonts` are the paths of the site's own, `logo` is that of a picture, empty without one.
    """

    ground: Color
    ink: Color
    colored_ink: Color
    accent: Color
    fonts: tuple[str, ...]
    logo: str = ""


class Card(msgspec.Struct, frozen=True):
    """What a card says, in a language: the `title` of a page, what is `above` that, and the name of the `site`."""

    title: str
    above: str
    site: str
    language: str
