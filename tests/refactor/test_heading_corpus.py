"""Headings of real guides, renamed at random: no link and no old id leads elsewhere."""

import shutil
from pathlib import Path

from tests.helpers.heading_renames import HeadingRenamer
from tests.helpers.support import corpus


def test_no_rename_of_a_heading_loses_anything(tmp_path: Path) -> None:
    guides = tmp_path / "guides"
    shutil.copytree(corpus() / "pages/web/emails-pro", guides / "web/emails-pro", ignore=pictures)
    for home in (corpus() / "pages").glob("home.*.md"):
        shutil.copy(home, guides)
    renamer = HeadingRenamer(guides, tmp_path, seed=1)
    assert [line for _ in range(20) for line in renamer.rename().wrong] == []


def pictures(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "images"}
