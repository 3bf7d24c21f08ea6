"""Random renames of headings, after each of which every link and every old id must lead where it led.

`python -m tests.scripts.random_headings FOLDER [COUNT [SEED]]` renames headings of a folder of guides in
memory, and writes nothing there.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from balise.base.memory import no_garbage_collection
from tests.helpers.heading_renames import HeadingRenamer


def main() -> None:
    """Rename, and say what went wrong."""
    folder = Path(sys.argv[1])
    count, seed = (int(number) for number in (*sys.argv[2:], "200", "1")[:2])
    with tempfile.TemporaryDirectory() as cache, no_garbage_collection():
        renamer = HeadingRenamer(folder, Path(cache), seed)
        done = [renamer.rename() for _ in range(count)]
    wrong = [f"{renamed.name}: {line}" for renamed in done for line in renamed.wrong]
    print(*wrong, sep="\n")
    pages, places = sum(r.pages for r in done), sum(r.places for r in done)
    print(f"{count} renames, {places} places on {pages} pages, {len(wrong)} things wrong")
    restored = sum(renamed.restored for renamed in done)
    print(f"{restored} restored to the byte by their reverse, but for anchors that are kept")
    seconds = [renamed.seconds for renamed in done]
    print(f"{median(seconds) * 1000:.0f} ms in the median, {max(seconds) * 1000:.0f} ms at most")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
