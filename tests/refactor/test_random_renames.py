"""After any rename every link means what it meant, and the reverse restores all: tried at random."""

import shutil
from pathlib import Path

import pytest

from balise.migrate.migration import migration_of
from balise.workspace.sources import read_source
from tests.helpers.collections import opened
from tests.helpers.renames import Guides, Renamer
from tests.helpers.support import ROOT

RENAMES = 12


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "guides", tmp_path / "pages")


@pytest.fixture
def index(tree: Path) -> Path:
    """The same guides in the layout `index`."""
    with opened(tree) as workspace:
        (collection,) = workspace.collections.values()
        migration = migration_of(collection, read_source)
    for name, data in migration.files.items():
        file = tree / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for name in migration.removed:
        (tree / name).unlink(missing_ok=True)
    return tree


@pytest.mark.parametrize("layout", ["tree", "index"])
def test_nothing_breaks_by_random_renames(layout: str, request: pytest.FixtureRequest) -> None:
    renamer = Renamer(Guides(request.getfixturevalue(layout)), seed=1)
    for _ in range(RENAMES):
        renamed = renamer.rename()
        assert renamed.wrong == [], renamed.name
