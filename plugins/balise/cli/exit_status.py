"""How commands end."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit status of a command: from 128 on as a shell says of a program that a signal ends."""

    CLEAN = 0
    """Nothing to report."""
    FINDINGS = 1
    """There are findings."""
    FAILED = 2
    """The command could not do what it was asked to do."""
    HUNG_UP = 129
    """The terminal has gone: SIGHUP."""
    INTERRUPTED = 130
    """Ctrl-C: SIGINT."""
    READER_GONE = 141
    """Who read stdout has seen enough: SIGPIPE."""
    TERMINATED = 143
    """Someone else, such as a CI that cancels a job, wants it to end: SIGTERM."""
