"""Styles and scripts of balise without what only their authors read: comments, and blanks at the ends of lines.

It knows no more of JavaScript than these files need: a comment stands alone on its line, or at its end without a
quotation mark in it, and no line of a template literal is touched.
"""

import re

from mkdocs.structure.files import Files

OWN = "assets/balise/"
"""Where the files are in a site."""

STRING = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
COMMENT = r"/\*(?:[^*]|\*(?!/))*+\*/\s*+"
STYLE = re.compile(rf"{STRING}|{COMMENT}|([{{}};])\s*+|\s++(?:([{{}};])\s*+)?+", re.DOTALL)

REMARK = re.compile(r"(?<=[;,({])\s+// [^\"'`]*$")
"""A comment behind code: in a string, the mark that closes it would follow."""


def minify_own(files: Files) -> None:
    """Make the styles and scripts of balise among `files` shorter."""
    for file in files:
        shorter = MINIFIERS.get(file.dest_uri.rpartition(".")[2])
        if shorter and file.dest_uri.startswith(OWN):
            file.content_string = shorter(file.content_string)


def style(text: str) -> str:
    """CSS without comments, and without blanks where they mean nothing."""

    def shorter(m: re.Match[str]) -> str:
        return m[1] or m[2] or m[3] or ("" if m[0].startswith("/*") else " ")

    return STYLE.sub(shorter, text).strip()


def script(text: str) -> str:
    """JavaScript without comments, and without indentation."""
    lines: list[str] = []
    literal = False
    for line in text.splitlines():
        stripped = line if literal else REMARK.sub("", line).strip()
        literal ^= line.count("`") % 2 == 1
        if literal or (stripped and not stripped.startswith("//")):
            lines.append(stripped)
    return "\n".join(lines) + "\n"


MINIFIERS = {"css": style, "js": script}
