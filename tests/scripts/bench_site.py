"""The site as it is built: beside MkDocs with Material and Python-Markdown on the same files.

Both run in turn, and the ratio is that of runs that follow one another. It says too how the cost
grows with the number of guides, and what a reader loads for a page.
"""

import gzip
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.scripts.bench_commands import Cost, copied, run

SIZES = (300, 700, 1500, 4000)
"""Guides for which both are built once."""
ROUNDS = 3
"""Times that both are built with all guides."""

OURS = """
site_name: Bench
site_url: https://docs.example.org/
theme: {name: material, font: false, features: [navigation.tabs, navigation.indexes]}
plugins: [balise]
"""
UNSEARCHED = OURS.replace("[balise]", "[{balise: {search: false}}]")
REFERENCE = """
site_name: Bench
site_url: https://docs.example.org/
docs_dir: guides
site_dir: reference
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.prune]
plugins: [search]
markdown_extensions: [admonition, attr_list, def_list, footnotes, tables, toc, pymdownx.highlight, pymdownx.superfences]
"""
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def project(folder: Path, to: Path, most: int | None = None) -> Path:
    """A copy of a collection with the settings of both builds beside it."""
    copied(folder, to, most)
    (to / "docs").mkdir()
    (to / "docs/index.md").write_text("# Bench\n", encoding="utf-8")
    (to / "mkdocs.yml").write_text(OURS, encoding="utf-8")
    (to / "unsearched.yml").write_text(UNSEARCHED, encoding="utf-8")
    (to / "reference.yml").write_text(REFERENCE, encoding="utf-8")
    return to


def build(folder: Path, settings: str, *, cold: bool = True) -> Cost:
    """Build with these settings; `cold` is from nothing."""
    if cold:
        for left in ("site", "reference", ".balise_cache"):
            shutil.rmtree(folder / left, ignore_errors=True)
    return run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", settings], folder)


def page_weight(site: Path) -> tuple[float, float]:
    """Kilobytes of HTML, style and scripts of the guide of median length, and of the longest one.

    Each file is compressed, as a web server sends it.
    """
    guides = sorted(site.rglob("fr/*/*/index.html"), key=lambda file: file.stat().st_size)
    return (
        (_weight(guides[len(guides) // 2], site), _weight(guides[-1], site)) if guides else (0, 0)
    )


def _weight(page: Path, site: Path) -> float:
    html = page.read_text(encoding="utf-8")
    wanted = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"', html)
    files = [Path(os.path.normpath(page.parent / (css or script))) for css, script in wanted]
    sizes = (len(gzip.compress(file.read_bytes())) for file in [page, *files] if file.is_file())
    return sum(sizes) / 1000


def _line(name: str, costs: list[Cost]) -> str:
    middle = [median(getattr(c, what) for c in costs) for what in ("cpu", "wall", "memory")]
    return f"{name:<40}{middle[0]:>8.1f}{middle[1]:>8.1f}{middle[2]:>7.0f}"


def main(folder: Path) -> None:
    """Measure and print."""
    os.environ.update(QUIET)
    print(f"\n{'site of all guides':<40}{'CPU s':>8}{'wall s':>8}{'MB':>7}")
    with tempfile.TemporaryDirectory() as scratch:
        there = project(folder, Path(scratch))
        ours: list[Cost] = []
        again: list[Cost] = []
        unsearched: list[Cost] = []
        reference: list[Cost] = []
        for _ in range(ROUNDS):
            unsearched.append(build(there, "unsearched.yml"))
            ours.append(build(there, "mkdocs.yml"))
            again.append(build(there, "mkdocs.yml", cold=False))
            reference.append(build(there, "reference.yml", cold=False))
            shutil.rmtree(there / "reference")
        print(_line("balise, from nothing", ours))
        print(_line("balise, nothing changed", again))
        print(_line("balise, from nothing, without search", unsearched))
        print(_line("MkDocs, Material, Python-Markdown", reference))
        for name, costs in (("of the reference", ours), ("without search", unsearched)):
            pairs = list(zip(costs, reference, strict=True))
            cpu = median(o.cpu / r.cpu for o, r in pairs)
            wall = median(o.wall / r.wall for o, r in pairs)
            print(f"{name:<40}{cpu:>8.2f}{wall:>8.2f}")
        middle, longest = page_weight(there / "site")
        print(f"{'a guide, compressed: median, longest':<40}{middle:>8.0f}{longest:>8.0f} kB")
    print(
        f"\n{'guides':<12}{'balise: CPU s':>14}{'wall s':>8}{'reference: CPU s':>18}{'wall s':>8}{'kB':>6}"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            there = project(folder, Path(scratch), size)
            own, other = build(there, "mkdocs.yml"), build(there, "reference.yml", cold=False)
            weight = page_weight(there / "site")[0]
            print(
                f"{size:<12}{own.cpu:>14.1f}{own.wall:>8.1f}{other.cpu:>18.1f}{other.wall:>8.1f}{weight:>6.0f}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
