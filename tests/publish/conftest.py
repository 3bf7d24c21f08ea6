"""Sites that several modules share, which are built once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.built_files import build_site
from tests.helpers.command import mkdocs
from tests.helpers.once import Once, filled
from tests.helpers.support import ROOT


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fills folders that all tests of a run share."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return lambda name, filling: filled(shared / name, filling)


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, once: Once) -> Path:
    """The site of the `PAGES` of a module."""
    pages = request.module.PAGES
    return once(request.module.__name__, lambda folder: build_site(folder, pages)) / "site"


@pytest.fixture(scope="module")
def site(folder: Path, served: Callable[[Path], str]) -> str:
    """The address at which it is served."""
    return served(folder)


@pytest.fixture(scope="session")
def own_site(once: Once) -> Path:
    """The site of the project itself, built strictly."""

    def build(folder: Path) -> None:
        ran = mkdocs("build", "--strict", "--quiet", "--site-dir", str(folder / "site"), cwd=ROOT)
        assert ran.status == 0, ran.err

    return once("own", build) / "site"
