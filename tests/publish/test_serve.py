"""`mkdocs serve`: a change to a guide is on the page without a restart."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import write_pages
from publish.test_build import PAGES

SECONDS = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of pages, and the address at which they are served."""
    folder = write_pages(tmp_path, PAGES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ, **quiet}
    ) as process:
        serving = threading.Event()

        def read() -> None:
            for line in process.stderr or ():
                if "Serving on" in line:
                    serving.set()

        reader = threading.Thread(target=read)
        reader.start()
        try:
            assert serving.wait(SECONDS), "the server did not start"
            yield folder, f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            reader.join(SECONDS)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310
        text: str = answer.read().decode("utf-8")
    return text


def test_a_change_to_a_guide_reloads_the_page(server: tuple[Path, str]) -> None:
    folder, site = server
    html = get(f"{site}fr/emails/autre/")
    reload = re.search(r"livereload\((\d+), (\d+)\)", html)
    assert reload, "the page does not listen for changes"
    guide = folder / "guides/web/mails/autre/guide.fr-fr.md"
    guide.write_text(guide.read_text(encoding="utf-8").replace("Texte", "Nouveau"), "utf-8")
    # MkDocs answers this request when it has built the site anew.
    get(f"{site}livereload/{reload[1]}/{reload[2]}")
    assert "Nouveau" in get(f"{site}fr/emails/autre/")
