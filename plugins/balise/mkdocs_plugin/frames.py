"""What is around the pages of a locale, printed once for all of them that have the same around them.

A *frame* is a page with slots in place of the blocks that each page has for itself; a page is a frame
whose slots are filled. What is printed of a frame sees what `Around` has, and nothing else of a page: where a
template, of `custom_dir` for one, asks for more, there are no frames, and pages are printed whole.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, NoReturn

import jinja2

from balise.publish.page_context import PageContext, PageLink

OWN = (
    "site_meta", "htmltitle", "page_styles", "translations", "tabs", "site_nav", "container",
    "page_scripts", "late_scripts",
)  # fmt: skip
"""The blocks that each page has for itself, in the order of `parts.html`."""
SKIP = "skip"
"""The slot of the id that the link over the header leads to: that of the first heading."""
PARTS = "parts.html"
FRAME = "frame.html"
FRAMED = ("place.html", "guide.html", "listing.html", "untranslated.html")
"""The templates of pages in frames. What these set outside of blocks, no frame has."""

log = logging.getLogger(__name__)


class Around(NamedTuple):
    """All that a frame sees of its pages. `texts` are the variables of templates that are plain strings."""

    locale: str
    language: str
    home: PageLink
    manual: PageLink | None
    locales: str
    has_headings: bool
    texts: tuple[str, ...]


class PageAskedForError(Exception):
    """A template asks for something that is not the same on all pages of a frame."""


class Only:
    """What has a few attributes; whoever asks for anything else of it gets PageAskedForError."""

    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)

    def __getattr__(self, name: str) -> NoReturn:
        """Not to be had."""
        raise PageAskedForError(name)

    def __getitem__(self, name: object) -> NoReturn:
        """Not to be had, either."""
        raise PageAskedForError(name)

    def __str__(self) -> NoReturn:
        """Nor is all of it together."""
        raise PageAskedForError


class Frames:
    """The frames of the templates of `env`, each made when a page asks for it.

    `theme` is the folder of our templates: others that have taken their place may set anything.
    """

    def __init__(self, env: jinja2.Environment, theme: Path) -> None:
        self.env = env
        self.theme = theme
        self.usable = True
        self.cut = secrets.token_hex(8)
        self._frames: dict[Around, Sequence[str]] = {}

    def page(self, name: str, context: Mapping[str, Any]) -> str:
        """The HTML of a page, as its template of that name prints it."""
        template = self.env.get_template(name)
        frame = self._frame(context) if name in FRAMED and not context["panel"] else None
        if frame is None:
            return template.render(context)
        printed = template.render(context, layout=PARTS, cut=self.cut)
        parts = dict(zip(OWN, printed.split(self.cut), strict=True))
        parts[SKIP] = next((heading.id for heading in context["page"].toc), "")
        return "".join([parts[part] if n % 2 else part for n, part in enumerate(frame)])

    def _frame(self, context: Mapping[str, Any]) -> Sequence[str] | None:
        """What is around a page: text and names of slots in turn. None if that is not to be had."""
        place: PageContext = context["place"]
        around = Around(
            place.locale,
            place.language,
            place.home,
            place.manual,
            place.locales,
            any(True for _ in context["page"].toc),
            tuple(value for value in context.values() if isinstance(value, str)),
        )
        if self.usable and around not in self._frames:
            try:
                self._frames[around] = self._printed(around, context)
            except PageAskedForError as error:
                log.debug(f"pages are printed whole, since a template asks for `{error}`")
                self.usable = False
        return self._frames[around] if self.usable else None

    def _printed(self, around: Around, context: Mapping[str, Any]) -> Sequence[str]:
        """Such a frame. Raises PageAskedForError."""
        for name in FRAMED:
            if Path(str(self.env.get_template(name).filename)).parent != self.theme:
                raise PageAskedForError(name)
        slots = {name: f"{self.cut}{name}{self.cut}" for name in (*OWN, SKIP)}
        headings = [SimpleNamespace(url=f"#{slots[SKIP]}")] if around.has_headings else []
        html = self.env.get_template(FRAME).render(
            context,
            page=Only(meta=Only(language=around.language), toc=headings),
            place=Only(
                locale=around.locale,
                language=around.language,
                home=around.home,
                manual=around.manual,
                locales=around.locales,
            ),
            slots=SimpleNamespace(**slots),
        )
        return html.split(self.cut)
