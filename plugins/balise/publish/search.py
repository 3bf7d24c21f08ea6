"""The search of a locale: an index that a browser loads in small pieces, made by Pagefind.

Pagefind is run on files and not through its service: up to version 1.5.2, the service answers
before all it has written is on the disk, and ending it then cuts files short.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from balise.errors import UserError

UNUSED = ("pagefind-component-ui.*", "pagefind-highlight.js", "pagefind-modular-ui.*", "pagefind-ui.*")  # fmt: skip
"""What Pagefind writes for those who have no search box of their own."""

NOT_SEARCHED = "a.headerlink"
"""CSS selectors of what is no text of a page, though it stands among it."""

NO_WORDS = "not able to build an index"
"""What Pagefind says of pages without a word in them."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta data-pagefind-meta="context[content]" content="{context}">
</head>
<body data-pagefind-body>
<h1 data-pagefind-meta="title">{title}</h1>
{html}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page that can be found.

    `url` is its address as in a link, relative to the folder that holds the bundle. `title` and
    `breadcrumbs`, the names of what the page is in from the outermost on, are plain text. `html`
    is what readers see below the title.
    """

    url: str
    title: str
    html: str
    breadcrumbs: tuple[str, ...] = ()


def find_program() -> Path | None:
    """Pagefind's program: from its package, or else on `PATH`."""
    try:
        from pagefind_bin import get_executable

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        found = shutil.which("pagefind")
        return Path(found) if found else None


def write_index(pages: Iterable[SearchPage], language: str, output: Path) -> None:
    """Make the bundle of a locale from its pages, in place of what is in `output`.

    `language` is that of the pages, such as `fr` or `en-gb`; its first part says how words are
    reduced to their stems. The same pages give the same bytes. Without pages, or without a word
    on them, no bundle is made.

    Raises `UserError` where there is no program, or where it fails.
    """
    program = find_program()
    if program is None:
        raise UserError(
            "the search index cannot be made: there is no program `pagefind`; "
            "install `balise[site]`, or put it on PATH"
        )
    language = language.partition("-")[0]
    try:
        with tempfile.TemporaryDirectory(prefix="balise-search-") as scratch:
            source, bundle = Path(scratch, "pages"), Path(scratch, "bundle")
            shutil.rmtree(output, ignore_errors=True)
            _write_pages(pages, language, source)
            if source.exists() and _run(program, source, bundle, language, output):
                _leave_out(bundle, language)
                shutil.copytree(bundle, output)
    except OSError as error:
        raise UserError(f"the search index {output} cannot be written: {error.strerror}") from error


def _write_pages(pages: Iterable[SearchPage], language: str, folder: Path) -> None:
    """Write each page where the site has it, as Pagefind tells its address from that."""
    for page in pages:
        path = folder / (page.url if page.url.endswith(".html") else f"{page.url}index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        text = PAGE.format(
            language=escape(language),
            title=escape(page.title),
            context=escape(" › ".join(page.breadcrumbs)),
            html=page.html,
        )
        path.write_text(text, encoding="utf-8")


def _run(program: Path, source: Path, bundle: Path, language: str, output: Path) -> bool:
    """Whether there was a word to be found."""
    options = {
        "--site": str(source),
        "--output-path": str(bundle),
        "--force-language": language,
        "--exclude-selectors": NOT_SEARCHED,
    }
    # Pagefind also listens to variables, and to a file of settings in the current folder
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    ran = subprocess.run(  # noqa: S603
        [str(program), "--silent", *(part for pair in options.items() for part in pair)],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ran.returncode and NO_WORDS in ran.stderr:
        return False
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines() or [f"status {ran.returncode}"]
        raise UserError(f"the search index {output} cannot be made: Pagefind says: {said[0]}")
    return True


def _leave_out(bundle: Path, language: str) -> None:
    """Remove what a browser never asks for."""
    unused = list(UNUSED)
    if (bundle / f"wasm.{language}.pagefind").exists():
        unused.append("wasm.unknown.pagefind")
    for pattern in unused:
        for path in bundle.glob(pattern):
            path.unlink()
