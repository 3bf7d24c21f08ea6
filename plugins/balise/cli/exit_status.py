"""How commands end."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit status of a command: from 128 on, as a shell says of a program that a signal ends."""

    CLEAN = 0
    """Nothing to report."""
    FINDINGS = 1
    """There are findings."""
    FAILED = 2
    """The command could not do what it was asked to do."""
    INTERRUPTED = 130
    """Ctrl-C: SIGINT."""
    READER_GONE = 141
    """Who read stdout has seen enough: SIGPIPE."""
