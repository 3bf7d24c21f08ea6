"""Small collections on disk, opened as commands open them."""

from pathlib import Path

from balise.config import OVH_URLS
from balise.workspace.discovery import discover
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from tests.helpers.command import write_pages
from tests.helpers.support import guides_in


def page(title: str, text: str = "", *lines: str) -> str:
    """The text of a page; `lines` are others of its front matter."""
    return "\n".join(["---", f"title: {title}", *lines, "---", "", text, ""])


def opened(folder: Path, files: dict[str, str] | None = None) -> Workspace:
    """The workspace of a folder of guides, after `files` are written there, with a store beside them."""
    configuration = guides_in(write_pages(folder, files or {}))
    return Workspace.open(discover([folder], configuration), OVH_URLS, Store(folder))
