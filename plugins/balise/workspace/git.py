"""What git knows: which files are different since a commit, and what they were then."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balise.base.errors import UserError
from balise.base.paths import path_here, with_slashes
from balise.base.suggestions import did_you_mean
from balise.workspace.changes import Changes

OF_ONE_REPOSITORY = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""What git tells its hooks about their repository, with paths that count from another folder."""

SETTINGS = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
AS_EVERYWHERE = (
    *("-c", "diff.relative=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
)
"""Options of git that make it print the same, whatever the user has configured."""
DEEPEN = (
    "get more of its history with `git fetch --deepen=100`, or all of it with `git fetch --unshallow`, "
    'which is `fetch-depth: 0` in GitHub Actions and `GIT_DEPTH: "0"` in GitLab CI'
)
"""The way out for who has a shallow clone."""
GIT_FOLDERS = ("--git-dir", "--git-common-dir")
"""How to ask for the folder of a worktree, and for that of all worktrees."""
FILE_MODES = ("100644", "100755")
"""Modes of files with a text of their own: no links, no submodules."""


@dataclass(slots=True)
class _Difference:
    """Paths from the top of the repository: `old` -> blob at the time, and all that differ."""

    old: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)


OWN_COMMITS = (
    *("-c", "user.name=balise"),
    *("-c", "user.email=balise@localhost"),
    *("-c", "commit.gpgSign=false"),
    *("-c", "core.autocrlf=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
)
"""Options of git that make commits alike, whatever the user has configured."""


class Repository:
    """The repository that the folder `start` is in. Raises UserError if there is none."""

    def __init__(self, start: Path) -> None:
        self.program = _program()
        self.top = os.path.realpath(start)
        done = self._run("rev-parse", "--show-toplevel")
        if done.returncode:
            if b"not a git repository" in done.stderr:
                raise UserError(
                    f"{path_here(str(start))}: is in no git repository, so it has no history"
                )
            raise _failure(done.stderr)
        self.top = os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n")))

    @classmethod
    def made(cls, folder: Path) -> "Repository":
        """A new repository in a folder. Raises UserError where there is no git, or it fails."""
        done = _run(_program(), str(folder), "init", "--quiet", "--template=")
        if done.returncode:
            raise _failure(done.stderr)
        return cls(folder)

    def record(self, paths: Iterable[str], message: str) -> None:
        """Commit files as they are, by their paths from the top. Raises UserError."""
        names = "\0".join(paths).encode("utf-8", "surrogateescape")
        listed = ("--pathspec-from-file=-", "--pathspec-file-nul")
        self.output(*OWN_COMMITS, "add", "--force", *listed, stdin=names)
        self.output(*OWN_COMMITS, "commit", "--quiet", "--allow-empty", f"--message={message}")

    def commit(self, ref: str) -> str:
        """The id of the commit that `ref` names. Raises UserError if there is none."""
        # What begins with `-` would be an option; git allows no such name.
        named = "" if ref.startswith("-") or not ref else self._id(ref)
        commit = self._id(f"{named}^{{commit}}") if named else ""
        if not commit:
            raise UserError(self._unknown(ref))
        return commit

    def merge_base(self, ref: str) -> str:
        """The id of the commit from which on HEAD and `ref` have histories of their own.

        That is `ref` itself where HEAD comes after it. Raises UserError if there is none.
        """
        done = self._run("merge-base", self.commit(ref), "HEAD")
        if done.returncode:
            way = f"; {DEEPEN}" if self.is_shallow() else ""
            raise UserError(f"`{ref}` and HEAD have no commit in common{way}")
        return os.fsdecode(done.stdout).strip()

    def _id(self, name: str) -> str:
        done = self._run("rev-parse", "--verify", "--quiet", name)
        found = os.fsdecode(done.stdout).strip()
        return found if not done.returncode and found.isalnum() else ""

    def _unknown(self, ref: str) -> str:
        if self.is_shallow():
            return f"`{ref}` is no commit of this shallow clone; {DEEPEN}"
        if not self._id("HEAD") and not self.output("for-each-ref", "--count=1"):
            return f"the git repository {self.top} has no commit to compare with yet"
        listed = os.fsdecode(self.output("for-each-ref", "--format=%(refname:short)"))
        names = listed.splitlines()
        remote = next((name for name in names if ref and name.endswith(f"/{ref}")), None)
        hint = f"; did you mean `{remote}`?" if remote else did_you_mean(ref, names)
        return f"`{ref}` is no commit, branch or tag of the repository {self.top}{hint}"

    def is_shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return self.output("rev-parse", "--is-shallow-repository").strip() == b"true"

    def path(self, file: str) -> str:
        """The path of a file from the top. Raises UserError where it is outside."""
        folder, name = os.path.split(file)
        return self._below(os.path.realpath(folder), name, file)

    def folder(self, folder: str) -> str:
        """The path of a folder from the top, `` for the top itself."""
        return self._below(os.path.realpath(folder), "", folder)

    def _below(self, folder: str, name: str, shown: str) -> str:
        path = Path(folder, name)
        if not path.is_relative_to(self.top):
            raise UserError(f"{path_here(shown)}: is outside of the git repository {self.top}")
        below = path.relative_to(self.top).as_posix()
        return "" if below == "." else below

    def changes(
        self,
        ref: str,
        roots: Iterable[str],
        pages: Iterable[str],
        readable: Callable[[str], bool],
    ) -> Changes:
        """What is different below `roots` since the commit `ref`.

        `pages` are the paths of today's pages, as they are shown; `readable` says of the shown
        path of a file whether its old text is wanted.
        """
        commit = self.commit(ref)
        folders = {root: self.folder(root) for root in roots}
        known: dict[str, str] = {}
        inside: dict[str, str] = {}
        for page in pages:
            folder, _, name = page.rpartition("/")
            if folder not in inside:
                inside[folder] = self.folder(folder)
            known[f"{inside[folder]}/{name}".lstrip("/")] = page
        found = self._difference(commit, sorted({folder or "." for folder in folders.values()}))
        shown = {path: _shown(path, folders, known) for path in found.touched}
        wanted = {
            path: blob
            for path, blob in found.old.items()
            if blob and shown.get(path) and readable(shown[path])
        }
        texts = {shown[path]: text for path, text in self.texts(wanted)}
        return Changes(
            ref,
            frozenset(filter(None, shown.values())),
            frozenset(shown[path] for path in found.old if shown.get(path)),
            texts,
            {
                shown[old]: shown[new]
                for old, new in found.moved.items()
                if shown[old] and shown[new]
            },
        )

    def last_changes(self, folder: str, since: str = "") -> Mapping[str, tuple[str, str]]:
        """The day (ISO 8601) and the id of the last commit that changed each file of a folder.

        Paths count from the folder. With `since` only commits behind that one are looked at. A
        shallow clone does not know, and has none.
        """
        found: dict[str, tuple[str, str]] = {}
        for head, files in self._log(folder, since, "%cs %H", "--name-only", "--no-renames"):
            day, _, commit = head.partition(" ")
            for file in files:
                found.setdefault(file, (day, commit))
        return found

    def contributions(
        self, folder: str, since: str = ""
    ) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The author of each commit, the newest first, and the files of a folder that it changed.

        Each file is its path and, if it was moved, the one that it had before. All else as in
        `last_changes`.
        """
        for author, fields in self._log(folder, since, "%aN", "--name-status", "--find-renames"):
            files: list[tuple[str, str]] = []
            rest = iter(fields)
            for status in rest:
                path = next(rest)
                files.append((next(rest), path) if status.startswith("R") else (path, ""))
            yield author, files

    def _log(
        self, folder: str, since: str, head: str, *options: str
    ) -> Iterator[tuple[str, list[str]]]:
        """What `git log` prints of each commit: its head, and the fields of its files.

        Paths count from the folder; there is none for a shallow clone.
        """
        if self.is_shallow():
            return
        below = self.folder(folder)
        prefix = f"{below}/" if below else ""
        out = self.output(
            *("log", f"--format=%x01{head}", *options, "-z", "--no-ext-diff"),
            *(f"{since}..HEAD" if since else "HEAD", "--", below or "."),
        )
        told, files = "", list[str]()
        for part in out.split(b"\0"):
            record = os.fsdecode(part.lstrip(b"\n"))
            if record.startswith("\x01"):
                if files:
                    yield told, files
                told, files = record[1:], []
            elif record:
                files.append(record.removeprefix(prefix))
        if files:
            yield told, files

    def has_head(self) -> bool:
        """Whether there is any commit."""
        return bool(self._id("HEAD"))

    def files_of_head(self) -> list[str]:
        """The files of git that are different whenever HEAD is another commit, there or not."""
        asked = (("rev-parse", "--path-format=absolute", way) for way in GIT_FOLDERS)
        own, common = (os.fsdecode(self.output(*way).removesuffix(b"\n")) for way in asked)
        done = self._run("symbolic-ref", "--quiet", "HEAD")
        branch = [f"{common}/{os.fsdecode(done.stdout).strip()}"] if not done.returncode else []
        listed = (f"{common}/packed-refs", f"{common}/reftable/tables.list", f"{common}/shallow")
        return [f"{own}/HEAD", *branch, *listed]

    def is_ancestor(self, commit: str) -> bool:
        """Whether a commit is there, and HEAD comes after it."""
        return not self._run("merge-base", "--is-ancestor", commit, "HEAD").returncode

    def tracks(self, folder: Path) -> bool:
        """Whether there is anything of a folder in the index. Raises UserError."""
        return bool(self.output("ls-files", "-z", "--", str(folder)))

    def staged(self, folder: str) -> dict[str, str]:
        """The files of a folder in the index: absolute path -> mode and blob, as git writes them.

        Those with a conflict are left out. Raises UserError.
        """
        listed = self.output("ls-files", "--stage", "-z", "--", self.folder(folder) or ".")
        found: dict[str, str] = {}
        for record in filter(None, listed.split(b"\0")):
            head, _, path = record.partition(b"\t")
            blob, _, stage = head.rpartition(b" ")
            if stage == b"0":
                found[with_slashes(str(Path(self.top, os.fsdecode(path))))] = blob.decode()
        return found

    def stage(self, gone: Iterable[str], there: Mapping[str, str]) -> None:
        """Take files out of the index, and put others in by path, as `staged` has them.

        All of it or nothing: git writes its index at once. Paths are absolute. Raises UserError.
        """
        out = [f"0 {'0' * 40}\t{self.path(path)}" for path in gone]
        out += [f"{blob}\t{self.path(path)}" for path, blob in there.items()]
        told = "".join(f"{line}\0" for line in out).encode("utf-8", "surrogateescape")
        self.output("update-index", "-z", "--index-info", stdin=told)

    def _difference(self, commit: str, folders: Sequence[str]) -> _Difference:
        """Committed, staged, unstaged and untracked changes; nothing that is ignored."""
        found = _Difference()
        options = ("--raw", "-z", "--no-abbrev", "--find-renames", "--no-ext-diff")
        if not folders:
            return found
        for where in (["--cached"], []):
            _read_raw(
                self.output(
                    *("diff", *options, "--ignore-submodules=all"),
                    *(*where, commit, "--", *folders),
                ),
                found,
            )
        listed = self.output("ls-files", "--others", "--exclude-standard", "-z", "--", *folders)
        untracked = [os.fsdecode(path) for path in listed.split(b"\0") if path]
        found.touched.update(path for path in untracked if not path.endswith("/"))
        self._follow(untracked, found)
        return found

    def _follow(self, untracked: Sequence[str], found: _Difference) -> None:
        """Files that were moved without telling git, and not changed."""
        gone = {
            blob: path
            for path, blob in found.old.items()
            if path not in found.moved and not Path(self.top, path).exists()
        }
        for path in untracked if gone else ():
            file = Path(self.top, path)
            if file.suffix == ".md" and file.is_file() and not file.is_symlink():
                blob = blob_id(file.read_bytes(), next(iter(gone)))
                if blob in gone:
                    found.moved.setdefault(gone[blob], path)

    def texts(self, blobs: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """The texts of blobs by path, all from one process. Raises UserError where one is not there."""
        if not blobs:
            return
        asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
        out = self.output("cat-file", "--batch", stdin=asked)
        at = 0
        for path in blobs:
            end = out.index(b"\n", at)
            head = out[at:end].split()
            if len(head) != 3:
                raise UserError(
                    f"git: {os.fsdecode(out[at:end])}: the old text of {path} is not there"
                )
            size = int(head[2])
            yield path, out[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def output(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What a command of git prints. Raises UserError with what it says where it fails."""
        done = self._run(*arguments, stdin=stdin)
        if done.returncode:
            raise _failure(done.stderr)
        return done.stdout

    def _run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return _run(self.program, self.top, *arguments, stdin=stdin)


def _program() -> str:
    program = shutil.which("git")
    if program is None:
        raise UserError("there is no program `git`; install it, or check without a commit")
    return program


def _run(
    program: str, folder: str, *arguments: str, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    kept = {name: v for name, v in os.environ.items() if name not in OF_ONE_REPOSITORY}
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, none of them an option of a user
            [program, *AS_EVERYWHERE, *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            env={**kept, **SETTINGS},
            check=False,
        )
    except OSError as error:
        raise UserError(f"git cannot be run in {folder}: {error.strerror}") from error


def blob_id(data: bytes, like: str) -> str:
    """The id that git gives to a file, in a repository with ids `like` this one."""
    make = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return make(b"blob %d\0" % len(data) + data).hexdigest()


def _failure(stderr: bytes) -> UserError:
    """What git says of its own failure: the line that names it, and the last one, the way out."""
    lines = [line.strip() for line in os.fsdecode(stderr).splitlines() if line.strip()]
    named = [line for line in lines if line.startswith(("fatal:", "error:"))]
    told = dict.fromkeys((*named[-1:], *lines[-1:])) or {"it failed without a word": None}
    return UserError("git: " + "; ".join(told))


def _read_raw(out: bytes, found: _Difference) -> None:
    """Add what `git diff --raw -z` says."""
    fields = iter(out.split(b"\0"))
    for head in fields:
        if not head:
            continue
        old_mode, _, blob, _, status = head.decode().lstrip(":").split(" ")
        old = new = os.fsdecode(next(fields))
        if status.startswith(("R", "C")):
            new = os.fsdecode(next(fields))
        if status.startswith("R"):
            found.moved[old] = new
        found.touched |= {old, new} if not status.startswith("C") else {new}
        if not status.startswith(("A", "C")):
            found.old[old] = blob if old_mode in FILE_MODES else ""


def _shown(path: str, folders: dict[str, str], known: dict[str, str]) -> str:
    """The path of a file as it is shown; empty if it is in none of the folders."""
    if path in known:
        return known[path]
    for root, folder in sorted(folders.items(), key=lambda item: -len(item[1])):
        below = path.removeprefix(f"{folder}/") if folder else path
        if not folder or below != path:
            return below if root in ("", ".") else f"{root}/{below}"
    return ""
