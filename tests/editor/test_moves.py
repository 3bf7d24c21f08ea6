"""Files that an editor moves, and renames by command for editors that know no better."""

from pathlib import Path
from typing import Any

import pytest

from tests.editor.conftest import write
from tests.editor.test_code_actions import applied
from tests.helpers.language_client import CAPABILITIES, LanguageClient

FIRST = "guides/cloud/backup/first/guide.en-gb.md"
SECOND = "guides/cloud/backup/second/guide.en-gb.md"


def carried_out(folder: Path, edit: dict[str, Any]) -> None:
    """Do to files what an edit says, as an editor does."""
    for change in edit["documentChanges"]:
        match change.get("kind"):
            case "create":
                write(folder, str(_path(folder, change["uri"])), "")
            case "rename":
                new = folder / _path(folder, change["newUri"])
                new.parent.mkdir(parents=True, exist_ok=True)
                (folder / _path(folder, change["oldUri"])).rename(new)
            case "delete":
                (folder / _path(folder, change["uri"])).unlink()
            case None:
                file = folder / _path(folder, change["textDocument"]["uri"])
                file.write_text(applied(file.read_text(), change["edits"]))


def _path(folder: Path, uri: str) -> str:
    return uri.removeprefix(f"{folder.as_uri()}/")


def test_all_that_names_a_guide_follows_when_its_folder_is_moved(
    project: Path, client: LanguageClient
) -> None:
    old, new = "guides/cloud/backup/first", "guides/cloud/backup/begin"
    files = [{"oldUri": client.uri(old), "newUri": client.uri(new)}]
    edit = client.request("workspace/willRenameFiles", {"files": files})
    assert not any(change.get("kind") == "rename" for change in edit["documentChanges"])
    carried_out(project, edit)
    (project / old).rename(project / new)
    changes = [{"uri": client.uri(old), "type": 3}, {"uri": client.uri(new), "type": 1}]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    _, found = client.opened(SECOND)
    assert "(../begin/guide.en-gb.md#begin)" in (project / SECOND).read_text()
    assert found == []


def test_a_move_that_cannot_be_is_said_why(client: LanguageClient) -> None:
    files = [{"oldUri": client.uri(FIRST), "newUri": client.uri(SECOND)}]
    why = client.error("workspace/willRenameFiles", {"files": files})
    assert "second" in why


def test_files_of_no_collection_are_moved_without_a_word(client: LanguageClient) -> None:
    files = [{"oldUri": client.uri("notes.txt"), "newUri": client.uri("other.txt")}]
    assert client.request("workspace/willRenameFiles", {"files": files}) is None


@pytest.mark.parametrize("command", ["balise.move", "balise.rename"])
def test_an_editor_can_rename_by_command(
    project: Path, client: LanguageClient, command: str
) -> None:
    uri, _ = client.opened(FIRST)
    place = {"line": 4, "character": 4}
    new = client.uri("guides/cloud/backup/begin")
    every: dict[str, list[Any]] = {
        "balise.move": [client.uri("guides/cloud/backup/first"), new],
        "balise.rename": [uri, place, "Start here"],
    }
    asked = {"command": command, "arguments": every[command]}
    client.request("workspace/executeCommand", asked)
    carried_out(project, client.notification("workspace/applyEdit")["edit"])
    link = (project / SECOND).read_text()
    assert ("../begin/guide.en-gb.md#begin" if command == "balise.move" else "#start-here") in link


def test_an_editor_that_cannot_move_files_is_told_what_can(project: Path) -> None:
    edits = {"documentChanges": True, "resourceOperations": []}
    workspace = {**CAPABILITIES["workspace"], "workspaceEdit": edits}
    with LanguageClient(project) as client:
        client.initialize(capabilities={**CAPABILITIES, "workspace": workspace})
        folders = [client.uri(f"guides/cloud/backup/{name}") for name in ("first", "begin")]
        move = {"command": "balise.move", "arguments": folders}
        assert "`balise mv`" in client.error("workspace/executeCommand", move)


def test_translations_and_the_same_place_in_them_are_asked_for_by_command(
    client: LanguageClient,
) -> None:
    uri, _ = client.opened(FIRST)
    asked: dict[str, Any] = {"command": "balise.translations", "arguments": [uri]}
    (translation,) = client.request("workspace/executeCommand", asked)
    place = {"line": 4, "character": 4}
    asked = {"command": "balise.samePlace", "arguments": [uri, place, "fr-fr"]}
    there = client.request("workspace/executeCommand", asked)
    asked = {"command": "balise.preview", "arguments": [uri]}
    html = client.request("workspace/executeCommand", asked)
    assert (translation["locale"], translation["uri"]) == ("fr-fr", there["uri"])
    assert there["range"]["start"]["line"] == 4
    assert "Begin" in html
