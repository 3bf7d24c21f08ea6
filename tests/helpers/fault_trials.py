"""What has to hold of each command when something fails, tried on a small collection."""

import errno
import importlib
import os
import pkgutil
import shutil
import signal
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from balise.workspace.journal import NAME as JOURNAL
from tests.helpers.command import write_pages
from tests.helpers.faults import NO_FAULT, Ended, Fault, run_with
from tests.helpers.forked import shared_folder, warm_up

CACHE = ".balise_cache"
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
}
MKDOCS = """site_name: Trial
site_url: https://docs.example.org/
theme: {name: material, font: false}
plugins: [balise]
"""
GUIDE = """---
title: Guide {number}
slug: guide-{number}
---

## Here {number}

[a](#here-{number}){{.extrenal}} `Next` {{.action}} [b](../g{other}/guide.{locale}.md#here-{other})

![what is seen](images/1.png){{.thumbnail}}

[gone](#gone-{number})
"""
LOCALES = ("en-gb", "fr-fr")

Tree = Mapping[str, tuple[bytes, int, int]]
"""Path of a file -> its bytes, mode and owner."""


def picture(number: int) -> bytes:
    """A picture, one of a kind."""
    head = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + number.to_bytes(4) * 2
    return head + bytes.fromhex("0802000000") + zlib.crc32(head).to_bytes(4) + bytes(200)


def make_collection(folder: Path, guides: int) -> Path:
    """A collection with so many guides in each of two locales, of which each can be fixed."""
    pages = {"balise.toml": "", "mkdocs.yml": MKDOCS, "docs/index.md": "# Manual\n\nText.\n"}
    for locale in LOCALES:
        pages[f"guides/home.{locale}.md"] = "---\ntitle: Home\n---\n"
        pages[f"guides/mail/product.{locale}.md"] = "---\ntitle: Mail\nslug: mail\n---\n"
        for number in range(guides):
            text = GUIDE.format(number=number, other=(number + 1) % guides, locale=locale)
            pages[f"guides/mail/g{number}/guide.{locale}.md"] = text
    write_pages(folder, pages)
    for number in range(guides):
        images = folder / f"guides/mail/g{number}/images"
        images.mkdir()
        (images / "1.png").write_bytes(picture(number))
    for number, page in enumerate(sorted(folder.glob("guides/**/*.md"))):
        page.chmod((0o644, 0o664, 0o600)[number % 3])
    return folder


def edit(folder: Path) -> None:
    """Save a page with another title, and one with another heading."""
    for name, old, new in (("g0", "title: Guide", "title: New"), ("g1", "## Here", "## There")):
        page = folder / f"guides/mail/{name}/guide.en-gb.md"
        page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Command:
    """A command by its name, and what calls it; one that can be done but `once` fails from then on."""

    name: str
    arguments: tuple[str, ...]
    once: bool = False

    @property
    def is_mkdocs(self) -> bool:
        return self.arguments[0] == "mkdocs"

    def load(self) -> None:
        """Load its modules, as far as they are loaded without a run, and what all runs would make anew."""
        packages = ("balise", "mkdocs") if self.is_mkdocs else ("balise",)
        for package in packages:
            found = importlib.import_module(package)
            for module in pkgutil.walk_packages(found.__path__, f"{package}."):
                if not module.name.endswith("__main__") and ".tests" not in module.name:
                    importlib.import_module(module.name)
        warm_up(shared_folder() if self.is_mkdocs else None)

    def main(self) -> None:
        """Do it, as its entry point does."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = list(self.arguments)
        if self.is_mkdocs:
            importlib.import_module("mkdocs.__main__").cli()
        else:
            importlib.import_module("balise.cli").main()

    def run(self, folder: Path, fault: Fault = NO_FAULT) -> Ended:
        """Run it in a folder."""
        return run_with(fault, self.main, folder, ENVIRONMENT)


COMMANDS = {
    command.name: command
    for command in (
        Command("check", ("balise", "check", "--output-format", "json")),
        Command("fix", ("balise", "check", "--fix", "--output-format", "json")),
        Command("build", ("mkdocs", "build")),
        Command("mv", ("balise", "mv", "guides/mail/g2", "guides/web/new/g2", "--yes"), once=True),
        Command(
            "rm", ("balise", "rm", "guides/mail/g2", "--to", "guides/mail/g3", "--yes"), once=True
        ),
    )
}


def tree(folder: Path) -> Tree:
    """All files of a project but what is kept between runs."""
    found: dict[str, tuple[bytes, int, int]] = {}
    for where, folders, names in os.walk(folder):
        if CACHE in folders:
            folders.remove(CACHE)
        for name in names:
            path = Path(where, name)
            status = path.lstat()
            key = path.relative_to(folder).as_posix()
            found[key] = (path.read_bytes(), status.st_mode, status.st_uid)
    return found


def kept(folder: Path) -> Mapping[str, bytes]:
    """What is kept between runs, by name; what a user may read of it with its bytes."""
    files = sorted((folder / CACHE).glob("*")) if (folder / CACHE).is_dir() else []
    plain = (".gitignore", "CACHEDIR.TAG")
    return {file.name: file.read_bytes() if file.name in plain else b"" for file in files}


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and the files that there were then."""

    ended: Ended
    tree: Tree
    kept: Mapping[str, bytes]

    @classmethod
    def of(cls, command: Command, folder: Path, fault: Fault = NO_FAULT) -> "Outcome":
        """Run a command in a folder."""
        ended = command.run(folder, fault)
        return cls(ended, tree(folder), kept(folder))

    def differences(self, when: str, wanted: "Outcome") -> Iterator[str]:
        """What is not as it has to be."""
        found, there, today = self.ended, wanted.tree, self.tree
        if found.status != wanted.ended.status:
            yield f"{when} ends with {found.status}: {found.err.strip()[-300:]}"
        if found.out != wanted.ended.out:
            yield f"{when} prints something else: {found.out[:300]}"
        for path in sorted(today.keys() | there.keys()):
            if path not in there:
                yield f"{when} leaves {path}"
            elif path not in today:
                yield f"{when} lacks {path}"
            elif today[path] != there[path]:
                yield f"{when} has another {path}"
        for name in self.kept.keys() | wanted.kept.keys():
            if self.kept.get(name) != wanted.kept.get(name):
                yield f"{when} has another {CACHE}/{name}"


class Trial:
    """A command on a collection that was never read, or is `warm`: read, built, and edited since.

    `folder` is where all runs take place. `before` and `after` are its files around an undisturbed
    run; `first`, `again` and `edited` how that run ends, the next one, and one after an edit.
    """

    def __init__(self, command: Command, base: Path, *, warm: bool, guides: int) -> None:
        self.command = command
        self.folder = base / "project"
        self.copy = base / "before"
        make_collection(self.folder, guides)
        if warm:
            for name in ("build",) if command.is_mkdocs else ("check",):
                COMMANDS[name].run(self.folder)
            edit(self.folder)
        shutil.copytree(self.folder, self.copy, symlinks=True)
        self.before = tree(self.folder)
        self.first = Outcome.of(command, self.folder)
        assert not command.once or not self.first.ended.status, self.first.ended.err
        self.again = Outcome.of(command, self.folder)
        edit(self.folder)
        self.edited = Outcome.of(command, self.folder)

    def begin(self) -> None:
        """The project as it was before the command."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.copy, self.folder, symlinks=True)

    def troubles(self, fault: Fault, *, later: bool = True) -> Iterator[str]:
        """What does not hold after a fault: in the next run, and in those `later`."""
        self.begin()
        ended = self.command.run(self.folder, fault)
        yield from self.troubles_now()
        if fault.kind in ("fill", "fail"):
            yield from self.troubles_said(ended)
        if fault.kind == "slow":
            yield from Outcome(ended, tree(self.folder), kept(self.folder)).differences(
                "a slow run", self.first
            )
        yield from self.troubles_next(later=later)

    def troubles_now(self) -> Iterator[str]:
        """What is wrong at once: a file is neither as before nor as after, or it is gone.

        One that moves may be at its old place with its new text.
        """
        found, after = tree(self.folder), self.first.tree
        for path, file in found.items():
            moves = (*self.before.values(), *after.values()) if self.command.once else ()
            texts = (self.before.get(path), after.get(path), *moves)
            if not is_part(path) and file not in texts:
                yield f"{path} is neither as before nor as after"
        for path in self.before.keys() - found.keys():
            goes = self.command.once and path not in after
            if not path.startswith("site/") and not goes:
                yield f"{path} is gone"

    def troubles_said(self, ended: Ended) -> Iterator[str]:
        """What is wrong with what a command says on a full disk, and with what it leaves."""
        said, lines = ended.out + ended.err, ended.err.splitlines()
        whole = self.first.ended.status
        failed = 1 if self.command.is_mkdocs else 2
        if "Traceback" in said:
            yield f"a traceback: {lines[-1:]}"
        if ended.status not in (whole, failed):
            yield f"it ends with {ended.status}"
        if ended.status == failed != whole and not any(NO_SPACE in line for line in lines):
            yield f"it does not say why it failed: {lines[-3:]}"
        if any(NO_SPACE in line and "/" not in line for line in lines):
            yield f"it does not say what cannot be written: {lines[-3:]}"
        if GOES_ON in said:
            return
        site = {path: file for path, file in tree(self.folder).items() if path.startswith("site")}
        wanted = self.before if ended.status == failed != whole else self.first.tree
        if site != {path: file for path, file in wanted.items() if path.startswith("site")}:
            yield f"the site is another, and it ends with {ended.status}"
        if parts := [path for path in tree(self.folder) if is_part(path)]:
            yield f"left: {parts}"

    def troubles_next(self, *, later: bool = True) -> Iterator[str]:
        """What is wrong with the next run and the ones after it."""
        is_done = self.command.once and tree(self.folder) == self.first.tree
        found = Outcome.of(self.command, self.folder)
        yield from found.differences("the next run", self.again if is_done else self.first)
        if not later:
            return
        found = Outcome.of(self.command, self.folder)
        yield from found.differences("the run after that", self.again)
        edit(self.folder)
        found = Outcome.of(self.command, self.folder)
        yield from found.differences("a run after an edit", self.edited)


NO_SPACE = os.strerror(errno.ENOSPC).lower()
GOES_ON = "goes on where this one ended"
"""What a build says that can neither finish nor undo; what it leaves is for the next one."""


def is_part(path: str) -> bool:
    """Whether a file is one of those that take the place of another when they are whole."""
    return path.startswith(".site.") or path.endswith((".balise", JOURNAL))


SAVED = "guides/mail/g1/guide.en-gb.md"
"""The page that somebody saves while a command runs."""


def save(folder: Path) -> None:
    """Write another text over the page, as a simple editor does."""
    page = folder / SAVED
    page.write_bytes(page.read_bytes().replace(b"title: ", b"excerpt: New\ntitle: ") + b"\nNew.\n")


def save_aside(folder: Path) -> None:
    """Let another file take the place of the page, as a careful editor does."""
    page = folder / SAVED
    beside = folder / "beside.md"
    shutil.copy2(page, beside)
    beside.write_bytes(page.read_bytes() + b"\n## Another heading\n\n[x](#nowhere)\n")
    beside.replace(page)


def remove(folder: Path) -> None:
    """Remove the page."""
    (folder / SAVED).unlink()


def move(folder: Path) -> None:
    """Move the folder of the page."""
    (folder / SAVED).parent.rename(folder / "guides/mail/moved")


ACTS = (save, save_aside, remove, move)
Act = Callable[[Path], None]


class Race:
    """A command while which somebody else does something: it must come before that, or after it."""

    def __init__(self, trial: Trial, act: Act) -> None:
        self.trial = trial
        self.act = act
        trial.begin()
        self.begun = trial.command.run(trial.folder, Fault("act", 0))
        trial.begin()
        act(trial.folder)
        self.acted = tree(trial.folder)
        self.after = Outcome.of(trial.command, trial.folder)

    def troubles(self, step: int) -> Iterator[str]:
        """What does not hold if it is done at a step.

        A page that goes while it is read is a finding of its own. Between the last look at a page and
        the moment at which another file takes its place, no system lets anybody step in.
        """
        trial = self.trial
        if self.begun.steps[step - 1] == f"os.rename {SAVED}":
            return
        trial.begin()
        ended = trial.command.run(trial.folder, Fault("act", step, lambda: self.act(trial.folder)))
        if "Traceback" in ended.err:
            yield f"a traceback: {ended.err.strip().splitlines()[-1]}"
        outs = (trial.first.ended.out, self.after.ended.out)
        said = ended.out not in outs and "changed since it was read" in ended.err
        if ended.out not in outs and not said and self.act in (save, save_aside):
            yield f"it prints a mixture: {ended.out[:200]}"
        wholes = (trial.before, trial.first.tree, self.acted, self.after.tree)
        for path, file in tree(trial.folder).items():
            if is_part(path):
                continue  # its folder was moved while it was written; the next run takes it away
            if path.startswith("guides/") and file not in [whole.get(path) for whole in wholes]:
                yield f"{path} is a mixture"
        if SAVED in self.acted and tree(trial.folder)[SAVED] not in (
            self.acted[SAVED],
            self.after.tree[SAVED],
        ):
            yield f"what was saved of {SAVED} is lost"
        if trial.command.once and not ended.status:
            return  # it was done before, and cannot be done again
        found = Outcome.of(trial.command, trial.folder)
        yield from found.differences("the next run", self.after)


def one_of_each(steps: Sequence[str]) -> list[int]:
    """Numbers of steps, from 1: the first and the last of each that do the same in the same folder."""
    found: dict[str, list[int]] = {}
    for number, step in enumerate(steps, 1):
        event, _, path = step.partition(" ")
        kind = path[:16] if event == "sql" else path.split("/")[0]
        found.setdefault(f"{event} {kind}", []).append(number)
    return sorted({number for numbers in found.values() for number in (numbers[0], numbers[-1])})
