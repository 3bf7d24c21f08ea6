"""What an editor asks of the server, and its answers in the terms of the protocol."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.language_client import CAPABILITIES, LanguageClient
from tests.helpers.marked import CURSOR

PAGE = "guides/cloud/backup/first/guide.en-gb.md"
TEXT = """\
---
title: First
---

## Begin

😀 See [the second](../second/guide.en-gb.md#more), [below](#begin).

> [!warning]
> Text
"""


class Asking:
    """A page that is open with the text of a test; what is asked is about that."""

    def __init__(self, client: LanguageClient, text: str) -> None:
        self.client = client
        before = text.partition(CURSOR)[0]
        self.position = {
            "line": before.count("\n"),
            "character": len(before.rpartition("\n")[2].encode("utf-16-le")) // 2,
        }
        self.uri, _ = client.opened(PAGE, text.replace(CURSOR, ""))

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close(self.uri)

    def of_page(self, method: str, **more: Any) -> Any:
        params = {"textDocument": {"uri": self.uri}, **more}
        return self.client.request(f"textDocument/{method}", params)

    def at_place(self, method: str, **more: Any) -> Any:
        return self.of_page(method, position=self.position, **more)


def at(text: str, thing: str) -> str:
    """The text with the cursor in front of the first time that a thing is there."""
    return text.replace(thing, CURSOR + thing, 1)


def place(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    first, last = ({"line": line, "character": column} for line, column in (start, end))
    return {"start": first, "end": last}


def test_hover_counts_columns_in_utf_16(shared: LanguageClient) -> None:
    with Asking(shared, at(TEXT, "the second")) as asking:
        found = asking.at_place("hover")
    assert found["contents"]["kind"] == "markdown"
    assert found["contents"]["value"].startswith("**Second** › More")
    assert found["range"] == place((6, 7), (6, 50))


def test_definition_and_references(shared: LanguageClient) -> None:
    second = shared.uri("guides/cloud/backup/second/guide.en-gb.md")
    with Asking(shared, at(TEXT, "the second")) as asking:
        assert asking.at_place("definition") == [{"uri": second, "range": place((4, 0), (4, 7))}]
    with Asking(shared, at(TEXT, "Begin")) as asking:
        found = asking.at_place("references", context={"includeDeclaration": False})
        assert [use["uri"] for use in found] == [asking.uri, second]
        highlighted = asking.at_place("documentHighlight")
    assert [light["range"]["start"]["line"] for light in highlighted] == [4, 6]


def test_completions_are_in_order_and_asked_for_again(shared: LanguageClient) -> None:
    with Asking(shared, f"{TEXT}\n😀 [x](sec{CURSOR})\n") as asking:
        found = asking.at_place("completion")
    assert found["isIncomplete"]
    first = found["items"][0]
    assert first["label"] == "Second"
    assert first["filterText"] == "sec"
    assert first["textEdit"] == {
        "range": place((11, 7), (11, 10)),
        "newText": "../second/guide.en-gb.md",
    }
    sorts = [item["sortText"] for item in found["items"]]
    assert sorts == sorted(sorts)


def test_an_editor_without_snippets_gets_plain_text(shared: LanguageClient) -> None:
    with Asking(shared, f"> [!warn{CURSOR}]\n") as asking:
        item = asking.at_place("completion")["items"][0]
    assert item["textEdit"]["newText"] == "warning]\n> Text"
    assert item.get("insertTextFormat") is None


def test_an_editor_that_fills_in_places_and_asks_for_titles_gets_them(project: Path) -> None:
    completion = {"completionItem": {"snippetSupport": True}}
    document = {**CAPABILITIES["textDocument"], "completion": completion}
    with LanguageClient(project) as client:
        client.initialize(
            capabilities={**CAPABILITIES, "textDocument": document}, options={"inlayHints": True}
        )
        with Asking(client, f"{TEXT}\n> [!warn{CURSOR}]\n") as asking:
            item = asking.at_place("completion")["items"][0]
            hints = asking.of_page("inlayHint", range=place((0, 0), (10, 0)))
    assert item["textEdit"]["newText"] == "warning]\n> ${1:Text}$0"
    assert item["insertTextFormat"] == 2
    shown = [(hint["label"], hint["position"]["character"]) for hint in hints]
    assert shown == [("More", 50), ("Begin", 67)]


def test_what_is_asked_of_the_whole_page(shared: LanguageClient) -> None:
    with Asking(shared, TEXT) as asking:
        links = asking.of_page("documentLink")
        symbols = asking.of_page("documentSymbol")
        folds = asking.of_page("foldingRange")
        lenses = asking.of_page("codeLens")
    assert links[0]["range"] == place((6, 20), (6, 49))
    assert links[0]["target"].endswith("/second/guide.en-gb.md#5,1")
    assert [symbol["name"] for symbol in symbols] == ["Begin"]
    assert [child["name"] for child in symbols[0]["children"]] == ["warning"]
    assert [(fold["startLine"], fold["endLine"]) for fold in folds] == [(0, 2), (4, 9), (8, 9)]
    assert [lens["command"]["title"] for lens in lenses] == [
        "1 link here",
        "1 translation",
        "2 links here",
    ]


def test_selections_are_around_each_other(shared: LanguageClient) -> None:
    with Asking(shared, at(TEXT, "second](")) as asking:
        found = asking.of_page("selectionRange", positions=[asking.position])[0]
    assert found["range"] == place((6, 12), (6, 18))
    assert found["parent"]["range"] == place((6, 7), (6, 50))


def test_pages_are_found_by_name(shared: LanguageClient) -> None:
    found = shared.request("workspace/symbol", {"query": "premier"})
    assert [symbol["name"] for symbol in found] == ["Premier"]


def test_the_preview_is_of_the_text_in_the_editor(shared: LanguageClient) -> None:
    with Asking(shared, f"{TEXT}\nOnly *here*.\n") as asking:
        asked = {"command": "balise.preview", "arguments": [asking.uri]}
        html = shared.request("workspace/executeCommand", asked)
    assert "Only <em>here</em>." in html


@pytest.mark.parametrize("method", ["hover", "definition", "references", "documentHighlight"])
def test_there_is_no_answer_where_there_is_nothing(shared: LanguageClient, method: str) -> None:
    with Asking(shared, at(TEXT, "Text")) as asking:
        assert not asking.at_place(method, context={"includeDeclaration": False})


def test_translations_and_the_same_place_in_one(shared: LanguageClient) -> None:
    french = shared.uri("guides/cloud/backup/first/guide.fr-fr.md")
    with Asking(shared, at(TEXT, "Begin")) as asking:
        listed = {"command": "balise.translations", "arguments": [asking.uri]}
        found = shared.request("workspace/executeCommand", listed)
        arguments = [asking.uri, asking.position, "fr-fr"]
        there = {"command": "balise.samePlace", "arguments": arguments}
        location = shared.request("workspace/executeCommand", there)
    assert found == [{"locale": "fr-fr", "state": "original", "uri": french}]
    assert location == {"uri": french, "range": place((4, 0), (4, 12))}
