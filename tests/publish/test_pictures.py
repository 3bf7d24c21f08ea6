"""Pictures of a site: each keeps its place while it is loaded, whatever its format, and none is too large."""

from pathlib import Path

import pytest

from balise.base.digests import AT_ONCE, digest_of
from balise.base.file_state import file_state
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import PAGES
from tests.publish.test_serve import PNG

FOLDER = "guides/web/mails/autre"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0h9"/></svg>'
DRAWN = {
    "box.svg": 'viewBox="0 0 60 40"',
    "share.svg": 'width="100%" viewBox="0, 0, 60, 40"',
    "wide.svg": 'width="30" viewBox="0 0 60 40"',
    "both.svg": 'width="9px" height="6px"',
    "none.svg": 'fill="red"',
}
GUIDE = f"""---
title: Autre
slug: autre
---

<p><img src="images/a.png"> <IMG alt=x SRC='images/a.png' height="4">
<img width="9" height="9" src="images/a.png"> <img width="50%" src="images/a.png"></p>

Text <img src="images/a.png" onclick="x()"> and <img src="images/large.png">.

{"".join(f"![x](images/{name})" for name in DRAWN)}
"""
LARGE = 80_000_000


@pytest.fixture(scope="module")
def sizes(once: Once) -> list[tuple[str | None, ...]]:
    """Name, width and height of all pictures of a guide, in their order."""

    def build(folder: Path) -> None:
        write_pages(
            folder,
            {**PAGES, "balise.toml": 'html = "as-written"', f"{FOLDER}/guide.fr-fr.md": GUIDE},
        )
        images = folder / FOLDER / "images"
        images.mkdir()
        for name, attributes in DRAWN.items():
            (images / name).write_text(SVG.format(attributes), "utf-8")
        (images / "a.png").write_bytes(PNG)
        with (images / "large.png").open("wb") as file:
            file.write(PNG)
            file.truncate(LARGE)
        ran = mkdocs("build", cwd=folder)
        assert ran.status == 0, ran.err

    site = once("pictures", build) / "site"
    assert (site / FOLDER / "images/large.png").stat().st_size == LARGE
    html = (site / "fr/emails/autre/index.html").read_text("utf-8")
    tags = [
        tag.attributes
        for tag in elements(html, "img")
        if "images/" in str(tag.attributes.get("src"))
    ]
    return [(Path(str(a["src"])).name, a.get("width"), a.get("height")) for a in tags]


def test_pictures_in_raw_html_have_the_sizes_that_their_author_does_not_give(
    sizes: list[tuple[str | None, ...]],
) -> None:
    assert sizes[:6] == [
        ("a.png", "3", "2"),
        ("a.png", "6", "4"),
        ("a.png", "9", "9"),
        ("a.png", "50%", None),
        ("a.png", "3", "2"),
        ("large.png", "3", "2"),
    ]


def test_drawings_have_the_size_of_their_view_box(sizes: list[tuple[str | None, ...]]) -> None:
    assert sizes[6:] == [
        ("box.svg", "60", "40"),
        ("share.svg", "60", "40"),
        ("wide.svg", "30", "20"),
        ("both.svg", "9", "6"),
        ("none.svg", None, None),
    ]


def test_a_file_is_known_by_its_bytes_however_large_it_is(tmp_path: Path) -> None:
    content = bytes(range(256)) * (AT_ONCE // 128)
    (tmp_path / "large").write_bytes(content)
    assert file_state(str(tmp_path / "large")).digest == digest_of(content)
