"""The hooks for pre-commit as it really runs them: in a repository of guides, from a clone of this one.

It installs pre-commit into an environment of its own, and pre-commit installs balise. Where there is
nothing to install from, it says so and ends with status 0; with 1 at the first hook that does not
do what it should.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.helpers.command import PICTURE, write_pages
from tests.helpers.repositories import IDENTITY, git
from tests.helpers.support import ROOT

MAIL, OLD, DRAFT = "guides/mail/guide.en-gb.md", "guides/old/guide.en-gb.md", "guides/drafts/x.md"
MENU = "guides/mail/images/menu.png"
PAGE = "---\ntitle: Mail\nslug: mail\n---\n\n![The menu](images/menu.png)\n\n## Here\n"
FILES = {
    "balise.toml": 'ignore = ["collection", "front-matter"]\nexclude = ["drafts/"]\n',
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    MAIL: PAGE,
    OLD: "---\ntitle: Old\nslug: old\n---\n\nA mistake of the past: [x](#nowhere).\n",
    MENU: PICTURE,
}
SETTINGS = """\
repos:
  - repo: {repository}
    rev: {commit}
    hooks:
      - id: {hook}
"""


UNREACHABLE = ("Retrying", "(from versions: none)")
"""What pip says where it reaches nothing to install from."""


class Guides:
    """A repository of guides with a hook, which runs at each commit."""

    def __init__(self, folder: Path, program: Path, hook: str) -> None:
        self.folder = folder
        self.hook = hook
        self.environment = {
            **os.environ,
            **IDENTITY,
            "PRE_COMMIT_HOME": str(program.parent / "hooks"),
            "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
        }
        write_pages(folder, FILES)
        git(folder, "init", "--quiet")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "Guides")
        commit = git(ROOT, "rev-parse", "HEAD").strip()
        text = SETTINGS.format(repository=ROOT, commit=commit, hook=hook)
        write_pages(folder, {".pre-commit-config.yaml": text})
        self.run(str(program), "install")
        git(folder, "add", "--all")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def expect(self, passes: bool, what: str, said: str = "") -> None:
        """Commit all that is different; raises SystemExit where the hook does not do as is told."""
        git(self.folder, "add", "--all")
        done = self.run("git", "commit", "--message", what)
        if (done.returncode == 0) != passes or said not in done.stdout:
            sys.exit(f"{self.hook}: {what} should {'pass' if passes else 'fail'}:\n{done.stdout}")
        print(f"{self.hook}: {what} {'passes' if passes else 'fails'}")

    def undo(self) -> None:
        git(self.folder, "reset", "--quiet", "--hard")

    def write(self, name: str, text: str) -> None:
        write_pages(self.folder, {name: text})


def try_new(guides: Guides) -> None:
    """What a commit brings, be it on pages that are not in it."""
    guides.write(MAIL, PAGE + "\nMore.\n")
    guides.expect(True, "a clean page beside an old mistake")
    guides.write(MAIL, PAGE + "\n[x](#nothing)\n")
    guides.expect(False, "a dead anchor", "`#nothing` is not an anchor")
    guides.undo()
    (guides.folder / MENU).unlink()
    guides.expect(False, "a picture that is removed", "the picture `images/menu.png` is not there")
    guides.undo()
    (guides.folder / MENU).rename(guides.folder / "guides/mail/images/other.png")
    guides.expect(False, "a picture that is renamed", "the picture `images/menu.png` is not there")
    guides.undo()
    (guides.folder / "guides/old").rename(guides.folder / "guides/older")
    guides.expect(True, "a page with an old mistake that is renamed")
    guides.write("guides/_redirects", "/old-address/ /gb/en/none/\n")
    guides.expect(False, "a redirect that leads nowhere", "`/old-address/` leads nowhere")
    guides.undo()
    guides.write(DRAFT, "[x](#nothing)\n")
    guides.expect(True, "a page that is excluded")


def try_pages(guides: Guides) -> None:
    """The pages of a commit, and nothing else."""
    guides.write(MAIL, PAGE + "\nMore.\n")
    guides.expect(True, "a clean page")
    guides.write(MAIL, PAGE + "\n[x](#nothing)\n")
    guides.expect(False, "a dead anchor", "`#nothing` is not an anchor")
    guides.undo()
    guides.write("--exit-zero.md", PAGE + "\n[x](#nothing)\n")
    guides.expect(False, "a page that is named like an option", "`#nothing` is not an anchor")
    guides.undo()
    guides.write(DRAFT, "[x](#nothing)\n")
    guides.expect(True, "a page that is excluded")


def try_fixes(guides: Guides) -> None:
    """A page that was mended stops its commit, and not the next one."""
    guides.write(MAIL, PAGE + "\nPress `Next` {.action}.\n")
    guides.expect(False, "a page that is mended", "files were modified by this hook")
    guides.expect(True, "the page as it was mended")
    if "`Next`{.action}" not in (guides.folder / MAIL).read_text(encoding="utf-8"):
        sys.exit("balise-fix: the page is not mended")


def installed(folder: Path) -> Path | None:
    """pre-commit in an environment of its own; None where it cannot be had."""
    venv.create(folder, with_pip=True)
    limits = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    command = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "pre-commit"]
    done = subprocess.run(command, env=limits, stderr=subprocess.PIPE, text=True, check=False)
    if not done.returncode:
        return folder / "bin/pre-commit"
    if not any(words in done.stderr for words in UNREACHABLE):
        sys.exit(f"pre-commit cannot be installed:\n{done.stderr}")
    print("there is no network to install pre-commit from, so the hooks are not tried")
    return None


def main() -> None:
    """Try all hooks."""
    if not (ROOT / ".git").exists():
        print("this is no clone that pre-commit could take the hooks from")
        return
    with tempfile.TemporaryDirectory() as name:
        program = installed(Path(name, "pre-commit"))
        if program is None:
            return
        for hook, attempt in (
            ("balise-new", try_new),
            ("balise", try_pages),
            ("balise-fix", try_fixes),
        ):
            attempt(Guides(Path(name, hook), program, hook))


if __name__ == "__main__":
    main()
