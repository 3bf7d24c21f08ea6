"""What is different since an earlier time."""

from collections.abc import Mapping

import msgspec
from msgspec import field


class Changes(msgspec.Struct, frozen=True):
    """What is different since `name`, as paths like those of documents.

    `touched` are all files that were made, changed, moved or removed, and `before` those of them
    that there were at that time; `texts` is what pages and data files among these said. `moved`
    leads from the old path of a file to its new one.
    """

    name: str
    touched: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def name_now(self, path: str) -> str:
        """The path today of a file that was at `path`, be it gone or not."""
        return self.moved.get(path, path)
