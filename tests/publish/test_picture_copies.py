"""`webp: true` and `avif: true`: pages offer copies of their pictures that weigh less; the original stays."""

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.helpers.browsing import in_browser
from tests.helpers.built_files import copy_sources, files
from tests.helpers.command import Ran, mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import PAGES
from tests.publish.test_serve import serving

GUIDES = "guides/web/mails"
OPTION = PAGES["mkdocs.yml"].replace(
    "balise]", "balise: {webp: true, search: false, processes: PROCESSES}]"
)
SHOWN = (
    "wide.png", "small.jpg", "clear.png", "flat.png", "tiny.png", "moving.png", "moving.gif",
    "drawn.svg", "huge.png", "broken.png",
)  # fmt: skip
GUIDE = f"""---
title: Autre
slug: autre
---

{"".join(f"![Un écran](images/{name}){{.thumbnail}}" for name in SHOWN)}

<p><IMG alt=raw src="images/wide.png" width="300"></p>

`<img src="images/wide.png" width="9">`
"""
SAME = """---
title: Même
slug: meme
---

![Un écran](../autre/images/wide.png)
"""
COPIES = "assets/balise/pictures"


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture that is costly to keep exactly, the same in each run."""
    count = size[0] * size[1] * len(mode)
    return Image.frombytes(mode, size, Random(1).randbytes(count))  # noqa: S311 - not a secret


def draw_pictures(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    noise((1200, 30)).save(folder / "wide.png")
    noise((300, 200)).save(folder / "small.jpg", quality=100)
    noise((100, 100), "RGBA").save(folder / "clear.png")
    flat = Image.new("P", (1000, 1000))
    for start in range(0, 1000, 4):
        ImageDraw.Draw(flat).line((start, 0, start // 2, 999), fill=1 + start % 255)
    flat.quantize(2).save(folder / "flat.png", optimize=True)
    Image.new("RGB", (20, 20)).save(folder / "tiny.png")
    frames = [noise((90, 90)), Image.new("RGB", (90, 90))]
    for name in ("moving.png", "moving.gif"):
        frames[0].save(folder / name, save_all=True, append_images=frames[1:])
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    (folder / "drawn.svg").write_text(svg, "utf-8")
    (folder / "huge.png").write_bytes(png(50_000, 50_000))
    (folder / "broken.png").write_bytes((folder / "wide.png").read_bytes()[:50_000])


def png(width: int, height: int) -> bytes:
    """A PNG that says that it has this size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(bytes(9000), 0)
    parts = [
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (head, data, b"IEND")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def build(folder: Path, processes: int = 2, *options: str) -> Ran:
    (folder / "mkdocs.yml").write_text(OPTION.replace("PROCESSES", str(processes)), "utf-8")
    ran = mkdocs("build", *options, cwd=folder)
    assert ran.status == 0, ran.err
    return ran


def project(folder: Path) -> Path:
    write_pages(folder, PAGES)
    write_pages(folder, {f"{GUIDES}/autre/guide.fr-fr.md": GUIDE})
    write_pages(folder, {f"{GUIDES}/meme/guide.fr-fr.md": SAME})
    draw_pictures(folder / GUIDES / "autre/images")
    return folder


def sources(site: Path, url: str = "fr/emails/autre/") -> list[str]:
    """The `srcset` of each picture that has copies, in their order."""
    html = (site / url / "index.html").read_text("utf-8")
    return [str(tag.attributes["srcset"]) for tag in elements(html, "source")]


@pytest.fixture(scope="module")
def built(once: Once) -> Path:
    def fill(folder: Path) -> None:
        (folder / "log").write_text(build(project(folder)).err, "utf-8")

    return once("picture-copies", fill)


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    return built / "site"


def test_pages_offer_copies_that_weigh_less(site: Path) -> None:
    found = sources(site)
    widths = [re.findall(r" (\d+)w", srcset) for srcset in found]
    assert widths == [["480", "960", "1200"], ["300"], ["100"], ["480", "960", "1200"]]
    folder = site / GUIDES / "autre/images"
    originals = [folder / name for name in ("wide.png", "small.jpg", "clear.png", "wide.png")]
    for srcset, original in zip(found, originals, strict=True):
        for address, width in re.findall(r"(\S+) (\d+)w", srcset):
            copy = site / "fr/emails/autre" / address
            assert copy.stat().st_size < original.stat().st_size
            with Image.open(copy) as image:
                assert (image.format, image.width) == ("WEBP", int(width))
                assert ("A" in image.getbands()) == (original.name == "clear.png")


def test_the_original_stays_and_is_what_opens(site: Path) -> None:
    html = (site / "fr/emails/autre/index.html").read_text("utf-8")
    shown = [tag.attributes for tag in elements(html, "img")]
    names = [Path(str(a["src"])).name for a in shown if "images/" in str(a["src"])]
    assert names == [*SHOWN, "wide.png"]
    opened = [
        a.attributes["href"] for a in elements(html, "a") if a.attributes.get("class") == "lightbox"
    ]
    assert [Path(str(href)).name for href in opened] == list(SHOWN)
    assert {path.name for path in (site / GUIDES / "autre/images").iterdir()} == set(SHOWN)


def test_pages_share_the_copies_of_a_picture(site: Path) -> None:
    assert sources(site, "fr/emails/meme/") == sources(site)[:1]
    assert len(list((site / COPIES).iterdir())) == 5


def test_what_cannot_be_copied_is_told_in_a_line_and_stops_nothing(built: Path) -> None:
    told = [line for line in (built / "log").read_text("utf-8").splitlines() if "WebP" in line]
    assert len(told) == 2
    assert "broken.png: has no copy as WebP, since it cannot be read as PNG or JPEG" in told[0]
    assert "huge.png: has no copy as WebP, since it has too many pixels" in told[1]


def test_one_process_makes_the_same_bytes(site: Path, tmp_path: Path) -> None:
    build(project(tmp_path), 1)
    assert files(tmp_path / "site") == files(site)


def test_a_change_makes_what_a_build_from_nothing_makes(tmp_path: Path) -> None:
    folder = project(tmp_path / "guides")
    build(folder)
    kept = {path: path.stat().st_mtime_ns for path in (folder / "site" / COPIES).iterdir()}
    images = folder / GUIDES / "autre/images"
    noise((700, 30)).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(images / "wide.png")
    (images / "small.jpg").unlink()
    told = build(folder)
    assert told.err.count("has no copy as WebP") == 2
    now = {path: path.stat().st_mtime_ns for path in (folder / "site" / COPIES).iterdir()}
    assert [path.name[-8:] for path in now if path in kept and now[path] == kept[path]] == [
        "100.webp"
    ]
    again = copy_sources(folder, tmp_path / "again")
    build(again)
    assert files(folder / "site") == files(again / "site")


def test_a_copy_that_is_gone_is_made_again_and_without_the_option_there_are_none(
    tmp_path: Path,
) -> None:
    build(project(tmp_path))
    before = files(tmp_path / "site")
    next((tmp_path / "site" / COPIES).iterdir()).unlink()
    build(tmp_path)
    assert files(tmp_path / "site") == before
    (tmp_path / "mkdocs.yml").write_text(PAGES["mkdocs.yml"], "utf-8")
    assert mkdocs("build", cwd=tmp_path).status == 0
    assert sources(tmp_path / "site") == []
    assert not (tmp_path / "site" / COPIES).exists()


def test_without_pillow_there_is_one_line_and_the_site_stays(built: Path, tmp_path: Path) -> None:
    copytree(built, tmp_path, dirs_exist_ok=True)
    before = files(tmp_path / "site")
    stub = tmp_path / "stub/PIL/__init__.py"
    stub.parent.mkdir(parents=True)
    stub.write_text('raise ImportError("absent")', "utf-8")
    ran = mkdocs("build", cwd=tmp_path, PYTHONPATH=str(stub.parents[1]))
    assert ran.status == 1
    assert "`webp: true` needs the package pillow" in ran.err
    assert "pip install 'balise[pictures]'" in ran.err
    assert "Traceback" not in ran.err
    assert files(tmp_path / "site") == before


def test_copies_as_avif_come_first_where_they_are_lighter_still(site: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "both")
    both = OPTION.replace("webp: true", "avif: true, webp: true")
    write_pages(folder, {"mkdocs.yml": both.replace("PROCESSES", "2")})
    ran = mkdocs("build", cwd=folder)
    assert "huge.png: has no copy as AVIF or WebP, since it has too many pixels" in ran.err
    html = (folder / "site/fr/emails/autre/index.html").read_text("utf-8")
    shown = [tag.attributes for tag in elements(html, "source")]
    srcsets = [str(attributes["srcset"]) for attributes in shown]
    kinds = [str(attributes["type"]) for attributes in shown]
    assert kinds == [f"image/{kind}" for kind in ("webp", "avif", "webp", "avif", "webp", "webp")]
    assert [srcset for srcset in srcsets if ".webp" in srcset] == sources(site)
    for avif, webp in zip(srcsets[1:5:2], srcsets[2:5:2], strict=True):
        assert avif.replace(".avif", ".webp") == webp
        for address in re.findall(r"(\S+) \d+w", avif):
            copy = folder / "site/fr/emails/autre" / address
            with Image.open(copy) as image:
                assert image.format == "AVIF"
            assert copy.stat().st_size < copy.with_suffix(".webp").stat().st_size
    alone = copy_sources(folder, tmp_path / "alone")
    for options in ("avif: true", "avif: true, webp: true"):  # in place of each other
        text = both.replace("avif: true, webp: true", options).replace("PROCESSES", "1")
        write_pages(alone, {"mkdocs.yml": text})
        assert mkdocs("build", cwd=alone).status == 0
        if options == "avif: true":
            assert {path.suffix for path in (alone / "site" / COPIES).iterdir()} == {".avif"}
    assert files(alone / "site") == files(folder / "site")


def test_without_avif_in_pillow_there_is_one_line(built: Path, tmp_path: Path) -> None:
    copytree(built, tmp_path, dirs_exist_ok=True)
    text = OPTION.replace("webp: true", "avif: true, webp: true").replace("PROCESSES", "1")
    write_pages(tmp_path, {"mkdocs.yml": text})
    before = files(tmp_path / "site")
    stub = tmp_path / "stub/sitecustomize.py"
    stub.parent.mkdir()
    stub.write_text(
        "from PIL import features\nfeatures.check = lambda name: name != 'avif'\n", "utf-8"
    )
    ran = mkdocs("build", cwd=tmp_path, PYTHONPATH=str(stub.parent))
    assert ran.status == 1
    assert "`avif: true` needs a pillow that can write AVIF, and this one cannot" in ran.err
    assert "Traceback" not in ran.err
    assert files(tmp_path / "site") == before


def test_a_server_shows_the_originals(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(OPTION.replace("PROCESSES", "1"), "utf-8")
    with serving(tmp_path) as served:
        html = served.html("fr/emails/autre/")
    assert elements(html, "source") == []
    assert "images/wide.png" in html


@in_browser
def test_a_browser_loads_the_copy_that_fits_and_opens_the_original(
    page: Page, site: Path, served: Callable[[Path], str]
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{served(site)}fr/emails/autre/")
    image = page.locator("a.lightbox img").first
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert str(image.evaluate("image => image.currentSrc")).endswith("-480.webp")
    assert image.evaluate("image => image.clientWidth") <= 320
    image.click()
    expect(page.locator(".balise-lightbox img")).to_have_attribute("src", re.compile("wide.png$"))
