"""The hooks, as pre-commit really runs them: from a clone of this repository, in a repository of guides."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.command import write_pages
from tests.helpers.support import ROOT

PAGE = "---\ntitle: Mail\nslug: mail\n---\n\n[a](#here){.external} `Next` {.action}\n\n## Here\n"
MINUTES = 10 * 60
"""Seconds: pre-commit installs balise for the hook."""


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """A repository of guides that uses the hook `balise-fix`, and the last commit of this one."""
    if shutil.which("pre-commit") is None:
        pytest.skip("pre-commit is not installed")
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone that pre-commit could take the hooks from")
    clone = tmp_path / "balise"
    run("git", "clone", "--quiet", str(ROOT), str(clone), cwd=tmp_path)
    commit = run("git", "rev-parse", "HEAD", cwd=clone).strip()
    settings = f"repos:\n  - repo: {clone}\n    rev: {commit}\n    hooks: [{{id: balise-fix}}]\n"
    pages = {
        "balise.toml": 'ignore = ["collection"]\n',
        ".pre-commit-config.yaml": settings,
        "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
        "guides/mail/guide.en-gb.md": PAGE,
    }
    folder = write_pages(tmp_path / "guides", pages)
    run("git", "init", "--quiet", cwd=folder)
    run("git", "add", ".", cwd=folder)
    return folder


def run(*command: str, cwd: Path, status: int = 0) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=MINUTES, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_the_hook_mends_the_page_and_then_lets_it_pass(guides: Path) -> None:
    said = run("pre-commit", "run", "--all-files", cwd=guides, status=1)
    assert "files were modified by this hook" in said
    assert "`Next`{.action}" in (guides / "guides/mail/guide.en-gb.md").read_text(encoding="utf-8")
    run("git", "add", ".", cwd=guides)
    assert "Passed" in run("pre-commit", "run", "--all-files", cwd=guides)
