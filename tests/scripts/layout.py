"""`make layout`: the layers and the trees of files in the manual, from docstrings and the table of layers.

A block stands between `<!-- layout: NAME -->` and `<!-- end of layout -->`; all else is left alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.helpers.layers import LAYERS, MODULES, PACKAGE, ROOT, module_of

PAGES = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md")
BLOCK = re.compile(
    r"(?P<begin><!-- layout: (?P<name>\w+) -->\n).*?(?P<end><!-- end of layout -->\n)", re.DOTALL
)
FOLDERS: Mapping[str, str] = {
    "docs": "The manual, with a page for each rule in `rules/`",
    "guides": "A small collection in three locales, checked and published by `make site`",
    "plugins/balise": "The package",
    "templates": "What teams include in their GitLab pipelines",
    "tests": "Tests, in a folder for each package",
    "tests/helpers": "What tests share",
    "tests/nasty": "Inputs that broke something once, each named for what it broke",
    "tests/scripts": "Programs that are no tests: measuring, and pages made from the code",
}
"""The folders of the project, and what is in each."""


def summaries() -> dict[str, str]:
    """The one job of each package."""
    return {m.package: m.summary for m in MODULES if m.name == f"{m.package}/__init__.py"}


def layers() -> str:
    """The table of layers."""
    lines = ["| Layer | Package | Its one job | Third parties |", "|---|---|---|---|"]
    jobs = summaries()
    for number, row in enumerate(LAYERS):
        lines += [
            f"| {number} | `{name}/` | {jobs[name]} | {', '.join(third)} |"
            for name, third in row.items()
        ]
    return "\n".join(lines) + "\n"


def project() -> str:
    """The tree of the project down to packages, and the modules beside the tests."""
    lines: list[tuple[str, str]] = []
    for folder, holds in FOLDERS.items():
        if not (ROOT / folder).is_dir():
            raise FileNotFoundError(folder)
        lines.append((f"{folder}/", holds))
        if folder == "plugins/balise":
            jobs = summaries()
            lines += [(f"  {name}/", jobs[name]) for row in LAYERS for name in row]
        elif folder.startswith("tests/"):
            files = sorted((ROOT / folder).glob("*.py"))
            lines += [(f"  {file.name}", module_of(file).summary) for file in files]
    return _in_columns(lines)


def modules() -> str:
    """The tree of the package down to modules, from the ground up."""
    return _in_columns(line for row in LAYERS for name in row for line in _below(PACKAGE / name))


def _below(folder: Path) -> Iterator[tuple[str, str]]:
    """A folder and its modules. Those of rules are not named: the list of rules has them."""
    depth = len(folder.relative_to(PACKAGE).parts)
    init = folder / "__init__.py"
    holds = module_of(init).summary if init.is_file() else ""
    yield f"{'  ' * (depth - 1)}{folder.name}/", holds or "A module for each rule"
    for path in sorted(folder.iterdir()):
        if path.is_dir() and any(path.glob("*.py")):
            yield from _below(path)
        elif path.suffix == ".py" and path != init and holds:
            yield f"{'  ' * depth}{path.name}", module_of(path).summary


def _in_columns(lines: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    lines = list(lines)
    width = max(len(name) for name, _ in lines) + 2
    text = "\n".join(f"{name:{width}}{holds}" for name, holds in lines)
    return f"```text\n{text}\n```\n"


BLOCKS: Mapping[str, Callable[[], str]] = {
    "layers": layers,
    "project": project,
    "modules": modules,
}


def with_blocks(text: str) -> str:
    """A page with its blocks as they should be.

    Raises `KeyError` where there is no block of such a name.
    """
    return BLOCK.sub(lambda m: f"{m['begin']}\n{BLOCKS[m['name']]()}\n{m['end']}", text)


def main() -> None:
    """Write them."""
    for page in PAGES:
        page.write_text(with_blocks(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
