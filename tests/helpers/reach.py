"""Which tests reach which lines of the package: its blocks, and a map of them that is kept in `.mutations/`."""

import ast
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, count
from pathlib import Path, PurePosixPath

from tests.helpers.layers import MODULES, ROOT

KEPT = ROOT / ".mutations" / "reach.json"
RECORDER = "tests.helpers.reach_recorder"
PROBE = "plugins/balise/_probe.py"
"""Where the copy that is watched has what writes down which blocks are run."""

PROBE_CODE = """
import os

FOLDER = {folder!r}
seen = set()
collector = log = owner = None


def reached(number):
    if number in seen:
        return
    seen.add(number)
    if os.getpid() != collector:
        write(number)


os.register_at_fork(after_in_child=seen.clear)


def write(number):
    global log, owner
    test = os.environ.get("PYTEST_CURRENT_TEST")
    if test is None:
        return
    if owner != os.getpid():  # not shared with the process that this one is a copy of
        owner = os.getpid()
        log = os.open(f"{{FOLDER}}/{{owner}}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(log, f"{{test}}\\n".encode())
    os.write(log, f"{{number}}\\n".encode())
"""
"""Each process but that of the tests writes at once: it may be killed at any time."""


@dataclass(frozen=True)
class Block:
    """Statements of a module that are run one after the other, from line to line, both included."""

    file: str
    first: int
    last: int


@dataclass
class Reach:
    """The tests that passed, with their CPU seconds and the blocks that they reach: a bit for each.

    `package` and `files` are digests of what it was made of: the package, and each file of tests.
    """

    package: str = ""
    files: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Block]:
        return all_blocks()

    def tests_of(self, file: Path, line: int) -> list[str]:
        """The tests that reach a line, those of its package first, and of these the quickest.

        What is run when a module is imported is tried by all that reach anything in the module, and
        by the tests of its package.
        """
        name = file.relative_to(ROOT).as_posix()
        numbers = [n for n, block in enumerate(self.blocks) if block.file == name]
        within = [n for n in numbers if self.blocks[n].first <= line <= self.blocks[n].last]
        nearest = min(within, key=lambda n: self.blocks[n].last - self.blocks[n].first)
        whole = nearest == numbers[0]
        bits, own = _bits(numbers if whole else [nearest]), f"tests/{file.parent.name}/"
        found = [
            test
            for test, reached in self.reached.items()
            if reached & bits or (whole and test.startswith(own))
        ]
        return sorted(found, key=lambda t: (not t.startswith(own), self.seconds[t], t))


@cache
def all_blocks() -> list[Block]:
    """The blocks of the package, in the order of their numbers."""
    return [block for module in MODULES for block, _ in _blocks(module.file, module.tree)]


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers))


def _blocks(file: Path, tree: ast.AST) -> Iterator[tuple[Block, list[ast.stmt]]]:
    """The blocks of a module, the whole of it first. The body of a class is of the block around it."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and not isinstance(node, ast.ClassDef):
                first = 1 if isinstance(node, ast.Module) else body[0].lineno
                yield Block(file.relative_to(ROOT).as_posix(), first, body[-1].end_lineno), body


def watch(checkout: Path, folder: Path) -> None:
    """Make the package in a copy of the checkout write down what is run of it, into a folder."""
    numbers = count()
    for module in MODULES:
        code = _watched(ast.parse(module.file.read_text(encoding="utf-8")), module.file, numbers)
        (checkout / module.file.relative_to(ROOT)).write_text(code, encoding="utf-8")
    (checkout / PROBE).write_text(PROBE_CODE.format(folder=str(folder)), encoding="utf-8")


def _watched(tree: ast.Module, file: Path, numbers: Iterator[int]) -> str:
    """The code of a module that tells which of its blocks are run; they take the next numbers."""
    for body in [body for _, body in _blocks(file, tree)]:
        told = ast.parse(f"_reached_({next(numbers)})").body
        at = 1 if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else 0
        if body is tree.body:
            told = [*ast.parse("from balise._probe import reached as _reached_").body, *told]
        body[at:at] = told
    return ast.unparse(ast.fix_missing_locations(tree))


def reach_of(checkout: Path) -> Reach:
    """The map of the tests as they are, with what is kept of it and still true.

    What is not is made by running tests in a copy of the checkout, which is then of no other use.
    """
    package = _digest(module.file for module in MODULES)
    digests = {
        file.relative_to(ROOT).as_posix(): _digest([file])
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
    }
    reach = Reach()
    with suppress(OSError):
        reach = Reach(**json.loads(KEPT.read_text(encoding="utf-8")))
    if reach.package != package:
        reach = Reach(package)
    files = {file for file, digest in digests.items() if digest != reach.files.get(file)}
    kept = {name for name in reach.reached if name.partition("::")[0] in digests.keys() - files}
    made = _record(checkout, sorted(files)) if files else Reach()
    reach = Reach(
        package,
        digests,
        {name: seconds for name, seconds in reach.seconds.items() if name in kept} | made.seconds,
        {name: reached for name, reached in reach.reached.items() if name in kept} | made.reached,
    )
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(vars(reach)), encoding="utf-8")
    return reach


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _record(checkout: Path, tests: Iterable[str]) -> Reach:
    """Run files of tests in a copy of the checkout, which is watched."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        watch(checkout, folder)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", RECORDER, *tests]
        environment = {**os.environ, "PYTHONPATH": str(checkout / "plugins")}
        subprocess.run(command, cwd=checkout, env=environment, check=False)
        return _read(folder)


def _read(folder: Path) -> Reach:
    """What was written down: by the processes of the tests, and by those that they started."""
    reached: dict[str, set[int]] = {}
    for log in folder.glob("*.log"):
        test = ""
        for line in log.read_text(encoding="utf-8").split("\n"):
            if line.isdigit():
                reached.setdefault(test, set()).add(int(line))
            else:
                test = line.rpartition(" (")[0] or line
    made = Reach()
    records = [json.loads(line) for file in folder.glob("*.jsonl") for line in file.open()]
    seconds: dict[str, float] = {}
    for record in records:
        name = record["name"]
        reached.setdefault(name, set()).update(record["reached"])
        seconds[name] = max(record["seconds"], seconds.get(name, 0))
    for record in records:
        if record["passed"]:
            places = _places(record["name"])
            shared = [f"{place}::{name}" for name in record["fixtures"] for place in places]
            names = (record["name"], *shared)
            made.seconds[record["name"]] = sum(seconds.get(name, 0) for name in names)
            made.reached[record["name"]] = _bits(chain(*(reached.get(n, ()) for n in names)))
    return made


def _places(test: str) -> list[str]:
    """Where the fixtures of a test may be: its file, and the folders above it."""
    file = PurePosixPath(test.partition("::")[0])
    return [file.as_posix(), *(parent.as_posix() for parent in file.parents if parent.name), ""]
