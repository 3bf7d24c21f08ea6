"""`make bench`: what reading guides costs, as a ratio to plain markdown-it-py in the same run.

The speed of a machine drifts; ratios of CPU seconds measured in turn, chunk by chunk, do not.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from balise.base.source import SourceFile
from balise.check.pipeline import CheckSettings, check
from balise.check.select import select_rules
from balise.claims import read_claims
from balise.config import OVH_URLS, Config
from balise.document import read_document
from balise.workspace.discovery import PageFile, Scope, discover
from balise.workspace.reading import ReadOptions
from balise.workspace.sources import read_source
from balise.workspace.workspace import Workspace
from tests.helpers.hostile import HOSTILE
from tests.helpers.support import ROOT, find_corpus, guides_in
from tests.scripts import bench_commands, bench_site

T = TypeVar("T")
U = TypeVar("U")

CHUNK = 200
ROUNDS = 3
SIZE = 20_000


def plain_parser() -> MarkdownIt:
    """The reference: CommonMark, tables, front matter and attributes, all from the libraries."""
    md = MarkdownIt("commonmark").enable("table")
    return md.use(front_matter_plugin).use(attrs_plugin)


def timed(work: Callable[[T], U], items: Sequence[T]) -> tuple[list[U], float]:
    """What `work` makes of the items, and the CPU seconds it took."""
    start = time.process_time()
    made = [work(item) for item in items]
    return made, time.process_time() - start


def sources(folder: Path) -> list[SourceFile]:
    """All pages of a folder."""
    found = discover([folder], guides_in(folder))
    return [read_source(page.path) for page in found.pages if Path(page.path).is_file()]


def one_round(pages: list[SourceFile]) -> dict[str, float]:
    """CPU seconds of each step over all pages, measured in turn."""
    plain = plain_parser()
    settings = CheckSettings(select_rules(Config()))
    seconds = dict.fromkeys(("plain", "document", "claims", "rules"), 0.0)
    for start in range(0, len(pages), CHUNK):
        chunk = pages[start : start + CHUNK]
        _, spent = timed(lambda page: plain.parse(page.text), chunk)
        seconds["plain"] += spent
        read, spent = timed(read_document, chunk)
        seconds["document"] += spent
        _, spent = timed(read_claims, read)
        seconds["claims"] += spent
    scope = Scope([PageFile(page.path, ".") for page in pages])
    workspace = Workspace.open(scope, OVH_URLS, options=ReadOptions(processes=1), given=pages)
    _, seconds["rules"] = timed(lambda settings: check(workspace, settings), [settings])
    return seconds


def growth() -> dict[str, tuple[float, float]]:
    """For each hostile input the CPU seconds at `SIZE`, and how many times that four times as much takes."""
    settings = CheckSettings(select_rules(Config()))

    def check_one(page: SourceFile) -> None:
        scope = Scope([PageFile(page.path, ".")])
        check(Workspace.open(scope, OVH_URLS, given=[page]), settings)

    found: dict[str, tuple[float, float]] = {}
    for name, make in HOSTILE.items():
        pages = [SourceFile("guide.en-gb.md", make(size)) for size in (SIZE, 4 * SIZE)]
        small, large = (min(timed(check_one, [page])[1] for _ in range(3)) for page in pages)
        found[name] = (small, large / max(small, 0.001))
    return found


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else find_corpus() or ROOT / "guides"
    pages = sources(folder)
    size = sum(len(page.text) for page in pages) / 1e6
    print(f"{len(pages)} pages, {size:.1f} million characters, {ROUNDS} rounds in {folder}\n")
    rounds = [one_round(pages) for _ in range(ROUNDS)]
    print(f"{'step':<28}{'CPU s':>8}{'of plain':>10}")
    labels = {
        "plain": "markdown-it-py, plain",
        "document": "text -> document",
        "claims": "document -> claims",
        "rules": "all rules",
    }
    for step, label in labels.items():
        middle = median(r[step] for r in rounds)
        ratio = median(r[step] / r["plain"] for r in rounds)
        print(f"{label:<28}{middle:>8.2f}{ratio:>10.2f}")
    print(f"\n{'hostile input':<28}{f'{SIZE:,}':>8}{f'{4 * SIZE:,}':>10}")
    for name, (seconds, times) in growth().items():
        print(f"{name:<28}{seconds:>8.2f}{f'x {times:.1f}':>10}")
    guides = folder / "pages" if (folder / "pages").is_dir() else folder
    bench_commands.main(guides)
    bench_site.main(guides)


if __name__ == "__main__":
    main()
