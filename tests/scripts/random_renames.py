"""Random renames of guides, after each of which every link must mean what it meant.

`python -m tests.scripts.random_renames FOLDER [--count 200] [--seed 1]` works on a copy of a folder of
guides, in either layout. Each rename is made and taken back by its reverse, and some are made again.
After each, no address and no anchor is lost, nothing that was found is missing, and after the reverse
all files are as they were, but for redirects.
"""

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.helpers.renames import Guides, Renamer

SHOWN = 20


def main() -> None:
    """Copy, rename, and say what went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    kinds: Counter[str] = Counter()
    moves = edits = notes = other_forms = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        copied = Path(scratch, "guides")
        shutil.copytree(given.folder, copied)
        pages = copied / "pages" if (copied / "pages").is_dir() else copied
        guides = Guides(pages)
        gc.collect()
        gc.freeze()
        renamer = Renamer(guides, given.seed)
        start = time.process_time()
        for number in range(given.count):
            renamed = renamer.rename()
            gc.collect()  # workspaces of earlier steps refer to their parts in a circle
            kinds[renamed.name.partition(":")[0]] += 1
            moves += renamed.moves
            edits += renamed.edits
            notes += renamed.notes
            other_forms += renamed.other_forms
            wrong += [f"{number}: {line}" for line in renamed.wrong]
            if renamed.wrong:
                print(number, renamed.name, *renamed.wrong[:SHOWN], sep="\n  ", flush=True)
            elif number % 20 == 19:
                print(f"{number + 1} renames", flush=True)
        seconds = time.process_time() - start
    print(f"{given.count} renames and their reverse, seed {given.seed}: {len(wrong)} things wrong")
    print(f"{moves} files moved, {edits} edits, {notes} notes, {seconds:.0f} s of CPU")
    print(f"{other_forms} pages with an address that lost its form, as a note said")
    print(*(f"{number} x {kind}" for kind, number in kinds.most_common()), sep=", ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
