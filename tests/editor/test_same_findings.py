"""What the server says of pages is what `balise check` finds there, and its fixes are those of `--fix`."""

import shutil
from pathlib import Path
from typing import Any

from tests.editor.test_code_actions import applied
from tests.helpers.command import balise
from tests.helpers.language_client import CAPABILITIES, LanguageClient
from tests.helpers.same_findings import expected, shown
from tests.helpers.support import ROOT, corpus, dot_cases

IN_CHARACTERS = {**CAPABILITIES, "general": {"positionEncodings": ["utf-32"]}}
FIXTURES = sorted((ROOT / "tests/rules/fixtures").glob("*.md"))
EVERY = 4
"""Of the real guides, one of so many is compared."""


def written(folder: Path) -> list[str]:
    """The cases of the fixtures of all rules as guides of one collection, and the guides of the project."""
    shutil.copytree(ROOT / "guides", folder / "guides")
    names: list[str] = []
    for file in FIXTURES:
        for number, case in enumerate(dot_cases(file)[:6]):
            name = f"guides/web/{file.stem}-{number}/guide.en-gb.md"
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_bytes(f"---\ntitle: {case.title}\n---\n\n{case.given}".encode())
            names.append(name)
    (folder / "balise.toml").write_text('guides = "guides"\n')
    own = (path.relative_to(folder).as_posix() for path in (folder / "guides").rglob("*.md"))
    return sorted({*names, *own})


def compare(folder: Path, names: list[str]) -> int:
    """Hold what the server says of pages to what a check finds; how many findings that are."""
    found = expected(folder)
    total = 0
    with LanguageClient(folder) as client:
        client.initialize(capabilities=IN_CHARACTERS)
        for name in names:
            client.open(name)
        for name in names:
            told = shown(client.diagnostics(client.uri(name)))
            assert told == found.get(client.uri(name), []), name
            total += len(told)
    return total


def test_the_server_says_of_pages_what_a_check_finds_there(tmp_path: Path) -> None:
    names = written(tmp_path)
    assert compare(tmp_path, names) > len(FIXTURES)


def test_the_server_says_of_real_guides_what_a_check_finds_there(tmp_path: Path) -> None:
    pages = corpus() / "pages"
    names = []
    for path in sorted(pages.rglob("*.md"))[::EVERY]:
        there = tmp_path / "pages" / path.relative_to(pages)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
        names.append(there.relative_to(tmp_path).as_posix())
    (tmp_path / "balise.toml").write_text('guides = "pages"\n')
    assert compare(tmp_path, names) > 0


def test_all_fixes_of_a_page_are_those_of_the_command(tmp_path: Path) -> None:
    names = written(tmp_path)[::3]
    made: dict[str, str] = {}
    with LanguageClient(tmp_path) as client:
        client.initialize(capabilities=IN_CHARACTERS)
        for name in names:
            uri, text = client.open(name), (tmp_path / name).read_bytes().decode()
            place = {"line": 0, "character": 0}
            params: dict[str, Any] = {
                "textDocument": {"uri": uri},
                "range": {"start": place, "end": place},
                "context": {"diagnostics": [], "only": ["source.fixAll.balise"]},
            }
            offered = client.request("textDocument/codeAction", params)
            edits = [e for a in offered for c in a["edit"]["documentChanges"] for e in c["edits"]]
            made[name] = applied(text, edits)
            client.close(uri)
    changed = [name for name in names if made[name] != (tmp_path / name).read_bytes().decode()]
    balise("check", "--fix", "--exit-zero", *names, cwd=tmp_path)
    for name in names:
        assert made[name] == (tmp_path / name).read_bytes().decode(), name
    assert changed
