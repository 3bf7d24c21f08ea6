"""The server as an editor sees it: documents are opened, changed and closed, and it says what is wrong."""

from collections.abc import Iterator

import pytest

from tests.helpers.language_client import LanguageClient

GUIDE = "guides/cloud/backup/guide.en-gb.md"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "guides").mkdir()
    (folder / "balise.toml").write_text('guides = "guides"\n')
    (folder / "guides/home.en-gb.md").write_text("---\ntitle: Home\n---\n")
    with LanguageClient(folder) as client:
        client.initialize()
        yield client


def _page(client: LanguageClient, name: str, text: str) -> None:
    file = client.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_what_is_wrong_with_a_page_is_told_when_it_is_opened(client: LanguageClient) -> None:
    _, found = client.opened(GUIDE, "---\ntitle: Backup\n---\n\nSee [this](#nowhere).\n")
    assert "unresolved-anchor" in [finding["code"] for finding in found]


def test_a_change_is_checked_with_its_version(client: LanguageClient) -> None:
    uri, before = client.opened("guides/cloud/x/guide.en-gb.md", "---\ntitle: X\n---\n\n😀 text\n")
    place = {"line": 4, "character": 2}
    change = {"range": {"start": place, "end": place}, "text": " [a](#b)"}
    found = client.diagnostics(uri, client.change(uri, change))
    new = [f for f in found if f["code"] == "unresolved-anchor"]
    assert [f["range"]["start"] for f in new] == [{"line": 4, "character": 3}]
    assert new[0] not in before
