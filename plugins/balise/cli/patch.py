"""Changes of files as a patch that people read and git applies."""

import difflib
from collections.abc import Iterator
from io import BytesIO

import click

from balise.base.paths import path_here
from balise.workspace.file_changes import FileChanges

NONE = "/dev/null"
COLORS = {"@@": "cyan", "+++": "", "---": "", "+": "green", "-": "red"}
"""How lines of a patch are coloured, by what they begin with; the first that fits counts."""
BOLD = ("diff ", "+++", "---", "rename ", "new ", "deleted ")


def patch_lines(changes: FileChanges) -> Iterator[str]:
    """All changes as one patch in git's form: the files in the order of their names today."""
    for path in sorted({*changes.written, *changes.moves, *changes.removed, *changes.created}):
        new = changes.moves.get(path, path)
        before, after = changes.written.get(path, (b"", b""))
        a, b = f"a/{_shown(path)}", f"b/{_shown(new)}"
        yield f"diff --git {a} {b}\n"
        if path in changes.created:
            yield "new file mode 100644\n"
            yield from diff_lines(b"", changes.created[path], NONE, b)
        elif path in changes.removed:
            yield "deleted file mode 100644\n"
            yield from _removal(changes.removed[path], a)
        else:
            if new != path:
                yield f"rename from {_shown(path)}\nrename to {_shown(new)}\n"
            yield from diff_lines(before, after, a, b)


def diff_lines(before: bytes, after: bytes, old: str, new: str) -> Iterator[str]:
    """How two texts differ, byte order marks and line ends as they are, under the names of their files."""
    lines = difflib.unified_diff(_lines(before), _lines(after), old, new)
    yield from (x if x.endswith("\n") else f"{x}\n\\ No newline at end of file\n" for x in lines)


def colored(line: str) -> str:
    """A line of a patch as a terminal shows it."""
    color = next((color for sign, color in COLORS.items() if line.startswith(sign)), "")
    bare = line.rstrip("\n")
    return (
        click.style(bare, fg=color or None, bold=line.startswith(BOLD) or None) + line[len(bare) :]
    )


def _removal(data: bytes, old: str) -> Iterator[str]:
    if b"\0" in data:
        yield f"Binary files {old} and {NONE} differ\n"
    else:
        yield from diff_lines(data, b"", old, NONE)


def _lines(data: bytes) -> list[str]:
    """The lines of a file as git has them: they end with LF alone."""
    return [line.decode("utf-8", "replace") for line in BytesIO(data)]


def _shown(path: str) -> str:
    return path_here(path).lstrip("/")
