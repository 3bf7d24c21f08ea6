"""Drafts that are kept belong to the text that they were made of."""

from pathlib import Path

import pytest

from balise.config import OVH_URLS
from balise.publish.drafts import KeptDrafts
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

PAGE = "guides/guide.fr-fr.md"


@pytest.mark.parametrize("saved_meanwhile", [False, True])
def test_a_text_that_is_saved_during_a_build_is_not_kept_for_the_one_before(
    saved_meanwhile: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / PAGE
    page.parent.mkdir()
    page.write_text("First.\n", encoding="utf-8")
    scope = Scope([PageFile(PAGE, "guides")], whole={"guides": "tree"})
    with Workspace.open(scope, OVH_URLS, Store(tmp_path)) as workspace:
        if saved_meanwhile:
            page.write_text("Second.\n", encoding="utf-8")
        drafts = KeptDrafts(workspace)
        word = "Second" if saved_meanwhile else "First"
        assert drafts(PAGE, "guides").parts == [f"<p>{word}.</p>\n"]
        workspace.keep_drafts(drafts.made)
        assert (workspace.draft(PAGE) is None) == saved_meanwhile
