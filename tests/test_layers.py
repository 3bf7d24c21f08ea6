"""What stands in `tests/helpers/layers.py` is true of the code, and the pages made from it are new."""

import re
from pathlib import Path

import pytest

from tests.helpers.layers import LAYERS, MODULES, PACKAGE, ROOT, Module, importable, third_parties
from tests.scripts.layout import PAGES, with_blocks

PACKAGES = [name for row in LAYERS for name in row]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_imports_only_from_the_layers_above(module: Module) -> None:
    assert module.needs - importable(module.package) == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_the_third_parties_that_its_layer_names(package: str) -> None:
    needed = {name for m in MODULES if m.package == package for name in m.needs}
    assert {name for name in needed if not name.startswith("balise.")} == third_parties(package)


def test_every_module_is_in_a_package_of_a_layer() -> None:
    assert sorted({m.package for m in MODULES if m.package}) == sorted(PACKAGES)
    assert {m.name for m in MODULES if "/" not in m.name} <= {"__init__.py", "__main__.py"}


def test_only_the_parser_makes_a_parser() -> None:
    makers = [m.name for m in MODULES if "(MarkdownIt)" in m.file.read_text(encoding="utf-8")]
    assert makers == ["syntax/parser.py"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_layout_in_the_page_is_that_of_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == with_blocks(text), "run `make layout`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_module_that_the_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`([\w./]+\.py)`", page.read_text(encoding="utf-8"))
    files = [file for folder in (PACKAGE, ROOT / "tests") for file in folder.rglob("*.py")]
    assert [n for n in named if not any(f.as_posix().endswith(f"/{n}") for f in files)] == []
