"""Guides with one wrong number each: how many of the mistakes are found, by kind and language.

`python -m tests.scripts.mutations` prints the table for the guides in `pages/` of the corpus. The words of
the languages were made by looking at one half of its guides; the other half measures them.
"""

import hashlib
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname

from balise.base.findings import Finding
from balise.base.source import Edit, SourceFile, Span, apply_edits
from balise.claims import Claims
from balise.collection import Collection
from balise.document import Document, Table, page_name
from balise.rules import ALL_RULES, PageRule, RuleContext
from balise.workspace.discovery import discover
from balise.workspace.reading import facts_of
from balise.workspace.sources import read_source
from tests.helpers.support import find_corpus, guides_in

PORTS = (25, 110, 143, 465, 587, 993, 995)
"""Ports of mail: what one of them is mistaken for is another of them."""

NUMBER = re.compile(r"(?<![\w.,/-])[0-9]{2,4}(?![\w-]|[.,][0-9])")
MOST = 6
"""Mutations of one kind on one page, at most."""

RULES = [rule() for rule in ALL_RULES if rule.group == "claims" and issubclass(rule, PageRule)]


@dataclass(frozen=True)
class Mutation:
    """A page with one mistake."""

    kind: str
    page: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Guide:
    """A page that states ports in a table and in prose, and its translations."""

    source: SourceFile
    document: Document
    siblings: Sequence[tuple[Document, Claims]]

    @property
    def language(self) -> str:
        name = page_name(self.source.path)
        return name.language if name else ""

    def findings(self, text: str) -> list[Finding]:
        """The findings of the rules about claims on the page with this text."""
        facts = facts_of(SourceFile(self.source.path, text))
        document, claims = facts.document, facts.claims
        collection = Collection.of("", [document, *(d for d, _ in self.siblings)])
        around = {d.path: c for d, c in self.siblings} | {document.path: claims}
        context = RuleContext(document, claims, collection, around)
        return [finding for rule in RULES for finding in rule.check_page(context)]


def guides(folder: Path) -> Iterator[Guide]:
    """The guides of a folder that state a port of mail in a table and another time in prose."""
    scope = discover([folder], guides_in(folder))
    by_folder: dict[str, list[tuple[SourceFile, Document, Claims]]] = defaultdict(list)
    for page in scope.pages:
        source = read_source(page.path)
        if any(str(port) in source.text for port in PORTS):
            facts = facts_of(source)
            by_folder[dirname(page.path)].append((source, facts.document, facts.claims))
    for pages in by_folder.values():
        for source, document, _ in pages:
            if _cells(document.tables) and _in_prose(document):
                others = [(d, c) for s, d, c in pages if s is not source]
                yield Guide(source, document, others)


def held_out(path: str, root: str) -> bool:
    """Whether a guide is in the half that was not looked at for the words of the languages."""
    folder = dirname(path.removeprefix(f"{root}/"))
    return int(hashlib.md5(folder.encode()).hexdigest(), 16) % 2 == 1  # noqa: S324


def _cells(tables: Sequence[Table]) -> list[list[list[tuple[int, Span]]]]:
    """For each table with ports its rows, each with the cells that are nothing but a port."""
    found = []
    for table in tables:
        rows = [
            [
                (int(cell.text.text), cell.span)
                for cell in row.cells
                if cell.text.text.strip().isdigit() and int(cell.text.text) in PORTS
            ]
            for row in table.rows
        ]
        rows = [row for row in rows if row]
        if rows:
            found.append(rows)
    return found


def _in_prose(document: Document) -> list[Span]:
    return [
        prose.text.span(*match.span())
        for prose in document.prose
        for match in NUMBER.finditer(prose.text.text)
        if int(match[0]) in PORTS
    ]


def mutations(guide: Guide) -> Iterator[Mutation]:
    """Another number in a cell or sentence, and rows or columns of ports that changed places."""
    path = guide.source.path
    chance = random.Random(path.rpartition("/pages/")[2])  # noqa: S311 - the same every time
    tables = _cells(guide.document.tables)
    text = guide.source.text

    def other(span: Span) -> Edit:
        number = int(text[span.start : span.end])
        return Edit(span, str(chance.choice([port for port in PORTS if port != number])))

    def bare(span: Span) -> Span:
        match = re.search(r"[0-9]+", text[span.start : span.end])
        assert match
        return Span(span.start + match.start(), span.start + match.end())

    cells = [bare(span) for rows in tables for row in rows for _, span in row]
    prose = [s for s in _in_prose(guide.document) if text[s.start : s.end].isdigit()]
    for kind, places in (("table number", cells), ("prose number", prose)):
        for span in chance.sample(places, min(MOST, len(places))):
            yield Mutation(kind, path, (other(span),))
    for rows in tables:
        if len(rows) > 1 and {n for n, _ in rows[0]} != {n for n, _ in rows[1]}:
            yield Mutation("rows swapped", path, tuple(_swapped(rows[0], rows[1], text)))
        pairs = [row for row in rows if len(row) == 2 and row[0][0] != row[1][0]]
        if pairs:
            edits = [edit for row in pairs for edit in _swapped([row[0]], [row[1]], text)]
            yield Mutation("columns swapped", path, tuple(edits))


def _swapped(
    one: Sequence[tuple[int, Span]], other: Sequence[tuple[int, Span]], text: str
) -> Iterator[Edit]:
    for (_, here), (_, there) in zip(one, other, strict=False):
        yield Edit(here, text[there.start : there.end])
        yield Edit(there, text[here.start : here.end])


@dataclass
class Score:
    """Mistakes made and found, by kind and language, and those that were missed."""

    made: Counter[tuple[str, str]]
    found: Counter[tuple[str, str]]
    missed: list[Mutation]

    @property
    def share(self) -> float:
        return sum(self.found.values()) / max(1, sum(self.made.values()))


def score(found: Sequence[Guide]) -> Score:
    """Make every mutation of every guide and see whether there is a finding that was not before."""
    result = Score(Counter(), Counter(), [])
    for guide in found:
        before = Counter((f.rule, f.message) for f in guide.findings(guide.source.text))
        for mutation in mutations(guide):
            key = (mutation.kind, guide.language)
            result.made[key] += 1
            after = guide.findings(apply_edits(guide.source.text, mutation.edits))
            if Counter((f.rule, f.message) for f in after) - before:
                result.found[key] += 1
            else:
                result.missed.append(mutation)
    return result


def table(result: Score) -> str:
    """Shares by kind and language."""
    kinds = sorted({kind for kind, _ in result.made})
    languages = sorted({language for _, language in result.made})
    lines = [" " * 16 + "".join(f"{language:>9}" for language in [*languages, "all"])]
    for kind in [*kinds, "all"]:
        row = f"{kind:16}"
        for language in [*languages, "all"]:
            keys = [k for k in result.made if kind in (k[0], "all") and language in (k[1], "all")]
            made, found = sum(result.made[k] for k in keys), sum(result.found[k] for k in keys)
            row += f"{f'{found}/{made}':>9}"
        lines.append(row)
    return "\n".join([*lines, f"{result.share:.1%} found"])


if __name__ == "__main__":
    corpus = find_corpus()
    if corpus is None:
        sys.exit("there is no corpus here; let BALISE_CORPUS name a folder with guides in `pages/`")
    folder = corpus / "pages"
    wanted = sys.argv[1:2] != ["tuning"]
    chosen = [g for g in guides(folder) if held_out(g.source.path, folder.as_posix()) is wanted]
    outcome = score(chosen)
    print(len(chosen), "guides")
    print(table(outcome))
    for missed in outcome.missed[: int((sys.argv[2:3] or ["0"])[0])]:
        print(missed)
