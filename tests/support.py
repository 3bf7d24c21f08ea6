"""What several tests share: checking a text as if it were a page, and reading dot fixtures."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from balise import engine
from balise.collection import Collection
from balise.document import Document
from balise.findings import Finding, in_order
from balise.rules import PageFacts, Rule
from balise.source import SourceFile

ROOT = Path(__file__).parents[1]
PAGE = "guide.en-gb.md"
NUL = "\u2400"
"""How fixtures and examples write a NUL character, so that they stay text."""
PICTURES = ("images/step-1.png", "images/step-2.png", "images/Menu.png")
"""The pictures that are there for every page that a test checks as text."""
TEXTS = ("snippets/contact.md", "snippets/licence.txt")
"""The other files that are there for it."""


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


def check_text(text: str, rule: Rule, path: str = PAGE) -> Checked:
    """Check `text` as the page `path` by one rule, with `PICTURES` and `TEXTS` beside it."""
    document, claims = engine.facts_of(SourceFile(path, text))
    collection = Collection("", [document], (*PICTURES, *TEXTS))
    findings = in_order(rule.check(PageFacts(document, claims, collection)))
    return Checked(findings, document, text)


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
