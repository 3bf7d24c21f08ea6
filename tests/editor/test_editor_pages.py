"""What the manual has to be copied into the settings of editors can at least be read by them."""

import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from balise.base.source import SourceFile
from balise.document.model import Fence
from balise.document.reader import read_document

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs/editors").glob("*.md"))


def fences(page: Path) -> Sequence[Fence]:
    return read_document(SourceFile(page.name, page.read_text(encoding="utf-8"))).fences


def read_lua(code: str) -> None:
    read = "local ok, why = loadstring(io.read('*a')); print(why or 'fine'); os.exit(ok and 0 or 1)"
    command = ["nvim", "--clean", "--headless", "-c", f"lua {read}"]
    run = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr or run.stdout


def read_elisp(code: str) -> None:
    """Each form is read, none is evaluated."""
    read = '(progn (insert-file-contents "/dev/stdin") (check-parens) (read (format "(%s)" (buffer-string))))'
    command = ["emacs", "-Q", "--batch", "--eval", read]
    run = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


READERS: Mapping[str, Callable[[str], object]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "lua": read_lua,
    "elisp": read_elisp,
}
PROGRAMS = {"lua": "nvim", "elisp": "emacs"}


def test_each_editor_has_a_page_that_the_index_and_the_navigation_lead_to() -> None:
    index = (ROOT / "docs/editors/index.md").read_text(encoding="utf-8")
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in PAGES:
        assert page.name == "index.md" or f"({page.name})" in index
        assert f"editors/{page.name}" in navigation


@pytest.mark.parametrize("language", READERS)
def test_settings_in_the_manual_can_be_read(language: str) -> None:
    program = PROGRAMS.get(language)
    if program and not shutil.which(program):
        pytest.skip(f"there is no {program} on this machine")
    blocks = [
        (page.name, fence.code.text)
        for page in PAGES
        for fence in fences(page)
        if fence.language.text == language
    ]
    assert blocks
    for name, code in blocks:
        try:
            READERS[language](code)
        except (ValueError, AssertionError) as error:
            pytest.fail(f"{name}: {error}")
