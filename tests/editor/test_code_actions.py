"""What an editor offers to do about a finding, and what becomes of the files when it does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.editor.conftest import write
from tests.helpers.command import balise
from tests.helpers.language_client import CAPABILITIES, LanguageClient

PAGE = "guides/cloud/backup/actions/guide.en-gb.md"
HEAD = "---\ntitle: New\n---\n\n"


def actions(
    client: LanguageClient, uri: str, found: list[dict[str, Any]], **context: Any
) -> dict[str, dict[str, Any]]:
    """What is offered at the first of some diagnostics, by title."""
    params = {
        "textDocument": {"uri": uri},
        "range": found[0]["range"],
        "context": {"diagnostics": found, **context},
    }
    return {a["title"]: a for a in client.request("textDocument/codeAction", params)}


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text with edits whose columns are characters."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(place: Mapping[str, int]) -> int:
        return min(starts[min(place["line"], len(lines))] + place["character"], len(text))

    for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
        start, end = (offset(edit["range"][at]) for at in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


def only(found: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    return [f for f in found if f["code"] == code]


def edited(action: Mapping[str, Any], uri: str, text: str) -> str:
    """The text of a document with what an action does to it."""
    changes = action["edit"]["documentChanges"]
    return next(
        applied(text, change["edits"]) for change in changes if change["textDocument"]["uri"] == uri
    )


def test_the_fix_of_a_finding_is_offered_and_mends_it(shared: LanguageClient) -> None:
    text = HEAD + "## A heading\n\n[a](http://example.com/) and [ b]( #a-heading)\n\n##\n"
    uri, found = shared.opened(PAGE, text)
    version = shared.version
    empty = only(found, "empty-heading")
    offered = actions(shared, uri, empty)
    fix = next(a for a in offered.values() if a.get("isPreferred"))
    after = shared.diagnostics(uri, shared.change(uri, {"text": edited(fix, uri, text)}))
    shared.close(uri)
    assert fix["kind"] == "quickfix"
    assert [d["code"] for d in fix["diagnostics"]] == ["empty-heading"]
    assert fix["edit"]["documentChanges"][0]["textDocument"]["version"] == version
    assert only(after, "empty-heading") == []


@pytest.mark.parametrize(
    "text",
    [
        "text\n[a](#nowhere)\nmore\n",
        "- one\n- [a](#nowhere)\n- three\n",
        "> [!warning]\n>\n> [a](#nowhere)\n>\n",
        "| a | b |\n|---|---|\n| [a](#nowhere) | c |\n",
        "## [a](#nowhere)\n",
        "> [!warning] [a](#nowhere)\n> more\n",
        "/// details | Title\n\n[a](#nowhere)\n\n///\n",
    ],
)
def test_a_finding_can_be_silenced_where_it_is(shared: LanguageClient, text: str) -> None:
    text = HEAD + "before\n\n" + text
    uri, found = shared.opened(PAGE, text)
    offered = actions(shared, uri, only(found, "unresolved-anchor"))
    silence = next(
        a for title, a in offered.items() if title.startswith("Silence unresolved-anchor")
    )
    after = shared.diagnostics(uri, shared.change(uri, {"text": edited(silence, uri, text)}))
    shared.close(uri)
    others = [f["code"] for f in found if f["code"] != "unresolved-anchor"]
    assert sorted(f["code"] for f in after) == sorted(others)


def test_all_safe_fixes_are_those_of_the_command(shared: LanguageClient) -> None:
    text = HEAD + "## A\n\n##\n\n[x](https://example.com/){.external}\n\n##\n\n\n\n\nend\n"
    write(shared.folder, PAGE, text)
    uri, found = shared.opened(PAGE)
    offered = actions(shared, uri, found, only=["source.fixAll"])
    (action,) = offered.values()
    made = edited(action, uri, text)
    shared.close(uri)
    balise("check", "--fix", "--exit-zero", PAGE, cwd=shared.folder)
    by_command = (shared.folder / PAGE).read_text()
    (shared.folder / PAGE).unlink()
    assert action["kind"] == "source.fixAll.balise"
    assert made == by_command != text


def test_a_page_that_is_missing_in_a_locale_is_made_from_its_sibling(
    shared: LanguageClient,
) -> None:
    text = "---\ntitle: Nouveau\n---\n\n[a](/pages/cloud/backup/second){.ref}\n"
    uri, found = shared.opened("guides/cloud/backup/actions/guide.fr-fr.md", text)
    offered = actions(shared, uri, only(found, "untranslated-link"))
    shared.close(uri)
    create, insert = offered["Create the page in fr-fr from the one in en-gb"]["edit"][
        "documentChanges"
    ]
    sibling = "guides/cloud/backup/second/guide.en-gb.md"
    assert create == {"kind": "create", "uri": shared.uri(sibling.replace("en-gb", "fr-fr"))}
    assert insert["edits"][0]["newText"] == (shared.folder / sibling).read_text()


def test_an_address_that_no_page_has_is_redirected(shared: LanguageClient) -> None:
    uri, found = shared.opened(PAGE, HEAD + "[First](https://docs.ovh.com/gb/en/backups/first/)\n")
    offered = actions(shared, uri, only(found, "unresolved-link"))
    shared.close(uri)
    action = next(a for title, a in offered.items() if title.startswith("Add a redirect"))
    create, insert = action["edit"]["documentChanges"]
    assert create["uri"] == shared.uri("guides/_redirects")
    assert insert["edits"][0]["newText"] == "/gb/en/backups/first/ /gb/en/cloud/backup/first/\n"


def test_a_port_is_added_to_the_facts(project: Path) -> None:
    write(
        project,
        "guides/facts.yml",
        "mail:\n  pages: cloud\n  ports:\n    imap:\n      tls: 993\n",
    )
    table = "| Protocol | Port | Security |\n|---|---|---|\n| IMAP | 994 | SSL/TLS |\n"
    with LanguageClient(project) as client:
        client.initialize()
        uri, found = client.opened(PAGE, HEAD + "## Incoming\n\n" + table)
        offered = actions(client, uri, only(found, "facts-contradict"))
    edit = offered["Add `994` to facts.yml"]["edit"]["documentChanges"][0]
    facts = (project / "guides/facts.yml").read_text()
    assert applied(facts, edit["edits"]) == facts.replace("993", "993, 994")


def test_an_editor_that_cannot_make_files_is_not_offered_to(project: Path) -> None:
    workspace = {**CAPABILITIES["workspace"], "workspaceEdit": {}}
    with LanguageClient(project) as client:
        client.initialize(capabilities={**CAPABILITIES, "workspace": workspace})
        uri, found = client.opened(PAGE, HEAD + "##\n")
        offered = actions(client, uri, only(found, "empty-heading"))
    fix = next(a for a in offered.values() if a.get("isPreferred"))
    assert list(fix["edit"]["changes"]) == [uri]
