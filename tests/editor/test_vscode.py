"""The extension for Visual Studio Code: what can be told of it without Node; `make vscode` makes and tests it."""

import json
import re
from pathlib import Path
from typing import Any

from balise import __version__

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "plugins/vscode"


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_the_extension_has_the_version_of_balise() -> None:
    assert read("package.json")["version"] == __version__
    manual = (ROOT / "docs/editors/vscode.md").read_text(encoding="utf-8")
    assert f"balise-{__version__}.vsix" in manual


def test_what_the_extension_is_made_with_is_pinned() -> None:
    package, lock = read("package.json"), read("package-lock.json")
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    assert lock["packages"][""]["version"] == package["version"]
    for version in package["devDependencies"].values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    for name, locked in lock["packages"].items():
        assert not name or locked["integrity"].startswith("sha512-")


def test_the_lock_file_names_no_registry() -> None:
    """So `npm ci` takes the packages from the registry that is set up where it runs."""
    assert not [
        name
        for name, locked in read("package-lock.json")["packages"].items()
        if "resolved" in locked
    ]


def test_the_commands_that_are_offered_are_those_that_the_code_has() -> None:
    offered = {command["command"] for command in read("package.json")["contributes"]["commands"]}
    code = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "src").glob("*.ts"))
    assert offered <= set(re.findall(r'registerCommand\(\s*"([^"]+)"', code))
