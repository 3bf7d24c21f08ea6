"""The script of every page: a file for each thing that it does, joined into one that browsers load."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

SCRIPTS = Path(__file__).parent / "scripts"
PARTS = ("shared", "bar", "tabs", "carousel", "pictures", "reach", "reveal")
"""The files in the order in which they run: what is hidden is found when all is in its place."""
PAGE_SCRIPT = "assets/balise/balise.js"


def page_script(config: MkDocsConfig) -> File:
    """The script as a file of the site."""
    parts = [(SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    return File.generated(config, PAGE_SCRIPT, content="\n".join(parts))
