"""Markdown that is shown by an editor: texts of pages as they read, pictures, links to files."""

import re

from balise.editor.files import file_uri

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
LONGEST = 300
"""Characters of an excerpt that are shown."""


def plain(text: str) -> str:
    """A text on one line, with no mark that would mean something."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def excerpt(text: str) -> str:
    """The beginning of a text, as `plain`, up to a word."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition(" ")[0] + " …"
    return plain(text)


def code(text: str) -> str:
    """A text as code, whatever it has in it."""
    marks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{space}{text}{space}{marks}"


def file_link(text: str, path: str) -> str:
    """A link to a file."""
    return f"[{plain(text)}](<{file_uri(path)}>)"


def paragraphs(*texts: str) -> str:
    """Texts below each other, without empty ones."""
    return "\n\n".join(text for text in texts if text)
