"""How many wrong ports of mail are found in real guides, on the half that the words were not made from."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.collection import Collection
from balise.document import page_name
from balise.mutants.guides import Guide, Page
from balise.mutants.kinds import KINDS
from balise.mutants.planting import Planted, Settings, plant
from balise.rules import ALL_RULES, PageRule, RuleContext
from balise.workspace.discovery import discover
from balise.workspace.reading import facts_of
from balise.workspace.sources import read_source
from tests.helpers.support import corpus, guides_in

PORTS = ("25", "110", "143", "465", "587", "993", "995")
LEAST = 0.9
ROUNDS = 6
ORIGINAL = "fr-fr"
KINDS_OF_PAGES = [name for name, kind in KINDS.items() if kind.against == "page"]
RULES = [rule() for rule in ALL_RULES if rule.group == "claims" and issubclass(rule, PageRule)]


def held_out(folder: Path) -> list[Guide]:
    """The guides with ports of mail in the half that was not looked at for the words of the languages."""
    found: dict[str, dict[str, Page]] = defaultdict(dict)
    for file in discover([folder], guides_in(folder)).pages:
        name, source = page_name(file.path), read_source(file.path)
        guide = dirname(file.path.removeprefix(f"{folder.as_posix()}/"))
        number = int(hashlib.md5(guide.encode()).hexdigest(), 16)  # noqa: S324
        if number % 2 and name and any(port in source.text for port in PORTS):
            facts = facts_of(source)
            page = Page(name.locale, source, facts.document, facts.claims)
            found[f"{dirname(file.path)}/{name.type}"][name.locale] = page
    return [Guide(name, pages, ORIGINAL) for name, pages in found.items()]


def findings(pages: Mapping[str, Page], path: str, text: str) -> list[Finding]:
    """The findings of the rules about claims on a page of a guide with this text."""
    facts = facts_of(SourceFile(path, text))
    others = [page for page in pages.values() if page.source.path != path]
    collection = Collection.of("", [facts.document, *(page.document for page in others)])
    claims = {page.source.path: page.claims for page in others} | {path: facts.claims}
    context = RuleContext(facts.document, facts.claims, collection, claims)
    return [finding for rule in RULES for finding in rule.check_page(context)]


Told = Counter[tuple[str, str]]
"""How often a rule says what."""


def is_found(planted: Planted, pages: Mapping[str, Page], before: dict[str, Told]) -> bool:
    """Whether there is a finding that was not `before` on the page, at a place where it counts."""
    source = planted.page.source
    path, after = source.path, SourceFile(source.path, planted.text)
    if path not in before:
        before[path] = Counter((f.rule, f.message) for f in findings(pages, path, source.text))
    told = [f for f in findings(pages, path, planted.text) if not before[path][f.rule, f.message]]
    lines = [after.position(finding.span.start).line for finding in told]
    places = planted.mutant.found_at
    return any(place.has(place.path, line) for place in places for line in lines)


def test_wrong_ports_of_mail_in_guides_that_were_not_looked_at_are_found() -> None:
    folder = corpus() / "pages"
    guides = {guide.name: guide for guide in held_out(folder)}
    settings = Settings(ROUNDS, 1, KINDS_OF_PAGES)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    before: dict[str, Told] = {}
    for planted in plant(list(guides.values()), folder.as_posix(), frozenset(), settings):
        mutant = planted.mutant
        if mutant.was.isdecimal() and mutant.was not in PORTS:
            continue
        pages = guides[f"{folder.parent.as_posix()}/{mutant.guide}"].pages
        made[mutant.kind] += 1
        found[mutant.kind] += is_found(planted, pages, before)
    assert made.keys() >= {"port-in-table", "port-in-text", "port-of-protocol", "rows-swapped"}
    shares = {kind: found[kind] / number for kind, number in made.items()}
    assert {kind: share for kind, share in shares.items() if share < LEAST} == {}, made
