"""A small collection in a folder, and a page of it with a mark where the cursor of an editor is."""

from collections.abc import Mapping
from pathlib import Path

from balise.base.source import SourceFile, Span
from balise.config import OVH_URLS, Config, Configuration, Translations
from balise.editor.view import View
from balise.refactor.backlinks import Backlinks
from balise.workspace.discovery import discover
from balise.workspace.reading import ReadOptions
from balise.workspace.workspace import Workspace
from tests.helpers.support import guides_in

CURSOR = "‸"
"""Where the cursor is; it is no part of the text."""


class Editor:
    """`files`, by path from a folder, with a collection below `guides`; the page that has the mark is open."""

    def __init__(
        self, folder: Path, files: Mapping[str, str], guides: str = "", *, plain: bool = False
    ) -> None:
        self.folder = folder
        page = next(path for path, text in files.items() if CURSOR in text)
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.replace(CURSOR, "").encode())
        self.offset = files[page].index(CURSOR)
        self.source = SourceFile(self.path(page), files[page].replace(CURSOR, ""))
        configuration = Configuration(Config(), folder) if plain else guides_in(folder / guides)
        scope = discover([folder / guides], configuration)
        options = ReadOptions(processes=1, translations=Translations(source_locale="en-gb"))
        workspace = Workspace.open(scope, OVH_URLS, None, options)
        self.workspace = workspace.with_texts([self.source])

    @property
    def view(self) -> View:
        """What a feature sees, before the links of all pages are known."""
        return View(self.workspace, self.source)

    @property
    def full_view(self) -> View:
        """What a feature sees, with the links of all pages."""
        backlinks = Backlinks.load(None)
        backlinks.renew(self.workspace)
        return View(self.workspace, self.source, backlinks)

    def path(self, name: str) -> str:
        """The path of a file, as the workspace has it."""
        return (self.folder / name).as_posix()

    def name(self, path: str) -> str:
        """The path of a file from the folder."""
        return Path(path).relative_to(self.folder).as_posix()

    def text(self, span: Span, path: str = "") -> str:
        """What stands at a place of the page, or of another file."""
        file = Path(path or self.source.path)
        text = self.source.text if not path else file.read_bytes().decode()
        return text[span.start : span.end]


def page(title: str, text: str = "", **values: str) -> str:
    """A page with front matter."""
    rows = "".join(f"{key}: {value}\n" for key, value in {"title": title, **values}.items())
    return f"---\n{rows}---\n\n{text}"


GUIDES = {
    "home.en-gb.md": page("Home"),
    "home.fr-fr.md": page("Accueil"),
    "web/product.en-gb.md": page("Web hosting", slug="hosting", sections="First steps, Databases"),
    "web/product.fr-fr.md": page("Hébergement", slug="hosting"),
    "web/ssl/guide.en-gb.md": page(
        "Order a certificate",
        "How to get one.\n\n## Order it\n\nOnly a click.\n\n## Renew it\n\nNothing to do.\n",
        slug="ssl",
        excerpt="All about certificates",
        section="First steps",
        legacy_guide_number="1374",
    ),
    "web/ssl/guide.fr-fr.md": page(
        "Commander un certificat",
        "Comment faire.\n\n## Le commander\n\nUn clic.\n\n## Le renouveler\n\nRien à faire.\n",
        slug="ssl",
    ),
    "web/ftp/guide.en-gb.md": page("Log in by FTP", slug="ftp", section="First steps"),
    "web/reseau/guide.fr-fr.md": page("Réseau privé", slug="reseau-prive"),
}
"""A small collection in the layout `tree`."""
PAGE = "web/mine/guide.en-gb.md"
"""The page that is open in it."""


def editor(folder: Path, text: str, files: Mapping[str, str] = {}, name: str = PAGE) -> Editor:
    """`GUIDES` and other files, and an open page of this text, with the mark in it; it gets a title."""
    text = text if text.startswith("---") else page("Mine", text)
    return Editor(folder, {**GUIDES, **files, name: text})
