"""The mistakes that measure the tests: the same for a seed, each code that Python takes, tried by what reaches it."""

import ast
from functools import cache

from tests.helpers.layers import PACKAGE
from tests.helpers.reach import Reach
from tests.scripts.mutate_code import sample

FILE = PACKAGE / "base" / "suggestions.py"
NAME = "plugins/balise/base/suggestions.py"


def test_a_seed_makes_the_same_mistakes() -> None:
    assert sample(20, 1) == sample(20, 1) != sample(20, 2)


def test_a_mistake_is_code_that_means_something_else() -> None:
    dumped = cache(lambda file: ast.dump(ast.parse(file.read_bytes())))
    for mutation in sample(200, 1):
        changed = mutation.applied(mutation.file.read_bytes())
        assert ast.dump(ast.parse(changed)) != dumped(mutation.file), mutation


def blocks_of(name: str) -> list[int]:
    return [number for number, block in enumerate(Reach().blocks) if block.file == name]


def test_a_line_is_tried_by_the_tests_that_reach_its_block_the_nearest_and_quickest_first() -> None:
    _, first, second = blocks_of(NAME)[:3]
    seconds = {"slow": 2.0, "quick": 0.5, "elsewhere": 0.1}
    reach = Reach(
        "", {}, seconds, {"slow": 1 << first, "quick": 1 << first, "elsewhere": 1 << second}
    )
    assert reach.tests_of(FILE, reach.blocks[first].first) == ["quick", "slow"]


def test_what_is_run_at_an_import_is_tried_by_all_that_reach_the_module_and_its_package() -> None:
    whole, first = blocks_of(NAME)[:2]
    (other,) = blocks_of("plugins/balise/base/errors.py")[:1]
    seconds = {"a": 1.0, "b": 2.0, "tests/base/test_patterns.py::test": 3.0}
    reach = Reach(
        "", {}, seconds, {"a": 1 << first, "b": 1 << other, "tests/base/test_patterns.py::test": 0}
    )
    assert reach.tests_of(FILE, 1) == ["tests/base/test_patterns.py::test", "a"]
    assert reach.blocks[whole].first == 1
