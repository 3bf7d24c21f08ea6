"""A large collection of which nothing is kept yet: a program of its own reads it first."""

from pathlib import Path

from balise.workspace.reading import PARALLEL_FROM
from tests.editor.conftest import write
from tests.helpers.language_client import LanguageClient


def test_a_folder_of_the_guides_is_never_taken_for_the_program(tmp_path: Path) -> None:
    """Python takes what is in the working folder for its modules unless it is told not to (-P)."""
    write(tmp_path, "project/balise.toml", 'guides = "guides"\n')
    write(tmp_path, "project/balise/__init__.py", "")
    write(tmp_path, "project/balise/__main__.py", "open('taken', 'w')")
    for number in range(PARALLEL_FROM):
        write(
            tmp_path, f"project/guides/g{number}/guide.en-gb.md", "---\ntitle: A\n---\n\n[a](#b)\n"
        )
    with LanguageClient(tmp_path) as client:
        client.initialize()
        _, found = client.opened("project/guides/g1/guide.en-gb.md")
    assert "unresolved-anchor" in {finding["code"] for finding in found}
    assert not (tmp_path / "project/taken").exists()
