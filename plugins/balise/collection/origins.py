"""What a translation was made from, as far as the history of the pages tells."""

import msgspec


class Origin(msgspec.Struct, frozen=True, array_like=True):
    """The page at `source` as it was when a translation of it was last really changed.

    `commit` is the one that changed the translation or, if it is `named`, the one that the front
    matter names; `day` (ISO 8601) is its day, empty where it is not known. `blob` is the id of the text
    of then; it is empty where a `named` commit has no such page.
    """

    source: str
    commit: str
    day: str
    blob: str
    named: bool = False

    @property
    def version(self) -> str:
        """Names the text of then among those of all pages."""
        return f"{self.blob} {self.source}"
