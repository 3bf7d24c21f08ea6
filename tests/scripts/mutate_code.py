"""The package with one mistake at a time: how many of the mistakes its tests find, and which they do not.

    python -m tests.scripts.mutate_code [COUNT [SEED]] [--only TEXT] [--seconds CPU_SECONDS]

A mistake is a negated condition, a statement less, another constant or operator, or None for what
is returned. It is made in a copy of the checkout, in which the tests run that reach its line, the
nearest and quickest first, as many as take `SECONDS` or what is given; `--seconds inf` is all. Which
these are is known from a run of all tests, kept in `.mutations/`, which is made again where the
package changes, and for tests that do. `--only` takes the mistakes of the sample whose line has a
text in it. What no test finds is printed; some of that makes no difference to anyone.
"""

import argparse
import ast
import copy
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from tests.helpers.layers import MODULES, ROOT, Module
from tests.helpers.reach import Reach, reach_of

COUNT, SEED = 150, 1
SECONDS = 30.0
"""CPU seconds that the tests of one mistake take without it, together."""
SLOW = 0.1
"""From so many on a test may fail of itself, on a busy machine, and is run again without the mistake."""
PATIENCE = 120
"""Seconds that they may take with it, and ten more for each of these. One that makes them hang is found."""
MEMORY = 4 << 30
"""Bytes that a process may hold: a loop without an end takes all that there is."""

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.Gt: ast.GtE,
    ast.Eq: ast.NotEq,
    ast.In: ast.NotIn,
    ast.Is: ast.IsNot,
    ast.And: ast.Or,
    ast.Add: ast.Sub,
    ast.BitAnd: ast.BitOr,
}
SWAPPED |= {new: old for old, new in SWAPPED.items()}


@dataclass(frozen=True)
class Mutation:
    """A mistake in a module: bytes `start` to `end` of the file, which are `before`, become `text`."""

    file: Path
    package: str
    line: int
    start: int
    end: int
    before: str
    text: str

    def applied(self, code: bytes) -> bytes:
        return code[: self.start] + self.text.encode() + code[self.end :]

    def __str__(self) -> str:
        """`plugins/balise/check/run.py:12: if found -> if (not found)`, on one line."""
        place = f"{self.file.relative_to(ROOT).as_posix()}:{self.line}"
        return f"{place}: {_line(self.before)} -> {_line(self.text)}"


def mutations_of(module: Module) -> list[Mutation]:
    """All that can be made of a module, in the order of its text."""
    file = module.file
    code = file.read_bytes()
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, text in _replacements(module.tree):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        before = code[start:end].decode()
        found.append(Mutation(file, module.package, node.lineno, start, end, before, text))
    return sorted(found, key=lambda mutation: (mutation.start, mutation.end, mutation.text))


def _replacements(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Nodes, and what each may become. What is in an f-string has no place, an annotation no effect."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or isinstance(node, ast.JoinedStr):
                continue
            yield from _replacements_of(node)
            yield from _replacements(node)


def _replacements_of(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield test, f"(not ({ast.unparse(test)}))"
        case ast.comprehension(ifs=tests):
            yield from ((test, f"(not ({ast.unparse(test)}))") for test in tests)
        case ast.Expr(value=ast.Constant()):
            pass  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.Continue() | ast.Break() | ast.Raise():
            yield node, "pass"
        case ast.Return(value=value) if value and ast.unparse(value) != "None":
            yield node, "return None"
        case ast.Constant(value=bool() as truth):
            yield node, str(not truth)
        case ast.Constant(value=int() as number):
            yield node, str(number + 1)
        case ast.Compare(ops=[operator]) if type(operator) in SWAPPED:
            yield node, _with(node, ops=[SWAPPED[type(operator)]()])
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) if type(operator) in SWAPPED:
            yield node, _with(node, op=SWAPPED[type(operator)]())


def _with(node: ast.expr, **fields: object) -> str:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return f"({ast.unparse(changed)})"


def _line(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= 90 else f"{line[:87]}..."


@cache
def every_mutation() -> list[Mutation]:
    """All that can be made of the package."""
    modules = [module for module in MODULES if module.package]
    return [m for module in modules for m in mutations_of(module)]


def sample(count: int, seed: int) -> list[Mutation]:
    """As many mistakes as asked for, of all that can be made."""
    every = every_mutation()
    return random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311


def copied(folder: Path) -> Path:
    """A copy of the files of the checkout, as they are."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for file in filter(None, listed.split("\0")):
        if (ROOT / file).is_file():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
    return folder


def tests_of(mutation: Mutation, reach: Reach, seconds: float) -> list[str]:
    """The first tests that reach a mistake, as many as take so many seconds."""
    chosen: list[str] = []
    for test in reach.tests_of(mutation.file, mutation.line):
        seconds -= reach.seconds[test]
        if chosen and seconds < 0:
            break
        chosen.append(test)
    return chosen


def outcome(checkout: Path, mutation: Mutation, tests: list[str], reach: Reach) -> tuple[str, str]:
    """What comes of a mistake in a checkout, which is taken back, and the test that fails with it.

    It is `unreached` where no test comes to its line, `found` where a test fails with it that passes
    without it, and `unsure` where it fails then too, or where something else has ended the tests;
    else it is `hung` or `missed`.
    """
    if not tests:
        return "unreached", ""
    file = checkout / mutation.file.relative_to(ROOT)
    code = file.read_bytes()
    patience = PATIENCE + 10 * sum(reach.seconds[test] for test in tests)
    try:
        _write(file, mutation.applied(code))
        status, failed = _run(checkout, tests, patience)
    finally:
        _write(file, code)
    if status is None:
        return "hung", ""
    if status == 0:
        return "missed", ""
    if (
        reach.seconds.get(failed, SLOW) >= SLOW
        and _run(checkout, [failed or tests[0]], patience)[0]
    ):
        return "unsure", failed
    return "found", failed or "an import"


def _write(file: Path, code: bytes) -> None:
    file.write_bytes(code)
    # what is compiled of a file of the same second and size would be believed
    Path(cache_from_source(str(file))).unlink(missing_ok=True)


def _run(checkout: Path, tests: list[str], patience: float) -> tuple[int | None, str]:
    """The status of pytest in a checkout, None if it hangs, and the test that failed."""
    chosen = checkout / "chosen.txt"
    chosen.write_text("\n".join(tests), encoding="utf-8")
    failed = chosen.with_suffix(".failed")
    failed.write_text("", encoding="utf-8")
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.helpers.chosen_tests", *files],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "plugins"), "CHOSEN": str(chosen)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(patience), failed.read_text(encoding="utf-8")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None, ""


def main() -> None:
    """Try a sample and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=COUNT)
    parser.add_argument("seed", type=int, nargs="?", default=SEED)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args()
    chosen = [m for m in sample(asked.count, asked.seed) if asked.only in str(m)]
    outcomes: Counter[str] = Counter()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as name:
        reach = reach_of(copied(Path(name) / "watched"))
        checkout = copied(Path(name) / "checkout")
        for number, mutation in enumerate(chosen, 1):
            tests = tests_of(mutation, reach, asked.seconds)
            came_of_it, test = outcome(checkout, mutation, tests, reach)
            outcomes[came_of_it] += 1
            by = f"by {test}" if test else f"by none of {len(tests)} tests"
            print(f"{number}/{len(chosen)} {came_of_it:<9} {mutation}  ({by})", flush=True)
    told = ", ".join(f"{number} {word}" for word, number in outcomes.most_common())
    print(f"\n{len(chosen)} mistakes of seed {asked.seed}: {told}")


if __name__ == "__main__":
    main()
