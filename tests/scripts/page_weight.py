"""What a reader's browser loads for a guide at a first visit, in kilobytes, pictures aside.

`python -m tests.scripts.page_weight SITE`: in each locale the guide of median length and the longest one. Each
response counts as a web server sends it, compressed as by `gzip -6`.
"""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

from tests.helpers.browsing import CHROMIUM, OPTIONS, serving

KINDS = ("document", "stylesheet", "script", "font", "other")
"""Playwright's names of what is loaded; `other` is all but pictures."""
GUIDE = '<meta property="og:type" content="article">'


def guides(site: Path) -> Iterator[tuple[str, Path]]:
    """The median guide of each locale and the longest one, with the locale's folder."""
    for index in sorted(site.rglob("pagefind")):
        start = index.parent
        if start == site:
            continue  # that of the manual
        pages = [page for page in start.glob("*/**/index.html") if GUIDE in page.read_text("utf-8")]
        pages.sort(key=lambda page: page.stat().st_size)
        if pages:
            name = start.relative_to(site).as_posix()
            yield from ((name, page) for page in (pages[len(pages) // 2], pages[-1]))


def weigh(browser: Browser, address: str) -> dict[str, float]:
    """Kilobytes of each kind; the number of responses is there as `requests`."""
    weight = dict.fromkeys((*KINDS, "requests"), 0.0)
    page = browser.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    for response in responses:
        kind = response.request.resource_type
        if kind != "image":
            kind = kind if kind in KINDS else "other"
            weight[kind] += len(gzip.compress(response.body(), 6)) / 1000
            weight["requests"] += 1
    page.close()
    return weight


def main(site: Path) -> None:
    """Measure and print."""
    print(f"{'locale':<10}{'all':>7}" + "".join(f"{kind:>12}" for kind in (*KINDS, "requests")))
    with serving(site) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name, page in guides(site):
            path = page.parent.relative_to(site).as_posix()
            weight = weigh(browser, f"{address}{path}/")
            whole = sum(weight[kind] for kind in KINDS)
            columns = "".join(f"{weight[kind]:>12.1f}" for kind in KINDS)
            print(f"{name:<10}{whole:>7.1f}{columns}{weight['requests']:>12.0f}  {path}")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
