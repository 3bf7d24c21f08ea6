"""Languages of code, by the names that fences give them."""

import re

MAX_CODE = 100_000
"""Longer code, in characters, is not looked into."""
LANGUAGES: dict[str, tuple[str, ...]] = {
    "apache": ("apacheconf", "htaccess"),
    "bash": ("sh", "shell", "zsh", "ksh", "ssh"),
    "html": ("htm", "xhtml"),
    "ini": ("cfg", "dosini"),
    "javascript": ("js", "node"),
    "json": (),
    "nginx": (),
    "perl": ("pl",),
    "php": (),
    "powershell": ("ps1", "pwsh", "posh"),
    "python": ("py", "python3"),
    "ruby": ("rb",),
    "sql": ("mysql", "postgresql", "psql"),
    "terraform": ("hcl", "tf"),
    "toml": (),
    "xml": (),
    "yaml": ("yml",),
}
"""Languages whose code is none of the others, and other names for them.

What shows no language, such as `console` and `text`, is not here: it may hold code of any.
"""
CANONICAL = {name: name for name in LANGUAGES} | {
    alias: name for name, aliases in LANGUAGES.items() for alias in aliases
}
NUMBER = re.compile(r"[ \t]*+[0-9]++[.:][ \t]?")
"""The number of a line, which is no part of the code."""


def canonical(name: str) -> str:
    """The usual name of a language, or nothing if none is meant that is known here."""
    return CANONICAL.get(name.lower(), "")


def is_numbered(code: str) -> bool:
    """Whether the first line of code begins with a number and a sign behind it."""
    return NUMBER.match(code.lstrip("\n")) is not None
