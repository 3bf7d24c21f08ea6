"""`list-swallowed`"""

from collections.abc import Iterator

from balise.base.findings import Finding
from balise.rules.base import PageFacts, Rule


class ListSwallowed(Rule):
    name = "list-swallowed"
    group = "lists"
    summary = "A numbered line is part of the paragraph above it and not a list"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for residue in page.document.residues:
            if residue.kind == "list-number":
                message = (
                    f"`{residue.text}` begins no list here, because only `1.` may do so directly "
                    "below text: put a blank line in front of it"
                )
                yield self.finding(page.document, residue.span, message)
