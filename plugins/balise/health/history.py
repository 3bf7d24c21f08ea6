"""What the commits say of a collection: whether they can say anything, and which pages there were in earlier months."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from balise.base.errors import UserError
from balise.document import page_name
from balise.health.model import Month
from balise.workspace.git import DEEPEN, Repository


def has_history(root: str) -> bool:
    """Whether the folder of a collection is in a repository with all of its commits."""
    try:
        repository = Repository(Path(root or "."))
        return repository.has_head() and not repository.is_shallow()
    except UserError:
        return False


def months_of(roots: Sequence[str], number: int) -> tuple[Month, ...]:
    """The pages at the ends of the last months, the oldest first, and those of the last commit.

    Only names of files are read. Raises UserError where there is no history that could tell.
    """
    found: dict[str, Counter[str]] = {}
    guides: Counter[str] = Counter()
    for root in roots:
        repository = Repository(Path(root or "."))
        if not repository.has_head():
            raise UserError(f"the git repository {repository.top} has no commit yet")
        if repository.is_shallow():
            raise UserError(f"{repository.top} is a shallow clone; {DEEPEN}")
        for name, commit in _commits(repository, number):
            names = [(path, page_name(path)) for path in _files(repository, commit, root)]
            found.setdefault(name, Counter()).update(n.locale for _, n in names if n)
            guides[name] += len({(p.rpartition("/")[0], n.type) for p, n in names if n})
    return tuple(Month(name, guides[name], dict(found[name])) for name in sorted(found))


def _commits(repository: Repository, number: int) -> Iterator[tuple[str, str]]:
    """Names of months, and the last commit of each; of the last commit's own month that is itself."""
    day = os.fsdecode(repository.output("log", "-1", "--format=%cs", "HEAD")).strip()
    first = date.fromisoformat(day).replace(day=1)
    yield day[:7], "HEAD"
    for _ in range(number):
        before = first.isoformat()
        first = (first - timedelta(days=1)).replace(day=1)
        options = ("rev-list", "-1", "--first-parent", f"--before={before}T00:00:00Z", "HEAD")
        if commit := os.fsdecode(repository.output(*options)).strip():
            yield first.isoformat()[:7], commit


def _files(repository: Repository, commit: str, root: str) -> list[str]:
    folder = repository.folder(root or ".")
    out = repository.output("ls-tree", "-r", "-z", "--name-only", commit, "--", folder or ".")
    return [os.fsdecode(path) for path in out.split(b"\0") if path.endswith(b".md")]
