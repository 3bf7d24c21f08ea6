"""The layers of the package: a module imports only from layers above its own, always absolutely."""

import ast
from pathlib import Path

import pytest

from tests.helpers.support import ROOT

PACKAGE = ROOT / "plugins" / "balise"

LAYERS = (
    ("base",),
    ("config", "syntax"),
    ("document",),
    ("claims", "collection"),
    ("render", "rules", "workspace"),
    ("check",),
    ("fix", "publish", "reporters"),
    ("mkdocs_plugin",),
    ("cli",),
    ("__main__",),
)

THIRD_PARTY = {
    "base": {"msgspec", "pathspec", "rapidfuzz"},
    "config": {"msgspec"},
    "syntax": {"markdown_it", "mdit_py_plugins", "msgspec"},
    "document": {"markdown_it", "msgspec", "yaml"},
    "claims": {"msgspec"},
    "collection": {"msgspec"},
    "render": {"msgspec", "pygments"},
    "rules": {"msgspec"},
    "workspace": {"msgspec", "watchdog"},
    "check": {"msgspec"},
    "fix": set(),
    "reporters": {"rich"},
    "publish": {"babel", "imagesize", "msgspec", "pagefind_bin"},
    "mkdocs_plugin": {"click", "jinja2", "mkdocs", "watchdog"},
    "cli": {"click", "msgspec", "rich"},
}
"""What each unit may import from outside of the standard library; the others nothing."""

FILES = sorted(PACKAGE.rglob("*.py"))


def unit(module: str) -> str:
    """`balise.syntax.callout` -> `syntax`; the package itself is the unit ``."""
    return module.split(".")[1] if "." in module else ""


def module_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(file: Path) -> list[str]:
    modules: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: line {node.lineno}: a relative import"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names]
            modules += names if module == "balise" else [module]
    return modules


def layer(name: str) -> int:
    return next(index for index, units in enumerate(LAYERS) if name in units)


def test_every_unit_of_the_package_has_a_layer() -> None:
    units = {unit(module_of(file)) for file in FILES} - {""}
    assert units == {name for units in LAYERS for name in units}


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_a_module_imports_only_from_the_layers_above(file: Path) -> None:
    own = unit(module_of(file))
    for module in imports(file):
        if not module.startswith("balise.") or module == "balise.__version__":
            continue
        other = unit(module)
        assert other == own or layer(other) < layer(own), f"{module_of(file)} imports {module}"


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_a_module_imports_only_the_packages_of_its_unit(file: Path) -> None:
    import sys

    outside = {module.split(".")[0] for module in imports(file)}
    outside -= {*sys.stdlib_module_names, "balise"}
    allowed = THIRD_PARTY.get(unit(module_of(file)), set())
    assert outside <= allowed, f"{module_of(file)} imports {sorted(outside - allowed)}"


def test_only_the_parser_makes_a_parser() -> None:
    makers = [
        module_of(file) for file in FILES if "(MarkdownIt)" in file.read_text(encoding="utf-8")
    ]
    assert makers == ["balise.syntax.parser"]
