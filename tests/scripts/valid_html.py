"""What html-validate says of the pages of a site, without what is Material's.

`python -m tests.scripts.valid_html SITE`: the project's own site, or another one, where much of what is told may be raw
HTML of the guides. `npm install --no-save html-validate` gets the program, or `HTML_VALIDATE` names it. Each
mistake is printed once, with the number of its pages and the first of them. Ends with status 1 where there is one.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.helpers.support import ROOT

PROGRAM = os.environ.get("HTML_VALIDATE") or str(ROOT / "node_modules" / ".bin" / "html-validate")
CONFIG = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
    "rules": {
        "no-deprecated-attr": "off",  # authors write raw HTML of another age
        "no-raw-characters": "off",  # allowed since HTML 5
        "prefer-native-element": "off",  # no list of links can be a `select`
        "require-sri": "off",  # all that is loaded is of the same site
        "void-style": "off",  # a matter of taste
        "wcag/h32": "off",  # what the search and the colours do, they do at once
    },
}
MATERIALS = re.compile(
    r"#__drawer|#__search|#__toc|#__nav_\d|nav > label|ul > li > nav|<nav class=\"md-nav md-nav--secondary\" aria-label=\"Table of contents\""
)
"""Selectors and tags of elements that Material's own templates print."""
AT_ONCE = 200


def told(pages: list[Path], config: Path) -> list[dict[str, Any]]:
    """What the program says of each of the pages; it cuts short what it writes into a pipe."""
    output = config.with_name("told.json")
    command = [PROGRAM, "--config", str(config), "--formatter", f"json={output}"]
    subprocess.run([*command, *map(str, pages)], check=False)
    found: list[dict[str, Any]] = json.loads(output.read_text(encoding="utf-8"))
    return found


def main(site: Path) -> int:
    """Validate all pages, and print what is found."""
    pages = sorted(site.rglob("*.html"))
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "htmlvalidate.json"
        config.write_text(json.dumps(CONFIG), encoding="utf-8")
        for start in range(0, len(pages), AT_ONCE):
            for file in told(pages[start : start + AT_ONCE], config):
                lines = Path(file["filePath"]).read_text(encoding="utf-8").splitlines()
                for message in file["messages"]:
                    selector = re.sub(r":nth-child\(\d+\)", "", message["selector"] or "")
                    if not MATERIALS.search(selector + lines[message["line"] - 1]):
                        key = (message["ruleId"], message["message"], selector)
                        found[key].append(f"{file['filePath']}:{message['line']}")
    for (rule, what, selector), places in found.items():
        print(f"{rule}: {what}\n    {selector}\n    {len(places)}, first {places[0]}")
    print(f"{len(found)} found on {len(pages)} pages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
