"""How commands end."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit status of a command."""

    CLEAN = 0
    """Nothing to report."""
    FINDINGS = 1
    """There are findings."""
    FAILED = 2
    """The command could not do what it was asked to do."""
    INTERRUPTED = 130
    """As a shell says of a program that SIGINT has ended."""
    READER_GONE = 141
    """As a shell says of a program that SIGPIPE has ended."""
