"""The addresses of the old layout -> lines of `_redirects` to those of the new one."""

from collections.abc import Callable
from urllib.parse import quote

from balise.base.source import SourceFile
from balise.collection import Collection
from balise.collection.redirects import REDIRECTS
from balise.migrate.model import Loss

SAFE = "/-._~!$&'()+,;=@"
"""What stands as it is in a line; a `*` or `:` would be a pattern to some hosts."""
PATTERNS = frozenset("*:\0")


class Moves:
    """Where each old address leads in the new collection; `heir` gives the new path of an old page.

    `lines` are the redirects that are needed besides those that the collection has in its table.
    """

    def __init__(self, old: Collection, new: Collection, heir: Callable[[str], str]) -> None:
        self.losses: list[Loss] = []
        self.lines: dict[str, str] = {}
        for source, path in _old_addresses(old).items():
            target = new.urls[heir(path)]
            if source == target or old.names[path].type == "404":
                continue
            if source in new.by_url:
                loss = "an old address is that of another page now"
                self.losses.append(Loss(loss, path, f"/{source} is that of {new.by_url[source]}"))
            elif PATTERNS & set(source):
                self.losses.append(Loss("an old address cannot be redirected", path, f"/{source}"))
            else:
                self.lines[source] = target

    def text(self, before: SourceFile | None) -> str:
        """`_redirects`: the new lines, then those that there were."""
        end = before.newline if before else "\n"
        lines = (f"/{_quoted(s)} /{_quoted(t)}{end}" for s, t in sorted(self.lines.items()))
        return "".join(lines) + (before.text if before else "")


def _old_addresses(old: Collection) -> dict[str, str]:
    """The addresses of pages, those that they had once among them -> the page."""
    found = dict(old.by_url.items())
    table = old.structure.data_path(REDIRECTS)
    for source, redirect in old.redirects.by_source.items():
        end = old.redirect_ends.get(source)
        if redirect.path != table and end is not None and not end.external:
            found.setdefault(source, old.by_url[end.target])
    return found


def _quoted(url: str) -> str:
    return quote(url, safe=SAFE)
