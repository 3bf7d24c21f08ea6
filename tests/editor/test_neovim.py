"""The language server in Neovim's own client, set up by the lines of the manual for the version of Debian."""

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.neovim import Neovim, in_neovim, neovim

pytestmark = in_neovim
MANUAL = Path(__file__).parents[2] / "docs/editors/neovim.md"
FILES = {
    "balise.toml": 'guides = "guides"\n',
    "guides/home.en-gb.md": "---\ntitle: Guides\n---\n",
    "guides/emails/product.en-gb.md": "---\ntitle: Emails\nslug: emails\n---\n",
    "guides/emails/create/guide.en-gb.md": """\
---
title: Create an address
slug: create
---

## Before you begin

See [how](#create-adress), and click `Next`{.acton}.

## Create the address

Done.
""",
    "guides/emails/delete/guide.en-gb.md": """\
---
title: Delete an address
slug: delete
---

## Before you begin

You have [an address](../create/guide.en-gb.md#create-the-address).
""",
}
CREATE, DELETE = "guides/emails/create/guide.en-gb.md", "guides/emails/delete/guide.en-gb.md"
FOUND = "#vim.diagnostic.get(0)"
LENSES = """
    vim.lsp.codelens.refresh()
    vim.wait(200)
    lenses = vim.tbl_filter(function(one) return one.range.start.line == 9 end, vim.lsp.codelens.get(0))
"""


def manual_lines(word: str) -> str:
    """The block of the manual with a word in it."""
    blocks = MANUAL.read_text(encoding="utf-8").split("```lua")[1:]
    (block,) = [block.split("```")[0] for block in blocks if word in block]
    return block.partition("\n")[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def editor(folder: Path) -> Iterator[Neovim]:
    with neovim(folder, manual_lines("start_client")) as editor:
        editor.open(folder / CREATE)
        yield editor


def test_findings_are_shown_and_go_when_they_are_mended(editor: Neovim) -> None:
    editor.wait(f"{FOUND} == 2")
    found = editor.lua("return vim.diagnostic.get(0)")
    assert [(one["lnum"] + 1, one["code"], one["source"]) for one in found] == [
        (8, "unresolved-anchor", "balise"),
        (8, "unknown-attribute", "balise"),
    ]
    editor.keys(":8<CR>:s/adress/the-address/<CR>")
    editor.wait(f"{FOUND} == 1")
    editor.keys(":8<CR>A See [more](#gone).<Esc>")
    editor.wait(f"{FOUND} == 2")


def test_a_code_action_mends(editor: Neovim) -> None:
    editor.wait(f"{FOUND} == 2")
    choose = "for _, one in ipairs(all) do if choice.format_item(one):find('action') then return chosen(one) end end"
    editor.lua(f"vim.ui.select = function(all, choice, chosen) {choose} end")
    editor.keys(":8<CR>/acton<CR>:lua vim.lsp.buf.code_action()<CR>")
    editor.wait("vim.fn.getline(8):find('`Next`{.action}', 1, true)")
    editor.wait(f"{FOUND} == 1")


def test_a_heading_is_renamed_with_the_links_to_it(editor: Neovim, folder: Path) -> None:
    editor.wait(f"{FOUND} == 2")
    editor.keys(":10<CR>fC:lua vim.lsp.buf.rename('Make the address')<CR>")
    editor.wait("vim.fn.getline(10):find('Make the address')")
    editor.keys(":wall<CR>")
    editor.wait("#vim.fn.getbufinfo({ bufmodified = 1 }) == 0")
    link = "[an address](../create/guide.en-gb.md#make-the-address)"
    assert link in (folder / DELETE).read_text(encoding="utf-8")


def test_anchors_of_the_target_are_completed(editor: Neovim, folder: Path) -> None:
    editor.open(folder / DELETE)
    editor.wait("#vim.lsp.buf_get_clients() == 1")
    editor.keys("Go[x](../create/guide.en-gb.md#cre<C-x><C-o>")
    editor.wait("vim.fn.getline('$'):find('address', 1, true)")
    editor.keys(")")
    editor.wait("vim.fn.getline('$') == '[x](../create/guide.en-gb.md#create-the-address)'")


def test_a_link_is_followed_to_the_heading(editor: Neovim, folder: Path) -> None:
    editor.open(folder / DELETE)
    editor.wait("#vim.lsp.buf_get_clients() == 1")
    editor.keys(":8<CR>f#:lua vim.lsp.buf.definition()<CR>")
    editor.wait(f"vim.api.nvim_buf_get_name(0):find('{CREATE}', 1, true)")
    editor.wait("vim.fn.line('.') == 10")


def test_a_page_is_mended_as_it_is_saved(folder: Path) -> None:
    lines = manual_lines("start_client") + manual_lines("BufWritePre")
    with neovim(folder, lines) as editor:
        editor.open(folder / CREATE)
        editor.wait(f"{FOUND} == 2")
        editor.keys(":write<CR>")
        editor.wait("vim.fn.getbufinfo('%')[1].changed == 0 and vim.fn.getline(8):find('action')")
    assert "click `Next`{.action}" in (folder / CREATE).read_text(encoding="utf-8")


def test_the_links_to_a_heading_are_listed(folder: Path) -> None:
    lines = manual_lines("start_client") + manual_lines("showPlaces")
    with neovim(folder, lines) as editor:
        editor.open(folder / CREATE)
        editor.wait(f"{FOUND} == 2")
        editor.wait(f"(function() {LENSES}; return #lenses > 0 end)()")
        editor.keys(":10<CR>:lua vim.lsp.codelens.run()<CR>")
        editor.wait("#vim.fn.getqflist() == 1")
        listed = editor.lua("return vim.fn.getqflist({ title = 1, items = 1 })")
    assert listed["title"] == "1 link here"
    assert listed["items"][0]["lnum"] == 8


def test_a_page_is_moved_with_the_links_to_it(folder: Path) -> None:
    lines = manual_lines("start_client") + manual_lines("BaliseMove")
    moved = "guides/emails/new/guide.en-gb.md"
    with neovim(folder, lines) as editor:
        editor.open(folder / CREATE)
        editor.wait(f"{FOUND} == 2")
        editor.keys(f":BaliseMove {moved}<CR>")
        editor.wait(f"vim.api.nvim_buf_get_name(0):find('{moved}', 1, true)")
        editor.keys(":wall<CR>")
        editor.wait("#vim.fn.getbufinfo({ bufmodified = 1 }) == 0")
    assert "(../new/guide.en-gb.md#create-the-address)" in (folder / DELETE).read_text("utf-8")
    assert (folder / moved).exists()
    assert not (folder / CREATE).exists()


def test_the_same_place_in_another_locale_is_a_command_away(folder: Path) -> None:
    lines = manual_lines("start_client") + manual_lines("BaliseTranslation")
    french = CREATE.replace("en-gb", "fr-fr")
    text = FILES[CREATE].replace("Create the address", "Créer l'adresse")
    (folder / french).write_text(text, encoding="utf-8")
    with neovim(folder, lines) as editor:
        editor.open(folder / CREATE)
        editor.wait(f"{FOUND} > 0")
        editor.keys(":10<CR>:BaliseTranslation fr-fr<CR>")
        editor.wait(f"vim.api.nvim_buf_get_name(0):find('{french}', 1, true)")
        editor.wait("vim.fn.line('.') == 10")


def test_a_file_that_changes_outside_of_the_editor_counts(folder: Path) -> None:
    renamed = FILES[CREATE].replace("## Create the address", "## Make it")
    with neovim(folder, manual_lines("start_client")) as editor:
        editor.open(folder / DELETE)
        editor.keys(":8<CR>A [x](#y)<Esc>")
        editor.wait(f"{FOUND} == 1")
        (folder / CREATE).write_text(renamed, encoding="utf-8")
        editor.wait(f"{FOUND} == 2")


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="only Linux tells of the end of a process"
)
def test_the_server_ends_with_the_editor(folder: Path) -> None:
    with neovim(folder, manual_lines("start_client")) as editor:
        editor.open(folder / CREATE)
        editor.wait(f"{FOUND} == 2")
        server = os.pidfd_open(editor.lua("return vim.lsp.get_active_clients()[1].rpc.pid"))
    ended, _, _ = select.select([server], [], [], 20)
    os.close(server)
    assert ended
