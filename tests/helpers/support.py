"""What several tests share: checking a text as if it were a page, and reading dot fixtures."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from balise.base.findings import Finding, in_order
from balise.base.picture_faults import PictureFault
from balise.base.source import SourceFile
from balise.check.suppress import apply_suppressions
from balise.claims import Claims, read_claims
from balise.collection import Collection
from balise.collection.facts import FACTS
from balise.collection.layouts.tree import LINKS
from balise.collection.redirects import REDIRECTS
from balise.config import Config, Configuration
from balise.document import (
    Document,
    read_api_schema,
    read_data,
    read_document,
    read_redirects,
)
from balise.rules import ALL_RULES, PageRule, Rule, RuleContext, SuppressionRule
from balise.rules.links.retired_address import RetiredAddress
from balise.workspace.reading import facts_of

ROOT = Path(__file__).parents[2]
PAGE = "guide.en-gb.md"
NUL = "\u2400"
"""How fixtures and examples write a NUL character, so that they stay text."""
PICTURES = ("images/step-1.png", "images/step-2.png", "images/Menu.png")
"""The pictures that are there for every page that a test checks as text."""
BROKEN = {
    "pictures/menu.png": PictureFault("empty"),
    "pictures/order.jpg": PictureFault("cut-short", "JPEG"),
    "pictures/photo.jpg": PictureFault("unshown", "HEIC"),
    "pictures/logo.png": PictureFault("misnamed", "SVG"),
    "pictures/flag.svg": PictureFault("misnamed", "PNG"),
    "pictures/saved.png": PictureFault("other", "a page of HTML"),
    "pictures/notes.png": PictureFault("other"),
    "pictures/mail.png": PictureFault("spoilt"),
    "pictures/plan.svg": PictureFault("malformed", "line 3: mismatched tag"),
}
"""The pictures that are there for it and that no browser shows."""
TEXTS = ("snippets/contact.md", "snippets/licence.txt")
"""The other files that are there for it."""


RETIRED = {
    "https://old.example.com": "https://new.example.com",
    "https://old.example.com/shop/": "https://shop.example.com/",
    "gone.example.com": "",
}
"""The retired addresses of every page that a test checks as text."""
NASTY = ROOT / "tests" / "nasty"
"""Inputs that broke something once, in a folder for each kind of file."""
AROUND = ROOT / "tests" / "rules" / "around"
"""The collection around every page that a test checks as text."""
SCHEMA = "api-schema.json"
"""The description of the API in that collection."""


@cache
def collection_around() -> tuple[list[Document], dict[str, Document]]:
    """The pages of that collection, and its data files by name."""
    pages = [read_document(source_around(file)) for file in sorted(AROUND.rglob("*.md"))]
    data = {
        LINKS: read_data(source_around(AROUND / LINKS)),
        FACTS: read_data(source_around(AROUND / FACTS)),
        REDIRECTS: read_redirects(source_around(AROUND / REDIRECTS)),
        SCHEMA: read_api_schema(source_around(AROUND / SCHEMA)),
    }
    return pages, data


@cache
def claims_around() -> dict[str, Claims]:
    """The claims of the pages of that collection, by path."""
    return {page.path: read_claims(page) for page in collection_around()[0]}


def context_of(document: Document, claims: Claims) -> RuleContext:
    """What a rule sees of a page in the collection around."""
    around = {**claims_around(), document.path: claims}
    return RuleContext(document, claims, collection_with(document), around)


def guides_in(folder: Path) -> Configuration:
    """A configuration whose collection is `folder`."""
    return Configuration(Config(guides="."), folder)


def source_around(file: Path) -> SourceFile:
    return SourceFile.from_bytes(file.relative_to(AROUND).as_posix(), file.read_bytes())


def collection_with(*documents: Document) -> Collection:
    """The collection around, with `documents` in it."""
    pages, data = collection_around()
    files = (*PICTURES, *BROKEN, *TEXTS)
    found = Collection.of("", [*documents, *pages], files, data=data)
    inputs = replace(found.structure.inputs, broken=BROKEN)
    return Collection(found.structure.like(inputs), found.documents)


def find_corpus() -> Path | None:
    """The folder of real guides that `BALISE_CORPUS` names, or that lies beside the checkout."""
    given = os.environ.get("BALISE_CORPUS")
    if given:
        return Path(given)
    beside = sorted(f for f in ROOT.parent.glob("*/corpus/ovh-guides-*") if f.is_dir())
    return beside[0] if beside else None


def corpus() -> Path:
    """The folder of real guides; the test is skipped where there is none."""
    folder = find_corpus()
    if folder is None:
        pytest.skip("there is no corpus of guides here (BALISE_CORPUS may name a folder of guides)")
    return folder


@dataclass(frozen=True)
class Checked:
    """The findings on one text."""

    findings: list[Finding]
    document: Document
    text: str


def tried(rule: type[Rule]) -> Rule:
    """A rule as fixtures and examples try it: with options where it finds nothing without any."""
    options = {"addresses": RETIRED} if rule is RetiredAddress else {}
    return rule(msgspec.convert(options, type(rule.options)))


def check_text(text: str, rule: Rule, path: str = PAGE) -> Checked:
    """Check `text` as the page `path` of the collection around, by one rule.

    `unused-suppression` is about what the others find, so it sees the findings of all.
    """
    facts = facts_of(SourceFile(path, text))
    document = facts.document
    context = context_of(document, facts.claims)
    if isinstance(rule, SuppressionRule):
        names = {other.name for other in ALL_RULES}
        others = [f for r in ALL_RULES if issubclass(r, PageRule) for f in r().check_page(context)]
        left = apply_suppressions(others, [document], lambda _: names, [rule])
        findings = [finding for finding in left if finding.rule == rule.name]
    else:
        assert isinstance(rule, PageRule), "a text can break no other rule"
        findings = list(rule.check_page(context))
    return Checked(in_order(findings), document, text)


@dataclass(frozen=True)
class Case:
    """One case of a dot fixture: title / input / expected, each ended by a line of one dot."""

    title: str
    given: str
    expected: str
    where: str


def dot_cases(file: Path) -> list[Case]:
    """All cases of a fixture file."""
    parts: list[str] = [""]
    lines: list[int] = [1]
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if line == ".":
            parts.append("")
            lines.append(number + 1)
        else:
            parts[-1] += f"{line}\n"
    if len(parts) % 3 != 1 or parts[-1].strip():
        raise ValueError(f"{file}: every case is title, input and expected, each ended by a dot")
    return [
        Case(
            parts[i].strip(),
            parts[i + 1][:-1].replace(NUL, "\0"),
            parts[i + 2][:-1],
            f"{file.name}:{lines[i] + 1}",
        )
        for i in range(0, len(parts) - 1, 3)
    ]
