"""The server as an editor sees it: documents are opened, changed and closed, and it says what is wrong."""

from pathlib import Path
from typing import Any

from tests.editor.conftest import FILES, write
from tests.helpers.command import PICTURE, balise
from tests.helpers.language_client import LanguageClient

FIRST = "guides/cloud/backup/first/guide.en-gb.md"
SECOND = "guides/cloud/backup/second/guide.en-gb.md"
TEXT = "---\ntitle: New\n---\n\n"


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [finding["code"] for finding in found]


def whole(text: str) -> dict[str, str]:
    return {"text": text}


def insertion(line: int, character: int, text: str) -> dict[str, Any]:
    place = {"line": line, "character": character}
    return {"range": {"start": place, "end": place}, "text": text}


def test_a_page_is_told_what_is_wrong_with_it_when_it_is_opened(shared: LanguageClient) -> None:
    uri, found = shared.opened("guides/cloud/backup/a/guide.en-gb.md", TEXT + "[a](#nowhere)\n")
    shared.close(uri)
    assert "unresolved-anchor" in codes(found)
    finding = next(f for f in found if f["code"] == "unresolved-anchor")
    assert finding["source"] == "balise"
    assert finding["severity"] == 1
    assert finding["range"]["start"] == {"line": 4, "character": 0}


def test_a_change_is_checked_with_its_version(shared: LanguageClient) -> None:
    uri, before = shared.opened("guides/cloud/backup/b/guide.en-gb.md", TEXT + "😀 text\n")
    found = shared.diagnostics(uri, shared.change(uri, insertion(4, 2, " [a](#b)")))
    shared.close(uri)
    new = [f for f in found if f["code"] == "unresolved-anchor"]
    assert [f["range"]["start"] for f in new] == [{"line": 4, "character": 3}]
    assert new[0] not in before


def test_of_many_changes_at_once_the_newest_is_told(shared: LanguageClient) -> None:
    uri, _ = shared.opened(FIRST)
    for number in range(50):
        version = shared.change(uri, insertion(6, 0, f"[{number}](#x) "))
    found = shared.diagnostics(uri, version)
    shared.close(uri)
    assert codes(found).count("unresolved-anchor") == 50


def test_what_a_change_breaks_on_another_page_is_told_there(shared: LanguageClient) -> None:
    uri, _ = shared.opened(FIRST)
    shared.change(uri, whole(FILES[FIRST].replace("Begin", "Beginning")))
    broken = shared.diagnostics(shared.uri(SECOND))
    shared.change(uri, whole(FILES[FIRST]))
    mended = shared.diagnostics(shared.uri(SECOND))
    shared.close(uri)
    assert codes(broken) == ["unresolved-anchor"]
    assert mended == []


def test_the_file_counts_again_when_a_page_is_closed_without_saving(shared: LanguageClient) -> None:
    uri, _ = shared.opened(FIRST)
    shared.change(uri, whole("---\ntitle: First\n---\n"))
    assert "unresolved-anchor" in codes(shared.diagnostics(shared.uri(SECOND)))
    shared.close(uri)
    assert shared.diagnostics(uri) == []
    assert shared.diagnostics(shared.uri(SECOND)) == []


def test_a_page_without_a_file_is_one_of_the_collection(shared: LanguageClient) -> None:
    new, _ = shared.opened("guides/cloud/backup/third/guide.en-gb.md", TEXT + "## There\n")
    uri, found = shared.opened(
        "guides/cloud/backup/fourth/guide.en-gb.md", TEXT + "[a](../third/guide.en-gb.md#there)\n"
    )
    shared.close(new)
    after = shared.diagnostics(uri)
    shared.close(uri)
    assert not {"unresolved-link", "unresolved-anchor"} & {*codes(found)}
    assert "unresolved-link" in codes(after)


def test_carriage_returns_and_a_mark_at_the_start_are_counted_as_the_editor_does(
    shared: LanguageClient,
) -> None:
    text = "\ufeff---\r\ntitle: New\r\n---\r\n\r\n[a](#b)\u2028[c](#d)\r\n"
    uri, found = shared.opened("guides/cloud/backup/c/guide.en-gb.md", text)
    version = shared.change(
        uri,
        {
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 4, "character": 8}},
            "text": TEXT,
        },
    )
    after = shared.diagnostics(uri, version)
    shared.close(uri)
    places = [f["range"]["start"] for f in found if f["code"] == "unresolved-anchor"]
    assert places == [{"line": 4, "character": 0}, {"line": 4, "character": 8}]
    assert [f["range"]["start"] for f in after if f["code"] == "unresolved-anchor"] == [
        {"line": 4, "character": 0}
    ]


def test_a_page_outside_of_the_guides_is_checked_by_itself(shared: LanguageClient) -> None:
    uri, found = shared.opened("notes/README.md", "# Notes\n\n[a](#b)\n")
    shared.close(uri)
    assert "unresolved-anchor" in codes(found)


def test_what_is_no_page_and_no_data_file_is_not_checked(shared: LanguageClient) -> None:
    uri, found = shared.opened("guides/picture.svg", "<svg/>")
    shared.close(uri)
    assert found == []


def test_a_data_file_is_told_what_is_wrong_with_it(shared: LanguageClient) -> None:
    write(shared.folder, "guides/_redirects", "/en-gb/old/ /en-gb/nowhere/\n")
    shared.notify(
        "workspace/didChangeWatchedFiles",
        {"changes": [{"uri": shared.uri("guides/_redirects"), "type": 1}]},
    )
    uri, found = shared.opened("guides/_redirects")
    after = shared.diagnostics(uri, shared.change(uri, whole("")))
    shared.close(uri)
    (shared.folder / "guides/_redirects").unlink()
    assert codes(found) == ["broken-redirect"]
    assert after == []


def test_files_that_change_outside_of_the_editor_count(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        uri, found = client.opened(SECOND)
        write(project, FIRST, "---\ntitle: First\n---\n")
        changes = [{"uri": client.uri(FIRST), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        after = client.diagnostics(uri)
    assert codes(found) == []
    assert codes(after) == ["unresolved-anchor"]


def test_a_picture_that_is_mended_counts(project: Path) -> None:
    write(project, "guides/cloud/backup/first/images/a.png", "")
    with LanguageClient(project) as client:
        client.initialize()
        uri, found = client.opened(FIRST, TEXT + "![a](images/a.png)\n")
        write(project, "guides/cloud/backup/first/images/a.png", PICTURE)
        changes = [{"uri": client.uri("guides/cloud/backup/first/images/a.png"), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        after = client.diagnostics(uri)
    assert codes(found) == ["broken-picture"]
    assert after == []


def test_a_changed_configuration_counts_at_once(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        uri, found = client.opened(FIRST, TEXT + "[a](#b)\n")
        write(project, "balise.toml", 'guides = "guides"\nignore = ["unresolved-anchor"]\n')
        changes = [{"uri": client.uri("balise.toml"), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        after = client.diagnostics(uri)
    assert "unresolved-anchor" in codes(found)
    assert "unresolved-anchor" not in codes(after)


def test_what_a_baseline_knows_is_not_told(project: Path) -> None:
    write(project, FIRST, TEXT + "[a](#b)\n")
    with LanguageClient(project) as client:
        client.initialize()
        uri, found = client.opened(FIRST)
        assert balise("baseline", cwd=project).status == 0
        changes = [{"uri": client.uri("balise-baseline.json"), "type": 1}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        known = client.diagnostics(uri)
        new = client.diagnostics(uri, client.change(uri, insertion(4, 0, "[c](#d)\n\n")))
    assert codes(found) == ["unresolved-anchor"]
    assert codes(known) == []
    assert [f["range"]["start"]["line"] for f in new] == [4]


def test_another_folder_of_guides_counts_as_soon_as_it_is_configured(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        _, found = client.opened(SECOND)
        (project / "guides").rename(project / "docs")
        write(project, "balise.toml", 'guides = "docs"\n')
        changes = [{"uri": client.uri("balise.toml"), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        _, after = client.opened(SECOND.replace("guides/", "docs/"))
    assert codes(found) == codes(after) == []


def test_files_are_looked_at_where_the_editor_does_not_tell_of_them(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize(capabilities={})
        uri, found = client.opened(SECOND)
        write(project, FIRST, "---\ntitle: First\n---\n")
        after = client.diagnostics(uri)
    assert codes(found) == []
    assert codes(after) == ["unresolved-anchor"]


def test_while_the_configuration_is_broken_the_last_good_one_holds(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize()
        page, _ = client.opened(FIRST)
        toml, found = client.opened("balise.toml")
        broken = client.diagnostics(
            toml, client.change(toml, whole('guides = "guides"\nignore = ['))
        )
        write(project, "balise.toml", "ignore = [")
        changes = [{"uri": toml, "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        after = client.diagnostics(page, client.change(page, whole(TEXT + "[a](#b)\n")))
        said = client.notification("window/showMessage")["message"]
    assert found == []
    assert [f["range"]["start"]["line"] for f in broken] == [1]
    assert "unresolved-anchor" in codes(after)
    assert "balise.toml" in said


def test_a_mistake_in_the_configuration_is_told_at_its_place(shared: LanguageClient) -> None:
    uri, found = shared.opened("balise.toml", 'guides = "guides"\nignoor = ["links"]\n')
    shared.close(uri)
    assert [f["range"]["start"] for f in found] == [{"line": 1, "character": 0}]
    assert "did you mean `ignore`?" in found[0]["message"]


def test_severities_and_silent_findings_are_those_of_the_configuration(project: Path) -> None:
    write(project, "balise.toml", 'guides = "guides"\n[severity]\nunresolved-anchor = "info"\n')
    ignored = "<!-- balise: ignore[unresolved-anchor] a test -->\n[c](#d)\n"
    with LanguageClient(project) as client:
        client.initialize()
        _, found = client.opened(FIRST, f"{TEXT}[a](#b)\n\n{ignored}")
    told = [f for f in found if f["code"] == "unresolved-anchor"]
    assert [(f["severity"], f["range"]["start"]["line"]) for f in told] == [(3, 4)]


def test_diagnostics_are_pulled_where_the_client_can(project: Path) -> None:
    with LanguageClient(project) as client:
        client.initialize(capabilities={"textDocument": {"diagnostic": {}}})
        uri = client.open(FIRST, TEXT + "[a](#b)\n")
        client.change(uri, insertion(4, 0, "[c](#d) "))
        answer = client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert answer["kind"] == "full"
    assert codes(answer["items"]).count("unresolved-anchor") == 2
    assert not any("publishDiagnostics" in m.get("method", "") for m in client.received)


def test_a_client_that_pulls_is_asked_to_when_another_page_breaks_one(project: Path) -> None:
    capabilities = {
        "textDocument": {"diagnostic": {}},
        "workspace": {
            "diagnostics": {"refreshSupport": True},
            "didChangeWatchedFiles": {"dynamicRegistration": True},
        },
    }
    with LanguageClient(project) as client:
        client.initialize(capabilities=capabilities)
        asked = {"textDocument": {"uri": client.open(SECOND)}}
        before = client.request("textDocument/diagnostic", asked)
        write(project, FIRST, "---\ntitle: First\n---\n")
        changes = [{"uri": client.uri(FIRST), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        client.wait(lambda message: message.get("method") == "workspace/diagnostic/refresh")
        after = client.request("textDocument/diagnostic", asked)
    assert codes(before["items"]) == []
    assert codes(after["items"]) == ["unresolved-anchor"]
