"""A small project, and a server that has it open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.language_client import LanguageClient

FILES = {
    "balise.toml": 'guides = "guides"\n',
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    "guides/home.fr-fr.md": "---\ntitle: Accueil\n---\n",
    "guides/cloud/universe.en-gb.md": "---\ntitle: Cloud\n---\n",
    "guides/cloud/universe.fr-fr.md": "---\ntitle: Cloud\n---\n",
    "guides/cloud/backup/product.en-gb.md": "---\ntitle: Backup\n---\n",
    "guides/cloud/backup/product.fr-fr.md": "---\ntitle: Sauvegarde\n---\n",
    "guides/cloud/backup/first/guide.en-gb.md": "---\ntitle: First\n---\n\n## Begin\n\nText.\n",
    "guides/cloud/backup/first/guide.fr-fr.md": "---\ntitle: Premier\n---\n\n## Commencer\n\nTexte.\n",
    "guides/cloud/backup/second/guide.en-gb.md": (
        "---\ntitle: Second\n---\n\n## More\n\nSee [the first](../first/guide.en-gb.md#begin).\n"
    ),
}
"""A collection without a finding but that the second guide is in one locale."""


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project, in a folder of its own."""
    for name, text in FILES.items():
        write(tmp_path, name, text)
    return tmp_path


@pytest.fixture
def client(project: Path, shared: LanguageClient) -> Iterator[LanguageClient]:
    """The server of the module with the project open beside its own folder; names are of the project."""
    own, shared.folder = shared.folder, project
    folder = {"uri": project.as_uri(), "name": project.name}
    method = "workspace/didChangeWorkspaceFolders"
    shared.notify(method, {"event": {"added": [folder], "removed": []}})
    yield shared
    for uri in tuple(shared.documents):
        shared.close(uri)
    shared.notify(method, {"event": {"added": [], "removed": [folder]}})
    shared.folder = own


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    """A server for all tests of a module, which leave no file and no document behind."""
    folder = tmp_path_factory.mktemp("shared")
    for name, text in FILES.items():
        write(folder, name, text)
    with LanguageClient(folder) as client:
        client.initialize()
        yield client
