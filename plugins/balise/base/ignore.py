"""Patterns of paths, as in `.gitignore`."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from balise.base.file_state import read_bytes

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Patterns(msgspec.Struct, frozen=True):
    """Patterns that count from a folder: what `excluded` matches, and pages not `included`."""

    base: str
    excluded: "GitIgnoreSpec | None"
    included: "GitIgnoreSpec | None" = None

    @classmethod
    def of(cls, base: Path, include: Sequence[str], exclude: Sequence[str]) -> "Patterns":
        """Those of the configuration; `include` of `*.md` is every page."""
        every = tuple(include) == ("*.md",)
        return cls(str(base), _spec(exclude), None if every else _spec(include))

    @classmethod
    def of_gitignore(cls, file: Path) -> "Iterator[Patterns]":
        """Those of a `.gitignore` file; none if it cannot be read."""
        try:
            lines = read_bytes(str(file))[1].decode("utf-8", "replace").splitlines()
        except OSError:
            return
        try:
            spec = _spec(lines)
        except (ValueError, re.error):
            spec = _spec([line for line in lines if not wrong_with(line)])  # as git does
        yield cls(str(file.parent.absolute()), spec)

    @classmethod
    def matching(cls, base: Path, patterns: Sequence[str]) -> "Patterns":
        """Patterns of their own, to be asked whether they match."""
        return cls(str(base), _spec(patterns))

    def matches(self, path: str) -> bool:
        """Whether one of the patterns matches `path`, and none behind it takes that back."""
        return self.excludes(path)

    def excludes(self, path: str) -> bool:
        """Whether `path` is left out; that of a folder ends in `/`."""
        if self.excluded is None and self.included is None:
            return False
        folder = "/" if path.endswith("/") else ""
        relative = os.path.relpath(path, self.base) + folder
        if relative.startswith(".."):
            return False
        if self.excluded is not None and self.excluded.match_file(relative):
            return True
        return self.included is not None and not folder and not self.included.match_file(relative)


def wrong_with(pattern: str) -> str:
    """What is wrong with a pattern, as the end of a sentence about it, or nothing."""
    try:
        _spec([pattern])
    except re.error as error:
        return f"cannot be understood ({error.msg})"
    except ValueError:
        return "cannot be understood"
    return ""


def _spec(lines: Sequence[str]) -> "GitIgnoreSpec | None":
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    from pathspec import GitIgnoreSpec  # only where there are patterns

    return GitIgnoreSpec.from_lines(lines)
