"""Git repositories with guides, made for one test."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.helpers.command import Ran, balise, write_pages

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
HOME = "---\ntitle: Home\n---\n\n# Home\n"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; what it prints."""
    import os

    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **IDENTITY},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def page(slug: str, text: str = "", more: str = "") -> str:
    return f"---\ntitle: The {slug}\nslug: {slug}\n{more}---\n\n{text}\n"


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A repository whose first commit, `start`, has a home and `files` below `guides`."""
    write_pages(folder / "guides", {"home.en-gb.md": HOME, **files})
    write_pages(folder, {"balise.toml": "", ".gitignore": ".balise_cache/\n"})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    git(folder, "tag", "start")
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "A change")


def check(folder: Path, *arguments: str, cwd: Path | None = None) -> Ran:
    return balise("check", *arguments, cwd=cwd or folder, stdin=b"", **IDENTITY)


def findings(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = check(folder, "--output-format", "json", *arguments)
    assert ran.status in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found
