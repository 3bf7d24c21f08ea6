"""Which social card each page has, and what has to be there to draw it."""

import logging
from collections.abc import Sequence
from functools import cached_property

from msgspec.structs import replace

from balise.base.counting import count
from balise.base.digests import digest, digest_of_file
from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.collection import Page
from balise.publish.cards.drawing import draw_card
from balise.publish.cards.fonts import FINDER, Face, Fonts, font
from balise.publish.cards.ground import logo
from balise.publish.cards.model import HEIGHT, WIDTH, Card, CardLook
from balise.publish.locale_site import LocaleSite
from balise.publish.page_context import SocialPicture
from balise.publish.report_log import reason_of
from balise.workspace.store import code

FOLDER = "assets/cards"
BELOW = " › "
"""Between a universe and its product."""
CHINESE = "zh"
"""The language whose letters look otherwise in some countries."""

log = logging.getLogger(__name__)


class SocialCards:
    """The cards of a site at `site_url`. `named` are those that pages have named, by their URLs from the root.

    `undrawn` are texts that no font can draw, each with a letter that is missing. Raises UserError where cards
    cannot be drawn, or nobody could see them.
    """

    def __init__(self, look: CardLook, site_name: str, site_url: str) -> None:
        if not site_url:
            raise UserError(
                "`social_cards: true` needs `site_url` in mkdocs.yml, since networks load a picture by its whole "
                "address: set it, or leave the option out"
            )
        _require_drawer(look)
        self.look = _without_unusable_logo(look)
        self.site_name = site_name
        self.site_url = site_url
        self.fonts = Fonts(look.fonts)
        self.named: dict[str, Card] = {}
        self.undrawn: dict[str, str] = {}
        self._pictures: dict[tuple[str, str, str], SocialPicture] = {}
        self._files: dict[str, bytes] = {}

    def of_page(self, locale: LocaleSite, page: Page | None) -> SocialPicture:
        """The card of a page of a locale; None stands for its home."""
        title = locale.title(page) if page else locale.home("").title
        above = [link.title for link in locale.breadcrumbs(page, "")[1:]] if page else []
        language = locale.locale if locale.language == CHINESE else locale.language
        return self.picture(title, above, language)

    def picture(self, title: str, above: Sequence[str], language: str) -> SocialPicture:
        """The card of a page with this `title` and these `above` it, in a language."""
        key = (title, BELOW.join(above), language)
        if key not in self._pictures:
            card = self._card(*key)
            texts = (card.title, card.above, card.site)
            faces = {face for text in texts for face in self.fonts.faces(text, language)}
            files = [
                (self._file(face.path), face.number) for face in sorted(faces - {*self.fonts.own})
            ]
            url = f"{FOLDER}/{digest(self._look, card, files).hex()}.png"
            self.named[url] = card
            alt = title if title == self.site_name else f"{title} - {self.site_name}"
            self._pictures[key] = SocialPicture(self.site_url + url, WIDTH, HEIGHT, alt)
        return self._pictures[key]

    def draw(self, url: str) -> bytes:
        """The card that a page has named, as PNG. Raises OSError of a font that has gone."""
        return draw_card(self.named[url], self.look, self.fonts)

    def _card(self, title: str, above: str, language: str) -> Card:
        """What stands on a card: of a title that no font has, the name of the site takes the place."""
        for text in (title, above, self.site_name):
            if letter := self.fonts.missing(text, language):
                self.undrawn[text] = letter
        drawable = self.fonts.drawable
        site = drawable(self.site_name, language)
        shown = drawable(title, language) or site
        return Card(shown, drawable(above, language), "" if shown == site else site, language)

    @cached_property
    def _look(self) -> bytes:
        """Stands for what all cards share."""
        paths = [*self.look.fonts, *([self.look.logo] if self.look.logo else [])]
        look = self.look
        return digest(replace(look, fonts=(), logo=""), [self._file(path) for path in paths])

    def _file(self, path: str) -> bytes:
        if path not in self._files:
            with open(path, "rb") as file:  # noqa: PTH123 - as elsewhere
                self._files[path] = digest_of_file(file)
        return self._files[path]

    def log_undrawn(self) -> None:
        """Say which texts are not on cards."""
        if self.undrawn:
            text, letter = min(self.undrawn.items())
            log.info(
                f"{count(len(self.undrawn), 'text')} cannot stand on social cards, since no font of this machine has all "
                f"letters, such as `{letter}` in `{text}`; install one that has, such as those of Noto, where "
                f"fontconfig (`{FINDER}`) finds it"
            )


def drawn_by() -> bytes:
    """Stands for what draws cards."""
    from PIL import features

    drawers = [features.version(name) for name in ("pil", "freetype2", "raqm", "harfbuzz")]
    return digest(code(), drawers)


def _require_drawer(look: CardLook) -> None:
    try:
        for path in look.fonts:
            font(Face(path, own=True), 16)
    except ImportError as error:
        raise UserError(
            "`social_cards: true` needs the package pillow, which is not installed: "
            "run `pip install 'balise[cards]'`, or leave the option out"
        ) from error
    except (OSError, NotImplementedError) as error:
        raise UserError(
            "`social_cards: true` needs a pillow that can read fonts in WOFF2, and this one cannot: "
            "run `pip install --force-reinstall pillow`, or leave the option out"
        ) from error


def _without_unusable_logo(look: CardLook) -> CardLook:
    """The look without a logo that cannot be drawn, of which the log tells."""
    if not look.logo:
        return look
    reason = "it is a drawing in SVG; name a PNG to have it there"
    if not look.logo.lower().endswith(".svg"):
        try:
            logo(look.logo)
        except OSError as error:
            reason = reason_of(error)
        else:
            return look
    log.info(f"{path_here(look.logo)}: is not on social cards, since {reason}")
    return replace(look, logo="")
