"""After whatever edits, all ways to check say the same; see `tests.scripts.random_edits`."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.support import ROOT
from tests.scripts.random_edits import run


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_each_edit_a_store_and_a_workspace_in_memory_give_the_findings_of_a_new_check(
    tmp_path: Path, seed: int
) -> None:
    shutil.copytree(ROOT / "guides", tmp_path / "guides")
    assert run(tmp_path / "guides", 15, seed) == []
