"""What a terminal can show beside text."""

import os
from typing import TextIO

PROGRAMS = ("ghostty", "Hyper", "iTerm.app", "mintty", "rio", "vscode", "WezTerm", "WarpTerminal")
"""Values of `TERM_PROGRAM` of terminals that show links."""
MARKS = ("DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION")
"""Variables that others set."""
VTE = 5000
"""The first `VTE_VERSION` that shows links."""


def shows_links(stream: TextIO) -> bool:
    """Whether a stream is a terminal that is known to show links (the escape sequence OSC 8)."""
    if not stream.isatty():
        return False
    environment = os.environ
    version = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in PROGRAMS
        or environment.get("TERM") in ("alacritty", "foot", "xterm-ghostty", "xterm-kitty")
        or any(mark in environment for mark in MARKS)
        or (version.isdecimal() and int(version) >= VTE)
    )
