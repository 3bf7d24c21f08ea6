"""Real guides named in random ways from random folders, which must not change what is found.

`python -m tests.scripts.random_paths FOLDER [CASES [SEED [PAGES]]]` works on a copy of so many pages
of the folder. The text of a page on stdin, under its name, is one of the ways.
"""

import sys
import tempfile
from pathlib import Path

from tests.helpers.spellings import differing_cases, project_of_guides


def main() -> None:
    """Copy, name, compare, and say which cases differed."""
    cases, seed, pages = (
        int(n) for n in (*sys.argv[2:], *("1000", "1", "100")[len(sys.argv[2:]) :])
    )
    with tempfile.TemporaryDirectory() as scratch:
        project = project_of_guides(Path(sys.argv[1]), Path(scratch, "project"), pages, seed)
        differing = list(differing_cases(project, project.targets(), cases, seed))
    print(*differing, sep="\n")
    print(f"{cases} cases on {pages} guides, seed {seed}: {len(differing)} differ")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
