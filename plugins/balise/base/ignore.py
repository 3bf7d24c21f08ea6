"""Patterns of paths, as in `.gitignore`."""

import os
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from balise.base.file_state import read_bytes
from balise.base.paths import relative_path

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


FOLDERS = re.compile(r"(\(\?:\.\+/\)\?|\(\?:/\.\+\)\?)")
LAZY = {"(?:.+/)?": "(?:[^/]+/)*?", "(?:/.+)?": "(?:/[^/]+)*?"}
"""How pathspec writes `**`, and the same folder by folder."""
BETWEEN_STARS = re.compile(
    r"\[\^/\]\*((?:\[\^/\](?!\*)|\\.|[^\\\[\](){}|?*+.^$/])*+)(?=\[\^/\]\*)",
    re.DOTALL,  # a name may have a line end in it
)
"""A star and the letters up to the next one, in the same name of a path."""
MANY_STARS = 3
"""Stars from which on they are worth a thought: nearly all patterns have one or two."""


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
        relative = relative_path(path, self.base) + folder
        if relative.startswith("..") or os.path.isabs(relative):  # noqa: PTH117 - on another drive
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
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    class Linear(GitIgnoreSpecPattern):
        """A pattern as pathspec reads it, whose stars take the first place that fits."""

        @classmethod
        def pattern_to_regex(cls, pattern: str | bytes) -> tuple[Any, bool | None]:
            regex, included = super().pattern_to_regex(pattern)
            return (_without_trials(regex) if isinstance(regex, str) else regex), included

    with warnings.catch_warnings():
        # `[[:alpha:]]` may mean something else to a later Python, and is no matter of the user's.
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines(lines, Linear)


def _without_trials(regex: str) -> str:
    """`regex`, of the form that pathspec makes, but that no part between two stars is tried twice.

    What stands between two stars is found at the first place or nowhere: that is enough, as the
    second star can take whatever the first would have.
    """
    if regex.count("[^/]*") + len(FOLDERS.findall(regex)) < MANY_STARS:
        return regex
    regex = BETWEEN_STARS.sub(r"(?>[^/]*?\1)", regex)
    parts = FOLDERS.split(regex)
    for index in range(1, len(parts) - 2, 2):
        parts[index] = f"(?>{LAZY[parts[index]]}"
        parts[index + 1] += "(?=/))" if parts[index + 2].startswith("(?:/") else ")"
    if len(parts) > 1:
        parts[-2] = LAZY[parts[-2]]
    return "".join(parts)
