"""Sites that several modules share, which are built once."""

import os
from pathlib import Path

import pytest

from tests.helpers.command import mkdocs
from tests.helpers.once import Once, filled
from tests.helpers.support import ROOT


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fills folders that all tests of a run share."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return lambda name, filling: filled(shared / name, filling)


@pytest.fixture(scope="session")
def own_site(once: Once) -> Path:
    """The site of the project itself, built strictly."""

    def build(folder: Path) -> None:
        ran = mkdocs("build", "--strict", "--quiet", "--site-dir", str(folder / "site"), cwd=ROOT)
        assert ran.status == 0, ran.err

    return once("own", build) / "site"
