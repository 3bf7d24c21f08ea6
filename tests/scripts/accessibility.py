"""What axe says of twenty kinds of pages of the project's own site, in light, dark, narrow and in forced colours.

`python -m tests.scripts.accessibility SITE`: the site is that of `make site`. `npm install --no-save axe-core` gets axe, or
`AXE` names its script. Ends with status 1 where something is found.
"""

import sys
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.helpers.accessibility import AXE, KINDS, VIEWS, violations
from tests.helpers.browsing import CHROMIUM, OPTIONS, serving


def main(site: Path) -> int:
    """Look at all kinds in all views, and print what is found with where it is."""
    if not AXE.is_file():
        print(f"{AXE} is not there: `npm install --no-save axe-core`, or name it by AXE")
        return 2
    found: dict[str, list[str]] = defaultdict(list)
    with serving(site) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for view in VIEWS:
            for kind in KINDS:
                for violation in violations(browser, address, kind, view):
                    found[violation].append(f"{kind} ({view})")
        browser.close()
    for violation, places in found.items():
        print(f"{violation}\n    {', '.join(places)}")
    print(f"{len(found)} found on {len(KINDS)} kinds of pages in {len(VIEWS)} views")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
