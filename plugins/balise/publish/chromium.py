"""A page of HTML as PDF, by a browser that is on the machine."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from balise.base.errors import UserError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 300
"""Seconds that the browser may take."""


def find_chromium() -> str | None:
    """The browser that `CHROMIUM` names, or else one on `PATH`."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pdf_of(html: str) -> bytes:
    """The page as PDF, in its style for print. Raises UserError where there is no browser, or it fails."""
    program = find_chromium()
    if program is None:
        raise UserError(
            "there is no Chromium or Chrome on PATH to make a PDF: install one, name it in the "
            "variable `CHROMIUM`, or write a file that ends in `.html`"
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        page.write_text(html, encoding="utf-8")
        # Chromium's sandbox refuses to begin for root.
        unboxed = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", *unboxed]
        options += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}"]
        try:
            ran = subprocess.run(  # noqa: S603
                [program, *options, page.as_uri()], capture_output=True, timeout=PATIENCE
            )
            return pdf.read_bytes()
        except subprocess.TimeoutExpired as error:
            raise UserError(f"{program}: made no PDF within {PATIENCE} seconds") from error
        except FileNotFoundError as error:
            if not Path(program).is_file():
                raise UserError(f"{program}: there is no such browser") from error
            said = ran.stderr.decode(errors="replace").strip().splitlines()
            raise UserError(
                f"{program}: made no PDF{': ' if said else ''}{said[-1:] and said[-1]}"
            ) from error
