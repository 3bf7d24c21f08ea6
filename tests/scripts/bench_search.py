"""The search as a reader meets it: 120 queries typed into the box of a built site, in a real browser.

`python -m tests.scripts.bench_search FOLDER [LOCALE ...]`: the folder is a built site, or a collection of which one is
built. `tests/data/search_queries.toml` has the queries with the pages that answer them. Printed are the
share of queries with such a page first, and among the first three; the time from the last key to the first
result; what is loaded until then; and each query that found nothing right.
"""

import gzip
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from balise.collection.urls import locale_prefix
from balise.config import Urls
from balise.document import PageName
from tests.helpers.browsing import CHROMIUM, OPTIONS, serving
from tests.helpers.support import ROOT
from tests.scripts.bench_commands import run
from tests.scripts.bench_site import project

QUERIES = ROOT / "tests" / "data" / "search_queries.toml"
NOTHING = "nonsense"
"""The kind of queries that find nothing."""
TIMED = "fr-fr"
"""The locale with the most guides, in which time and weight are measured."""
SHOWN = 3
QUIET = 700
"""Milliseconds without a change of the list and without a request, after which it is that of the query."""

WATCH = """
window.bench = {changed: performance.now(), typed: 0, first: 0};
document.addEventListener("input", () => { bench.typed = performance.now(); bench.first = 0; }, true);
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".balise-search");
  new MutationObserver(() => {
    bench.changed = performance.now();
    if (bench.typed && !bench.first && box.querySelector("[role=option]")) bench.first = bench.changed;
  }).observe(box, {childList: true, subtree: true, characterData: true});
});
"""
FOUND = ".balise-search [role=option]:not([data-offered] *)"
"""Hits, and not the products that are offered where there are none."""
HITS = "links => [...new Set(links.map(link => link.href.split(/[?#]/)[0]))]"


@dataclass(frozen=True)
class Query:
    """What is typed, of which kind, and patterns of the addresses that answer it."""

    locale: str
    kind: str
    words: str
    pages: Sequence[str]


@dataclass(frozen=True)
class Answer:
    """Addresses below the home of the locale, best first; milliseconds from the last key to the first of them."""

    found: Sequence[str]
    wait: float | None

    def hit(self, query: Query, most: int) -> bool:
        """Whether one of the first `most` is right; none may be there for nonsense."""
        if query.kind == NOTHING:
            return not self.found
        return any(
            fnmatchcase(page, pattern) for page in self.found[:most] for pattern in query.pages
        )


def read_queries(locales: Sequence[str]) -> list[Query]:
    """All queries, or those of some locales."""
    by_locale = tomllib.loads(QUERIES.read_text(encoding="utf-8"))
    return [
        Query(locale, kind, words, pages)
        for locale, kinds in by_locale.items()
        if not locales or locale in locales
        for kind, queries in kinds.items()
        for words, pages in queries.items()
    ]


def home(locale: str) -> str:
    """Where a locale begins, from the root of the site."""
    language, zone = locale.split("-")
    return locale_prefix(PageName("home", language, zone), Urls())


def require_pages(site: Path, queries: Sequence[Query]) -> None:
    """Raise ValueError for what answers a query and is not there: then they are for other guides."""
    for query in queries:
        start = site / home(query.locale)
        pages = {page.parent.relative_to(start).as_posix() for page in start.rglob("index.html")}
        for pattern in query.pages:
            if not any(fnmatchcase(page, pattern) for page in pages):
                raise ValueError(
                    f"{query.locale}: no page is at {pattern}, which answers {query.words!r}"
                )


@contextmanager
def a_site(folder: Path) -> Iterator[Path]:
    """`folder`, if it is a site; or else one that is built of the guides in it."""
    if (folder / "assets").is_dir():
        yield folder
        return
    with tempfile.TemporaryDirectory() as scratch:
        there = project(folder, Path(scratch))
        run([sys.executable, "-m", "mkdocs", "build", "-q"], there)
        yield there / "site"


def settle(page: Page) -> None:
    """Wait until the list is that of what was typed last."""
    page.wait_for_function(
        f"performance.now() - Math.max(bench.changed, bench.typed) > {QUIET}", polling=50
    )


def ask(page: Page, words: str, start: str) -> Answer:
    """Type the words, the last letter when the answer to all before is there."""
    page.get_by_role("combobox").fill(words[:-1])
    settle(page)
    page.keyboard.type(words[-1])
    settle(page)
    bench = page.evaluate("bench")
    found = page.locator(FOUND).evaluate_all(HITS)
    paths = [unquote(urlsplit(address).path).removeprefix(start).strip("/") for address in found]
    return Answer(paths, bench["first"] - bench["typed"] if bench["first"] else None)


def opened(browser: Browser, address: str) -> Page:
    """A home that was never visited, with the search open, as by its key."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    return page


def answers(
    browser: Browser, site: str, queries: Sequence[Query]
) -> Iterator[tuple[Query, Answer]]:
    """The answer to each query, all of a locale on one page."""
    for locale in dict.fromkeys(query.locale for query in queries):
        page = opened(browser, site + home(locale))
        page.keyboard.press("/")
        for query in queries:
            if query.locale == locale:
                yield query, ask(page, query.words, "/" + home(locale))
        page.close()


def first_use(browser: Browser, site: str, query: Query) -> tuple[float, float | None]:
    """Kilobytes that the search loads for a first query, compressed, and milliseconds from its last key."""
    page = opened(browser, site + home(query.locale))
    loaded: list[bytes] = []
    page.on("response", lambda response: loaded.append(response.body()))
    page.keyboard.press("/")
    page.keyboard.type(query.words)
    settle(page)
    bench = page.evaluate("bench")
    page.close()
    weight = sum(len(gzip.compress(body, 6)) for body in loaded) / 1000
    return weight, bench["first"] - bench["typed"] if bench["first"] else None


def shares(answered: Sequence[tuple[Query, Answer]], by: str) -> None:
    """Print the share that is right, by an attribute of the queries."""
    groups: Mapping[str, list[tuple[Query, Answer]]] = defaultdict(list)
    for query, answer in answered:
        groups[getattr(query, by)].append((query, answer))
    print(f"\n{by:<12}{'queries':>8}{'at 1':>7}{f'at {SHOWN}':>7}")
    for name, group in groups.items():
        first, among = (
            sum(answer.hit(query, most) for query, answer in group) / len(group)
            for most in (1, SHOWN)
        )
        print(f"{name:<12}{len(group):>8}{first:>7.0%}{among:>7.0%}")


def _times(name: str, waits: Sequence[float]) -> None:
    if len(waits) > 1:
        last = quantiles(waits, n=20)[-1]
        print(f"{name:<44}{median(waits):>6.0f}{last:>6.0f} ms")


def main(folder: Path, locales: Sequence[str]) -> None:
    """Measure and print."""
    queries = read_queries(locales)
    with a_site(folder) as built, serving(built) as site, sync_playwright() as started:
        require_pages(built, queries)
        browser = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        answered = list(answers(browser, site, queries))
        timed = [query for query in queries if query.locale == TIMED and query.kind != NOTHING]
        uses = [first_use(browser, site, query) for query in timed]
        browser.close()
    real = [(query, answer) for query, answer in answered if query.kind != NOTHING]
    shares(answered, "kind")
    shares(real, "locale")
    print(f"\n{'key to first result: median, 95th of 100':<44}")
    _times(TIMED, [a.wait for q, a in real if q.locale == TIMED and a.wait is not None])
    _times(f"{TIMED}, first use of the search", [wait for _, wait in uses if wait is not None])
    if uses:
        weights = [weight for weight, _ in uses]
        print(
            f"{'loaded at the first use: median, most':<44}{median(weights):>6.0f}{max(weights):>6.0f} kB"
        )
    for query, answer in answered:
        if not answer.hit(query, SHOWN):
            print(
                f"{query.locale} {query.kind}: {query.words!r}: {', '.join(answer.found[:SHOWN]) or 'nothing'}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
