"""`constraints-hashed.txt`: the versions of `constraints.txt` with the SHA-256 of their files, as pip finds them.

pip is asked once for each of `TARGETS`, and says which wheel it would install there. It is asked
without its files of configuration: a mirror may have files of its own, and users get those of the index.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from tests.helpers.support import ROOT

CONSTRAINTS = ROOT / "constraints.txt"
HASHED = ROOT / "constraints-hashed.txt"
HEAD = """\
# The versions of constraints.txt with the SHA-256 of their files, for
#   pip install --require-hashes -r constraints-hashed.txt
# Made by: .venv/bin/python -m tests.scripts.hash_constraints
"""
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS: tuple[tuple[str, ...], ...] = (
    *(
        tuple(f"{kind}_{machine}" for kind in ("manylinux_2_28", "manylinux_2_17", "manylinux2014"))
        for machine in ("x86_64", "aarch64")
    ),
    ("macosx_14_0_arm64",),
    ("macosx_14_0_x86_64",),
    ("win_amd64",),
)
"""What pip calls a machine; where it has several names, the first that has a file counts."""

Target = tuple[str, tuple[str, ...]]
TARGETS: tuple[Target, ...] = tuple(product(PYTHONS, PLATFORMS))
LOCAL = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT")


def pinned(text: str) -> list[str]:
    """The requirements of a file of constraints, such as `click==8.5.1`."""
    lines = (line.partition("#")[0].strip().rstrip("\\").strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("--hash")]


def hashes_of(text: str) -> dict[str, list[str]]:
    """The SHA-256 digests of each requirement of `constraints-hashed.txt`."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.lstrip().startswith("--hash=sha256:"):
            found[next(reversed(found))].append(line.split(":")[1].rstrip(" \\"))
        elif line and not line.startswith("#"):
            found[line.rstrip(" \\")] = []
    return found


def ask(requirements: Sequence[str], target: Target | None) -> list[tuple[str, str, str]] | None:
    """Requirement, name of the file and SHA-256 of what pip would install; None if it has not all."""
    environment = {name: value for name, value in os.environ.items() if name not in LOCAL}
    environment["PIP_CONFIG_FILE"] = os.devnull
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
        options += ["--report", str(report)]
        if target:
            python, platforms = target
            names = [word for name in platforms for word in ("--platform", name)]
            options += ["--python-version", python, "--target", folder, *names]
        command = [sys.executable, "-m", "pip", "install", "--only-binary=:all:", *options]
        asked = subprocess.run(
            [*command, *requirements], env=environment, capture_output=True, check=False
        )
        if asked.returncode:
            return None
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    downloads = [entry["download_info"] for entry in installed]
    return [
        (requirement, info["url"].rpartition("/")[2], info["archive_info"]["hashes"]["sha256"])
        for requirement, info in zip(_in_order(requirements, installed), downloads, strict=True)
    ]


def _in_order(requirements: Sequence[str], installed: Sequence[dict[str, object]]) -> Iterator[str]:
    """The requirement of each entry of a report, which has them in an order of its own."""
    asked = {_normal(requirement.partition("==")[0]): requirement for requirement in requirements}
    for entry in installed:
        metadata = entry["metadata"]
        assert isinstance(metadata, dict)
        yield asked[_normal(metadata["name"])]


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def main() -> None:
    """Ask for each platform and write the file; what has no file on one of them is told."""
    requirements = pinned(CONSTRAINTS.read_text(encoding="utf-8"))
    found: defaultdict[str, set[str]] = defaultdict(set)
    everywhere = ask(requirements, None)
    if everywhere is None:
        sys.exit("pip does not find all versions of constraints.txt on this machine")
    for requirement, _, sha in everywhere:
        found[requirement].add(sha)
    built = [requirement for requirement, file, _ in everywhere if "-none-any." not in file]

    def ask_for(target: Target) -> list[tuple[str, str, str]]:
        """For one target; one by one where pip has not all of them."""
        files = ask(built, target)
        if files is not None:
            return files
        answers = [(requirement, ask([requirement], target)) for requirement in built]
        lacking = [requirement for requirement, files in answers if files is None]
        print(f"no file for Python {target[0]} on {target[1][0]}: {', '.join(lacking)}")
        return [file for _, files in answers for file in files or ()]

    with ThreadPoolExecutor(2) as pool:
        for requirement, _, sha in (file for files in pool.map(ask_for, TARGETS) for file in files):
            found[requirement].add(sha)
    lines = [
        " \\\n    ".join([requirement, *(f"--hash=sha256:{sha}" for sha in sorted(hashes))])
        for requirement, hashes in ((name, found[name]) for name in requirements)
    ]
    HASHED.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{HASHED.name}: {len(found)} versions, {sum(map(len, found.values()))} files")


if __name__ == "__main__":
    main()
