"""What editors send by mistake, and what happens around the server: it goes on, or it ends in order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.editor.conftest import FILES, write
from tests.editor.test_server import FIRST, SECOND, TEXT, codes, insertion, whole
from tests.helpers.command import balise
from tests.helpers.language_client import LanguageClient

POSITION = {"line": 0, "character": 0}


def is_alive(client: LanguageClient) -> bool:
    """Whether the server still tells what is wrong with a page."""
    uri, found = client.opened("guides/cloud/backup/alive/guide.en-gb.md", TEXT + "[a](#b)\n")
    client.close(uri)
    return "unresolved-anchor" in codes(found)


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"Content-Length: 3\r\n\r\n{]}",
        b"Content-Length: 4\r\n\r\nnull",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 0\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: 99999999999999\r\n\r\n",
        b'content-length:17\r\nContent-Type: x\r\n\r\n{"jsonrpc":"2.0"}',
        b"Content-Length: 2\r\n\r\n\xff\xfe",
        b"Content-Length: 40000\r\n\r\n" + b"[" * 40000,
    ],
)
def test_bytes_that_are_no_message_do_no_harm(shared: LanguageClient, data: bytes) -> None:
    shared.send_bytes(data)
    assert is_alive(shared)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (
            "textDocument/didChange",
            {"textDocument": {"uri": "file:///x.md", "version": 2}, "contentChanges": []},
        ),
        ("textDocument/didChange", {"textDocument": 5}),
        ("textDocument/didClose", {"textDocument": {"uri": "file:///never/opened.md"}}),
        ("textDocument/didOpen", None),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "", "languageId": "", "version": 0, "text": ""}},
        ),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "%%%:::", "languageId": "", "version": 0, "text": ""}},
        ),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "file:///%00.md", "languageId": "", "version": 0, "text": ""}},
        ),
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "git:/x?y#z", "type": 9}]}),
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///%00", "type": 2}]}),
        ("$/cancelRequest", {"id": 987654}),
        ("$/unknown", {"a": 1}),
    ],
)
def test_notifications_that_mean_nothing_do_no_harm(
    shared: LanguageClient, method: str, params: object
) -> None:
    shared.notify(method, params)
    assert is_alive(shared)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/codeAction", {"textDocument": {"uri": "file:///x.md"}}),
        ("textDocument/codeAction", []),
        ("workspace/executeCommand", {"command": "balise.nothing"}),
        ("workspace/executeCommand", {"command": "balise.preview", "arguments": [1, 2, 3]}),
        ("workspace/willRenameFiles", {"files": 3}),
        ("balise/unknown", {}),
    ],
)
def test_requests_that_mean_nothing_are_answered_with_an_error(
    shared: LanguageClient, method: str, params: object
) -> None:
    assert shared.error(method, params)
    assert is_alive(shared)


def test_what_is_not_open_has_no_answers(shared: LanguageClient) -> None:
    document = {"uri": "file:///nowhere/guide.md"}
    asked = {
        "textDocument": document,
        "range": {"start": POSITION, "end": POSITION},
        "context": {"diagnostics": []},
    }
    assert not shared.request("textDocument/codeAction", asked)
    assert shared.request("workspace/willRenameFiles", {"files": []}) is None


def test_places_beyond_the_text_are_its_end(shared: LanguageClient) -> None:
    uri, _ = shared.opened(FIRST)
    end = {"line": 999_999, "character": 999_999}
    shared.change(uri, {"range": {"start": end, "end": end}, "text": "\n[a](#b)\n"})
    found = shared.diagnostics(uri, shared.change(uri, insertion(2, 999, "\nx: y")))
    far = {"textDocument": {"uri": uri}, "range": {"start": end, "end": end}}
    shared.request("textDocument/codeAction", {**far, "context": {"diagnostics": []}})
    shared.close(uri)
    assert "unresolved-anchor" in codes(found)


def test_halves_of_characters_are_no_characters(shared: LanguageClient) -> None:
    uri, found = shared.opened(FIRST, TEXT + "## A \ud83d heading\n\n[a](#b\udc00)\n")
    shared.close(uri)
    assert "unresolved-anchor" in codes(found)


def test_a_text_that_is_too_large_is_left_to_the_command(shared: LanguageClient) -> None:
    uri, found = shared.opened(FIRST, "a [b](#c) line of text\n" * 1_000_000)
    asked = {"textDocument": {"uri": uri}, "range": {"start": POSITION, "end": POSITION}}
    assert not shared.request("textDocument/codeAction", {**asked, "context": {"diagnostics": []}})
    shared.close(uri)
    assert len(found) == 1
    assert "too large" in found[0]["message"]
    assert is_alive(shared)


def test_a_thousand_documents_can_be_open(shared: LanguageClient) -> None:
    names = [f"guides/cloud/backup/many-{number}/guide.en-gb.md" for number in range(1000)]
    for name in names:
        shared.open(name, TEXT + "[a](#b)\n")
    for name in names:
        assert "unresolved-anchor" in codes(shared.diagnostics(shared.uri(name)))
    for name in names:
        shared.close(shared.uri(name))
    assert is_alive(shared)


def test_a_text_that_has_no_file_is_checked_by_itself(shared: LanguageClient) -> None:
    uri = "untitled:Untitled-1"
    document = {"uri": uri, "languageId": "markdown", "version": 7, "text": "[a](#b)\n"}
    shared.notify("textDocument/didOpen", {"textDocument": document})
    assert "unresolved-anchor" in codes(shared.diagnostics(uri, 7))


def test_a_setting_that_there_is_not_is_told(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize(options={"inlayHint": True, "debounce": "soon"})
        said = [client.notification("window/showMessage")["message"] for _ in range(2)]
        assert is_alive(client)
    assert said == [
        "there is no setting `inlayHint`; did you mean `inlayHints`?",
        "the setting `debounce` must be a number",
    ]


def test_folders_of_guides_that_vanish_and_come_back(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        uri, _ = client.opened(SECOND)
        shutil.move(project / "guides", project / "gone")
        changes = [{"uri": client.uri("guides"), "type": 3}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        without = client.diagnostics(uri, client.change(uri, whole(FILES[SECOND] + "\n")))
        shutil.move(project / "gone", project / "guides")
        changes = [{"uri": client.uri("guides"), "type": 1}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        back = client.diagnostics(uri, client.change(uri, whole(FILES[SECOND])))
    assert "unresolved-link" in codes(without)
    assert codes(back) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_told_of(project: Path) -> None:
    (project / "guides/cloud").chmod(0)
    try:
        with LanguageClient(project) as client:
            client.initialize()
            assert is_alive(client)
    finally:
        (project / "guides/cloud").chmod(0o755)


def test_two_servers_and_a_check_share_a_folder(project: Path) -> None:
    with LanguageClient(project) as one, LanguageClient(project) as other:
        one.initialize()
        other.initialize()
        one.opened(FIRST, TEXT + "[a](#b)\n")
        other.opened(SECOND)
        assert balise("check", cwd=project).status == 0
        assert is_alive(one)
        assert is_alive(other)


def test_several_folders_each_have_their_configuration(project: Path, tmp_path: Path) -> None:
    second = tmp_path / "second project"
    for name, text in FILES.items():
        write(second, name, text)
    write(second, "balise.toml", 'guides = "guides"\nignore = ["links", "anchors"]\n')
    with LanguageClient(project) as client:
        client.initialize(folders=[project, second])
        _, found = client.opened(FIRST, TEXT + "[a](#b)\n")
        _, other = client.opened(f"second project/{FIRST}", TEXT + "[a](#b)\n")
    assert codes(found) == ["unresolved-anchor"]
    assert codes(other) == []


def test_the_server_ends_as_its_client_says(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        assert client.shutdown() == 0
    with LanguageClient(project) as client:
        client.initialize()
        client.notify("exit")
        assert client.process.wait() == 1


def test_the_server_ends_when_nobody_can_say_anything_any_more(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        client.opened(FIRST)
        errors = client.end()
        assert client.process.returncode == 1
    assert errors == ""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells of other processes")
def test_the_server_ends_when_its_client_has_died(project: Path) -> None:
    client_of_it = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with LanguageClient(project) as client:
        client.initialize(process=client_of_it.pid)
        client_of_it.communicate()
        assert client.process.wait() == 1


def test_a_library_that_is_missing_is_told_with_the_way_to_have_it(tmp_path: Path) -> None:
    write(tmp_path, "without/pygls/__init__.py", "raise ImportError")
    ran = balise("server", cwd=tmp_path, PYTHONPATH=str(tmp_path / "without"))
    assert ran.status == 2
    assert ran.err == "balise: `balise server` needs the package pygls: install `balise[editor]`\n"
