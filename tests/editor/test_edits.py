"""Edits as they go over the wire: what editors are strict about."""

from tests.helpers.language_client import LanguageClient

FIRST = "guides/cloud/backup/first/guide.en-gb.md"


def test_what_is_inserted_comes_before_what_is_replaced_at_the_same_place(
    shared: LanguageClient,
) -> None:
    """The other way round the two overlap by LSP 3.17 (TextEdit[]), and VS Code takes neither."""
    uri, _ = shared.opened(FIRST)
    place = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 4}}
    made = shared.request("textDocument/rename", {**place, "newName": "Start"})
    shared.close(uri)
    (edits,) = [c["edits"] for c in made["documentChanges"] if c["textDocument"]["uri"] == uri]
    anchor, heading = edits
    assert anchor["newText"] == '<a name="begin"></a>'
    assert anchor["range"]["start"] == anchor["range"]["end"] == heading["range"]["start"]
    assert heading["newText"] == "Start"
