"""The files of a site that was built, and the sources that another one is built from."""

import shutil
from pathlib import Path

from tests.helpers.command import mkdocs, write_pages


def build_site(folder: Path, pages: dict[str, str]) -> None:
    """Write the files of a project, and build it."""
    ran = mkdocs("build", "--quiet", cwd=write_pages(folder, pages))
    assert ran.status == 0, ran.err


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, with its bytes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def copy_sources(project: Path, folder: Path) -> Path:
    """Copy a project to a folder, without its site and without what a build keeps."""
    ignored = shutil.ignore_patterns("site", ".balise_cache")
    return Path(shutil.copytree(project, folder, ignore=ignored))
