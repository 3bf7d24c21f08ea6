"""What holds of every feature, on whatever page and at whatever place."""

from pathlib import Path

import pytest

from balise.base.source import SourceFile
from balise.editor.view import View
from tests.helpers.asking import ask_all, is_answered
from tests.helpers.marked import GUIDES, PAGE, Editor, editor
from tests.helpers.support import ROOT

GUIDES_HERE = sorted((ROOT / "guides").rglob("guide.fr-fr.md"))[:4]
LONGEST = 20_000
"""Characters of a page that are tried."""
ALL = 13
"""Features that are asked."""


@pytest.mark.parametrize("file", GUIDES_HERE, ids=lambda file: file.parent.name)
def test_every_page_has_an_answer_to_everything(tmp_path: Path, file: Path) -> None:
    at = editor(tmp_path, "‸")
    text = SourceFile.from_bytes(at.source.path, file.read_bytes()).text[:LONGEST]
    source = SourceFile(at.source.path, text)
    assert ask_all(View(at.workspace.with_texts([source]), source), places=60)


def test_a_page_with_something_of_everything_is_answered_by_all(tmp_path: Path) -> None:
    text = """\
> [!tabs]
> A
>> [x](#a) `b`{.action} [y](../ssl/guide.en-gb.md) ![z](images/one.png)

## A

IMAP with SSL has port 993.

[typed](s‸
"""
    files = {"web/mine/images/one.png": "", "web/mine/guide.fr-fr.md": "---\ntitle: x\n---\n"}
    view = editor(tmp_path, text, files).full_view
    assert len(ask_all(view, places=len(view.source.text))) == ALL


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_redirects", "/a/ /gb/en/hosting/ssl/\n‸"),
        ("links.yml", "a:\n  en-gb: https://x.example\n‸"),
        ("facts.yml", "mail:\n  pages: web\n# [x](a)\n‸"),
    ],
)
def test_a_data_file_has_an_answer_to_everything(tmp_path: Path, name: str, text: str) -> None:
    assert ask_all(Editor(tmp_path, {**GUIDES, name: text}).full_view)


def test_an_empty_page(tmp_path: Path) -> None:
    ask_all(Editor(tmp_path, {**GUIDES, PAGE: "‸"}).full_view)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\xef\xbb\xbf---\n", b"---\r---\r[x](\r", b"\0"])
def test_bytes_that_are_no_good_text(data: bytes) -> None:
    is_answered(data)
