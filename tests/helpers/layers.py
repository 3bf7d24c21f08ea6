"""The packages of `plugins/balise/` from the ground up, what each imports, and what each module is for."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins" / "balise"

LAYERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"base": ("msgspec", "pathspec", "rapidfuzz")},
    {"config": ("msgspec",), "syntax": ("markdown_it", "mdit_py_plugins", "msgspec")},
    {"document": ("markdown_it", "msgspec", "yaml")},
    {"claims": ("msgspec",), "collection": ("msgspec",)},
    {
        "rules": ("msgspec",),
        "render": ("msgspec", "pygments"),
        "workspace": ("msgspec", "watchdog"),
    },
    {"check": ("msgspec",)},
    {
        "fix": (),
        "migrate": ("msgspec",),
        "mutants": ("msgspec",),
        "refactor": ("msgspec",),
        "reporters": ("rich",),
        "publish": ("babel", "imagesize", "msgspec", "pagefind_bin", "PIL"),
    },
    {"health": ("msgspec",)},
    {
        "editor": ("lsprotocol", "msgspec", "pygls"),
        "mkdocs_plugin": ("click", "jinja2", "mkdocs", "watchdog"),
    },
    {"cli": ("click", "msgspec", "rich")},
)
"""Each row's packages, and which third parties they import.

A package imports from rows above its own, never from its own row or below. Its one job is the first
line of the docstring of its `__init__.py`.
"""


STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)
"""What statements are, and what else has them in it."""


@dataclass(frozen=True)
class Module:
    """A module of balise, read but not imported."""

    file: Path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.file.read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """`check/severity.py`"""
        return self.file.relative_to(PACKAGE).as_posix()

    @property
    def package(self) -> str:
        """`check`, or nothing for `__init__.py` of the whole; `__main__.py` there is of `cli`."""
        folder, slash, _ = self.name.partition("/")
        return folder if slash else {"__main__.py": "cli"}.get(self.name, "")

    @property
    def summary(self) -> str:
        """The first line of its docstring, or nothing."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]

    @cached_property
    def imports(self) -> set[str]:
        """The modules that it imports, in full: `balise.check.severity`, `os.path`."""
        names: set[str] = set()
        for node in _statements(self.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                module = f"{'.' * node.level}{node.module or ''}"
                deeper = {f"{module}.{alias.name}" for alias in node.names}
                names |= deeper if module == "balise" else {module}
        return names

    @property
    def needs(self) -> set[str]:
        """Packages of balise, such as `balise.check`, and third parties, such as `msgspec`."""
        parts = [name.split(".") for name in self.imports - {"balise.__version__"}]
        third = {name[0] for name in parts} - {"balise", *sys.stdlib_module_names}
        return third | {".".join(name[:2]) for name in parts if name[0] == "balise"}


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """All statements, at whatever depth; no expression has one in it."""
    todo: list[ast.AST] = [tree]
    while todo:
        for _, value in ast.iter_fields(todo.pop()):
            if isinstance(value, list):
                inner = [node for node in value if isinstance(node, STATEMENTS)]
                yield from (node for node in inner if isinstance(node, ast.stmt))
                todo += inner


@cache
def module_of(file: Path) -> Module:
    """A module, which is read once."""
    return Module(file)


MODULES = [module_of(file) for file in sorted(PACKAGE.rglob("*.py"))]


def third_parties(package: str) -> set[str]:
    """What `LAYERS` says that a package imports from outside of the standard library."""
    return {name for row in LAYERS for name in row.get(package, ())}


def importable(package: str) -> set[str]:
    """What a module of a package may import: its own package, those in rows above, its third parties."""
    if not package:
        return {f"balise.{name}" for row in LAYERS for name in row}
    above: set[str] = set()
    for row in LAYERS:
        if package in row:
            return {f"balise.{name}" for name in (*above, package)} | third_parties(package)
        above |= row.keys()
    return set()
