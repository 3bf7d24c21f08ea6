"""The mistakes that measure the tests: the same for a seed, and each is code that Python takes."""

import ast

from tests.scripts.mutate_code import folders_of, sample


def test_a_seed_makes_the_same_mistakes() -> None:
    assert sample(20, 1) == sample(20, 1) != sample(20, 2)


def test_a_mistake_is_code_that_means_something_else() -> None:
    for mutation in sample(200, 1):
        code = mutation.file.read_bytes()
        assert ast.dump(ast.parse(mutation.applied(code))) != ast.dump(ast.parse(code)), mutation


def test_the_tests_of_a_module_that_are_nearest_come_first() -> None:
    assert folders_of("rules") == ["tests/rules", "tests/cli"]
    assert folders_of("mkdocs_plugin") == ["tests/publish", "tests/cli"]
