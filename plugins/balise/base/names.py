"""Names of files that are not UTF-8, in a form that can be shown and stored: `\\xe9t\\xe9.md`.

Python writes their bytes as lone surrogates, which no output and no cache takes.
"""

import os
import re

ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


def is_utf8(name: str) -> bool:
    """Whether a name, as the system gives it, can be shown and stored as it is."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown(path: str) -> str:
    """A path as it can be shown: itself in UTF-8, else with its other bytes as `\\xe9`."""
    return path if is_utf8(path) else os.fsencode(path).decode("utf-8", "backslashreplace")


def stands_for_another(path: str) -> bool:
    """Whether a path is the shown one of a file whose name is not UTF-8."""
    escaped = path.encode("utf-8", "surrogateescape")
    written = ESCAPED.sub(lambda byte: bytes([int(byte[1], 16)]), escaped)
    return written != escaped and os.path.lexists(written)
