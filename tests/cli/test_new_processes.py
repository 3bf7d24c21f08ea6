"""Each command in a new process: it imports what it takes itself, and needs nothing that others have imported.

Other tests run commands in copies of a process that has imported most of the package.
"""

import sys
from pathlib import Path

import pytest

from balise.cli.app import COMMANDS
from tests.helpers.command import run, write_pages
from tests.helpers.repositories import page, repository

GUIDES = {
    "mail/universe.en-gb.md": page("mail"),
    "mail/post/product.en-gb.md": page("post"),
    "mail/post/first/guide.en-gb.md": page("first", "## Ports\n\n[x](#none)"),
    "mail/post/second/guide.en-gb.md": page("second", "## Begin\n\nText."),
    "mail/post/second/guide.fr-fr.md": page("second", "## Commencer\n\nTexte."),
}
FIRST, SECOND = "guides/mail/post/first", "guides/mail/post/second"
ASKED = {
    "baseline": [],
    "build": ["--quiet"],
    "check": ["--fix"],
    "config": [],
    "explain": ["missing-image"],
    "facts": ["guides"],
    "glossary": [],
    "health": [],
    "init": [],
    "merge": ["archives"],
    "migrate": ["--to", "index"],
    "mutants": ["guides", "--to", "out"],
    "mv": [FIRST, "guides/mail/post/third", "--yes"],
    "offline": ["post", "--locale", "en-gb", "-o", "post.html"],
    "rm": [SECOND, "--to", FIRST, "--yes"],
    "rules": [],
    "serve": ["--dev-addr", "nowhere"],
    "server": [],
    "translated": ["guides"],
}
ENDS = {"check": 1, "init": 2, "merge": 2, "serve": 2, "server": 1}
"""The status of those that do not end with 0.

For a finding, a configuration, archives and an address that are not there, and an editor that is gone.
"""
SITE = {
    "mkdocs.yml": "site_name: Trial\ntheme: material\nplugins: [balise]\n",
    "docs/index.md": "# Trial\n",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_needs_nothing_that_another_has_imported(tmp_path: Path, command: str) -> None:
    folder = write_pages(repository(tmp_path, GUIDES), SITE)
    ran = run([sys.executable, "-m", "balise", command, *ASKED[command]], folder, b"", {})
    assert ran.status == ENDS.get(command, 0), ran.err
    assert "Traceback" not in ran.err
