"""Commands in copies of a process that has imported what they take: processes of their own that start at once.

`python -m tests.helpers.forked PROGRAM FD FOLDER` imports what a program takes, and becomes it or one that
takes the same, in a copy of itself, for each request that comes over the socket FD. It ends with the
process that asks. What the copies compile of templates they leave to each other, in FOLDER.
"""

import atexit
import gc
import json
import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib import import_module
from itertools import cycle
from pathlib import Path

from balise.claims.patterns import patterns_of
from balise.document.language import languages

IMPORTED = {
    "balise": ("balise.cli.check", "balise.cli.run_check", "balise.check.baseline"),
    "mkdocs": (
        "mkdocs.commands.build",
        "mkdocs.commands.serve",
        "balise.mkdocs_plugin.commands",
        "balise.mkdocs_plugin.plugin",
        "balise.mkdocs_plugin.server",
    ),
}
"""The programs, and the modules with which most of their commands begin."""
OF_SITES = ("build", "merge", "offline", "serve")
"""The commands of balise that take what MkDocs does."""
LANGUAGES = ("en", "fr")
"""Those that most pages of tests are in."""
SECONDS = 60
"""In which a command ends that was told to end."""
_FREE: "list[Imported]" = []
"""Those that may be used for a command that runs for long."""
ROOT = Path(__file__).parents[2]
BYTES = 8
"""Of a number that is sent."""


def what_python_is_told(environment: Mapping[str, str]) -> dict[str, str]:
    """What of an environment Python reads when it starts."""
    return {name: value for name, value in environment.items() if name.startswith("PYTHON")}


TOLD = what_python_is_told({**os.environ, "PYTHONUTF8": "1"})


def can_fork(environment: Mapping[str, str]) -> bool:
    """Whether a copy is what a new process would be: not where Python is told something else."""
    return sys.platform == "linux" and what_python_is_told(environment) == TOLD


@cache
def shared_folder() -> Path:
    """A folder for what the copies leave to each other, which goes with this process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _turns(name: str) -> "Iterator[Imported]":
    """Two processes in turn, as a set is in another order in each new process."""
    return cycle([Imported(name), Imported(name)])


def run_copy(
    program: str,
    arguments: Sequence[str],
    cwd: Path,
    stdin: bytes,
    environment: Mapping[str, str],
    seconds: float,
) -> "subprocess.CompletedProcess[bytes]":
    """Run a command to its end, with no more of an environment than is given.

    Raises TimeoutError where it takes more than so many seconds; it is killed then.
    """
    imported = next(_turns("mkdocs" if {*arguments[:1]} & {*OF_SITES} else program))
    with ExitStack() as files:
        streams = [files.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(stdin)
        for stream in streams:
            stream.seek(0)
        command = (program, *arguments)
        copy = imported.start(command, cwd, environment, [s.fileno() for s in streams])
        status = copy.wait(seconds)
        streams[1].seek(0)
        streams[2].seek(0)
        return subprocess.CompletedProcess(command, status, streams[1].read(), streams[2].read())


class Copy:
    """A command that runs, to be used as a `Popen` is."""

    def __init__(self, answers: socket.socket) -> None:
        self.answers = answers
        self.process = _number(answers)
        self.status: int | None = None

    def wait(self, seconds: float) -> int:
        """Its status. Raises TimeoutError where it takes more than so many seconds; it is killed then."""
        if self.status is None:
            self.answers.settimeout(seconds)
            try:
                self.status = _number(self.answers)
            except BaseException:  # its status must not be taken for that of the next one
                self.send_signal(signal.SIGKILL)
                self.status = _number(self.answers)
                raise
        return self.status

    def send_signal(self, number: int) -> None:
        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.process, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


@contextmanager
def started(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str], streams: Sequence[int]
) -> Iterator[Copy]:
    """A command of sites that runs beside the test, which has to end it."""
    imported = _FREE.pop() if _FREE else Imported("mkdocs")
    copy = imported.start(command, cwd, environment, streams)
    try:
        yield copy
    finally:
        copy.wait(SECONDS)
        _FREE.append(imported)


class Imported:
    """A process of which each command is a copy. There is one command at a time."""

    def __init__(self, name: str) -> None:
        self.socket, theirs = socket.socketpair()
        with theirs:
            arguments = (name, str(theirs.fileno()), str(shared_folder()))
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.forked", *arguments],
                cwd=ROOT,
                env={**os.environ, "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def close(self) -> None:
        self.socket.close()
        self.process.wait()

    def start(
        self,
        command: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        streams: Sequence[int],
    ) -> Copy:
        """Start a command with these files as its streams."""
        request = json.dumps([command, str(cwd.absolute()), dict(environment)]).encode()
        self.socket.settimeout(None)
        socket.send_fds(self.socket, [_packed(len(request))], streams)
        self.socket.sendall(request)
        return Copy(self.socket)


class _End:
    """The end of a copy, at which it frees nothing by itself: that costs as much as a short command.

    It comes after all else that is to be done at the end, and is Python's own where that has more to
    say than a number.
    """

    def __init__(self) -> None:
        self.status: object = None
        atexit.register(self.come)

    def come(self) -> None:
        if isinstance(self.status, int):
            with suppress(OSError, ValueError):
                for stream in filter(None, (sys.stdout, sys.stderr)):
                    stream.flush()
                os._exit(self.status)


def warm_up(templates: Path | None) -> None:
    """Make at once what each copy would make anew, and keep in a folder what is made of templates."""
    for language in LANGUAGES:
        patterns_of(language)
    languages()
    if templates is not None:
        import_module("tests.helpers.kept_templates").keep_templates(templates)
    gc.freeze()  # what is the same in all copies is not looked at, and so not copied


def main(name: str, descriptor: int, folder: Path) -> None:
    end = _End()
    for module in IMPORTED[name]:
        import_module(module)
    warm_up(folder if name == "mkdocs" else None)
    with socket.socket(fileno=descriptor) as asked:
        program = _next_program(asked)
    if program is None:
        return
    try:
        sys.modules.pop(f"{program}.__main__", None)  # it is run, whoever has imported it
        runpy.run_module(program, run_name="__main__", alter_sys=True)
        end.status = 0
    except SystemExit as ended:
        end.status = ended.code or 0
        raise


def _next_program(asked: socket.socket) -> str | None:
    """Make a copy for each request, in which this is the program as soon as it stands where it is asked to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for who asks
    while True:
        header, descriptors, _, _ = socket.recv_fds(asked, BYTES, 3)
        if not header:
            return None
        request = asked.recv(int.from_bytes(header), socket.MSG_WAITALL)
        process = os.fork()
        if not process:
            break
        for descriptor in descriptors:
            os.close(descriptor)
        asked.sendall(_packed(process))
        _, status = os.waitpid(process, 0)
        asked.sendall(_packed(os.waitstatus_to_exitcode(status)))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command, cwd, environment = json.loads(request)
    for stream, descriptor in enumerate(descriptors):
        os.dup2(descriptor, stream)
        os.close(descriptor)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = cwd
    program, *sys.argv[1:] = command
    return str(program)


def _packed(number: int) -> bytes:
    return number.to_bytes(BYTES, signed=True)


def _number(answers: socket.socket) -> int:
    """The next number. Raises EOFError where there is none: the process of the program has ended."""
    data = answers.recv(BYTES, socket.MSG_WAITALL)
    if len(data) < BYTES:
        raise EOFError("the process that commands are copies of has ended")
    return int.from_bytes(data, signed=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
