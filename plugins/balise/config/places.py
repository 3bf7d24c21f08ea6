"""Where the keys of a TOML text stand. `tomllib` tells what they hold, but not where they are."""

import contextlib
import re
import tomllib
from bisect import bisect_right

Key = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and numbers of items from 0."""

BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*+)*+")
SPACE = re.compile(r"[ \t]*")
BARE = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
PLAIN = re.compile(r"[^,\]}#\n]+")


def places_of(text: str) -> dict[Key, tuple[int, int]]:
    """Line and column, from 1, of every key and item of a text that is valid TOML."""
    scanner = _Scanner(text.replace("\r\n", "\n"))
    with contextlib.suppress(_LostError, RecursionError):  # what was found until there is true
        scanner.scan()
    return scanner.found


class _LostError(Exception):
    """The text is not what it should be here."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Key, tuple[int, int]] = {}
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.counts: dict[Key, int] = {}

    def scan(self) -> None:
        table: Key = ()
        while self._skip(BLANK) < len(self.text):
            if self._take("[["):
                table = self._header(is_array=True)
            elif self._take("["):
                table = self._header(is_array=False)
            else:
                self._pair(table)

    def _header(self, *, is_array: bool) -> Key:
        path: Key = ()
        parts = self._key()
        for number, (part, place) in enumerate(parts, 1):
            path = (*path, part)
            self._found(path, place)
            if is_array and number == len(parts):
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
                self._found(path, place)
        self._expect("]]" if is_array else "]")
        return path

    def _pair(self, table: Key) -> None:
        path = table
        for part, place in self._key():
            path = (*path, part)
            self._found(path, place)
        self._expect("=")
        self._value(path)

    def _value(self, path: Key) -> None:
        if self._take("["):
            self._items(path)
        elif self._take("{"):
            self._inline(path)
        else:
            match = STRING.match(self.text, self.at) or PLAIN.match(self.text, self.at)
            if match is None:
                raise _LostError
            self.at = match.end()

    def _items(self, path: Key) -> None:
        number = 0
        while not self._take("]"):
            self._found((*path, number), self.at)
            self._value((*path, number))
            number += 1
            self._take(",")

    def _inline(self, path: Key) -> None:
        while not self._take("}"):
            self._pair(path)
            self._take(",")

    def _take(self, sign: str) -> bool:
        """Go behind `sign`, if that is what comes next."""
        self._skip(BLANK)
        taken = self.text.startswith(sign, self.at)
        self.at += len(sign) if taken else 0
        return taken

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key, and where each begins."""
        parts: list[tuple[str, int]] = []
        while True:
            start = self._skip(SPACE)
            if bare := BARE.match(self.text, start):
                parts.append((bare[0], start))
                self.at = bare.end()
            elif quoted := STRING.match(self.text, start):
                parts.append((tomllib.loads(f"x = {quoted[0]}")["x"], start))
                self.at = quoted.end()
            else:
                raise _LostError
            self._skip(SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise _LostError

    def _skip(self, what: re.Pattern[str]) -> int:
        match = what.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _found(self, path: Key, offset: int) -> None:
        line = bisect_right(self.starts, offset)
        self.found.setdefault(path, (line, offset - self.starts[line - 1] + 1))
