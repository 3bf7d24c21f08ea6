"""Random edits of guides, after each of which every way to check must say the same.

`python -m tests.scripts.random_edits FOLDER [STEPS [SEED [PAGES]]]` works on a copy of so many pages
of the folder. Compared are a check that keeps nothing, one that goes by the store of the one
before, one whose workspace was updated in memory, as that of the server is, and the command, which prints what it
told before where it can. What the guides were before all edits is checked by the traces of each check, as `--new-since` does.
"""

import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

from balise.base.findings import Finding
from balise.check.causes import told_once
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.check.trace_store import TraceStore
from balise.cli import printed
from balise.cli.output import page_sources
from balise.config import OVH_URLS
from balise.reporters import render_report
from balise.rules import ALL_RULES
from balise.workspace.discovery import Scope, discover, is_page_path
from balise.workspace.git import Repository
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from tests.helpers.checking import check_scope
from tests.helpers.command import write_pages
from tests.helpers.in_process import balise_here
from tests.helpers.repositories import commit, git
from tests.helpers.support import guides_in

FORMATS = ("json", "text", "concise")
"""What the command is asked for, five times in a row: only the same command goes by what it has printed."""
SETTINGS = CheckSettings([rule() for rule in ALL_RULES])
LINE = re.compile(r"^#+ .*$|^\|.*\|$|\d{2,4}|\]\([^)]*\)", re.MULTILINE)
KEY = re.compile(r"^(title|slug|section|aliases|legacy_guide_number|hidden):.*$", re.MULTILINE)
TEXTS = (
    "## A new heading\n",
    "[gone](../nowhere/guide.fr-fr.md)\n",
    "[there](#a-new-heading)\n",
    "![x](images/x.png)\n",
    "Incoming mail with SSL: port 995.\n",
    "<!-- balise: ignore[links] as it is -->\n\n[x](/fr/nowhere/)\n",
    "{!> snippets/x.md !}\n",
    "```sh\nls --all /etc/hosts\n```\n",
    "> [!api]\n>\n> @api {GET} /me\n",
    "!!! note\n    1. [gone](../nowhere/guide.fr-fr.md)\n    2. `x\n",
    '--8<-- "x.md"\n',
)
VALUES = ("title: Another", "slug: another", "section: Other", "aliases: older", "hidden: true")
DATA = {
    "api-schema.json": (
        '{"paths": {"/me": {"put": {}}}}',
        '{"paths": {"/me": {"get": {}}}}',
        "",
    ),
    "_redirects": ("/old/ /fr/another/\n", "/fr/another/ /fr/\n", ""),
    "links.yml": ("ovh:\n  default: https://www.example.com/\n", ""),
    "facts.yml": ("mail:\n  ports:\n    imap:\n      tls: 993\n", ""),
}


class Editor:
    """Makes random edits in a folder of guides; `changed` are the paths that the last one touched."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)  # noqa: S311 - the same edits again
        self.changed: set[Path] = set()
        self.undo: list[tuple[Path, bytes]] = []

    def edit(self) -> str:
        """Make an edit; its name."""
        self.changed = set()
        kinds: Sequence[Callable[[], None]] = (
            self.append, self.append, self.replace, self.replace, self.front_matter,
            self.front_matter, self.delete, self.restore, self.add, self.move, self.data,
            self.picture, self.touch,
        )  # fmt: skip
        kind = self.random.choice(kinds)
        kind()
        return kind.__name__

    def page(self) -> Path:
        return self.random.choice(sorted(self.folder.rglob("*.md")))

    def write(self, file: Path, data: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            self.undo.append((file, file.read_bytes()))
        file.write_bytes(data)
        self.changed.add(file)

    def append(self) -> None:
        page = self.page()
        self.write(page, page.read_bytes() + b"\n\n" + self.random.choice(TEXTS).encode())

    def replace(self) -> None:
        page = self.page()
        text = page.read_text(encoding="utf-8", errors="replace")
        found = list(LINE.finditer(text))
        if found:
            match = self.random.choice(found)
            new = self.random.choice(("110", "[y](../other/)", "", match[0] + "x"))
            self.write(page, (text[: match.start()] + new + text[match.end() :]).encode())

    def front_matter(self) -> None:
        page = self.page()
        text = page.read_text(encoding="utf-8", errors="replace")
        value = self.random.choice(VALUES)
        new = KEY.sub(value, text, count=1) if KEY.search(text) else f"---\n{value}\n---\n{text}"
        self.write(page, new.encode())

    def delete(self) -> None:
        page = self.page()
        self.undo.append((page, page.read_bytes()))
        page.unlink()
        self.changed.add(page)

    def restore(self) -> None:
        if self.undo:
            file, data = self.undo.pop(self.random.randrange(len(self.undo)))
            self.write(file, data)

    def add(self) -> None:
        page = self.page()
        folder = page.parent.parent / f"new-{self.random.randrange(9)}"
        self.write(folder / page.name, page.read_bytes())

    def move(self) -> None:
        page = self.page()
        to = page.parent.parent / f"moved-{self.random.randrange(9)}" / page.name
        if not to.exists():
            to.parent.mkdir(exist_ok=True)
            page.rename(to)
            self.changed |= {page, to}

    def data(self) -> None:
        name = self.random.choice(sorted(DATA))
        self.write(self.folder / name, self.random.choice(DATA[name]).encode())

    def picture(self) -> None:
        file = self.page().parent / "images" / self.random.choice(("x.png", "X.png", "y.jpg"))
        if file.exists():
            file.unlink()
            self.changed.add(file)
        else:
            self.write(file, b"-")

    def touch(self) -> None:
        page = self.page()
        self.write(page, page.read_bytes())


class LiveCheck:
    """A workspace that is updated in memory, with the traces of its checks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.traces = TraceStore()
        self.workspace = Workspace.open(scope_of(folder), OVH_URLS)

    def findings(self, changed: set[Path]) -> Sequence[Finding]:
        """What is found after these paths have changed."""
        pages = {str(file) for file in changed if file.suffix == ".md"}
        there = {page.path for page in scope_of(self.folder).pages}
        others = len(pages) < len(changed)
        written, gone = sorted(pages & there), pages - there
        self.workspace = self.workspace.updated(str(self.folder), written, gone, files=others)
        return check(self.workspace, SETTINGS, self.traces).seen_from(Path.cwd()).findings


class CheckOfStart:
    """The guides as they were before all edits, committed to git, and what is found there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        git(folder, "init", "--quiet")
        commit(folder)
        self.repository = Repository(folder)
        self.start = self.repository.commit("HEAD")
        self.findings = self.of(Workspace.open(scope_of(folder), OVH_URLS), TraceStore())

    def of(self, workspace: Workspace, traces: TraceStore) -> Sequence[Finding]:
        return check(workspace, SETTINGS, traces).seen_from(Path.cwd()).findings

    def findings_by(self, workspace: Workspace) -> Sequence[Finding]:
        """What is found there by the traces of a check of the guides as they are."""
        traces = TraceStore()
        self.of(workspace, traces)
        roots = [str(self.folder)]
        changes = self.repository.changes(self.start, roots, workspace.records, self.is_text)
        return self.of(workspace.before(changes), traces)

    def is_text(self, path: str) -> bool:
        return path.rpartition("/")[2] in DATA or is_page_path(path, guides_in(self.folder))


class Command:
    """`balise check` in the folder, which keeps what it prints however little that is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = ", ".join(f'"{rule.name}"' for rule in ALL_RULES)
        write_pages(folder, {"balise.toml": f'guides = "."\nselect = [{names}]\n'})

    def prints(self, expected: Report, output_format: str) -> bool:
        """Whether it prints this report."""
        with patch.object(printed, "LARGE", 1):
            ran = balise_here("check", "--output-format", output_format, cwd=self.folder)
        shown = told_once(expected).seen_from(self.folder)
        with chdir(self.folder):
            return ran.out == render_report(shown, page_sources(), output_format)


def scope_of(folder: Path) -> Scope:
    return discover([folder], guides_in(folder))


def run(folder: Path, steps: int, seed: int) -> list[str]:
    """Make edits, and compare after each; the names of those after which something differed."""
    command, start, live = Command(folder), CheckOfStart(folder), LiveCheck(folder)
    editor, store = Editor(folder, seed), Store(folder.parent)
    differing: list[str] = []
    for step in range(steps):
        name = editor.edit()
        scope = scope_of(folder)
        new = Workspace.open(scope, OVH_URLS)
        report = check(new, SETTINGS)
        expected = report.seen_from(Path.cwd()).findings
        warm = check_scope(scope, SETTINGS.rules, store=store).findings
        updated = live.findings(editor.changed)
        for way, found in (("store", warm), ("memory", updated)):
            if list(found) != list(expected):
                differing.append(f"step {step}: {name}, by {way}: {editor.changed}")
        if not command.prints(report, FORMATS[step // 5 % len(FORMATS)]):
            differing.append(f"step {step}: {name}, by the command: {editor.changed}")
        if list(start.findings_by(new)) != list(start.findings):
            differing.append(f"step {step}: {name}, before all edits: {editor.changed}")
    return differing


def main() -> None:
    """Copy, edit, compare, and say what differed."""
    given, defaults = sys.argv[2:], (200, 1, 300)
    steps, seed, most = (*map(int, given), *defaults[len(given) :])
    with tempfile.TemporaryDirectory() as scratch:
        copied = Path(scratch, "guides")
        shutil.copytree(sys.argv[1], copied)
        pages = sorted(copied.rglob("guide.*.md"), key=lambda file: str(file)[::-1])
        random.Random(seed).shuffle(pages)  # noqa: S311
        for page in pages[most:]:
            page.unlink()
        differing = run(copied, steps, seed)
    print(*differing, sep="\n")
    print(f"{steps} edits of at most {most} guides, seed {seed}: {len(differing)} differences")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
