"""What is said of pages: their states, the order of locales and guides, the one figure."""

from collections.abc import Iterable

import pytest

from balise.base.findings import Finding, Severity
from balise.base.source import SourceFile, Span
from balise.check.report import Report
from balise.collection import Collection
from balise.document import read_document
from balise.health import badge, markdown
from balise.health.matrix import health_of
from balise.health.model import RULES, Cell, Health, State
from balise.rules import ALL_RULES

ROOT = "/guides"
PAGES = {
    "home": ("fr-fr", "en-gb", "de-de"),
    "web/product": ("fr-fr", "en-gb"),
    "web/mail/guide": ("fr-fr", "en-gb", "de-de"),
    "web/ports/guide": ("fr-fr", "de-de"),
    "web/only/guide": ("en-gb",),
}


def path(name: str, locale: str) -> str:
    return f"{ROOT}/{name}.{locale}.md"


def finding(name: str, locale: str, rule: str, severity: Severity) -> Finding:
    return Finding(rule, "text", severity, f"told by {rule}", path(name, locale), Span(0, 0))


def healthy_but(
    *findings: Finding,
    rules: Iterable[str] = RULES.values(),
    asked: Iterable[str] | None = None,
) -> Health:
    paths = [path(name, locale) for name, locales in PAGES.items() for locale in locales]
    documents = [
        read_document(SourceFile(p, f"---\ntitle: {p.split('/')[-2]} {p[-8:-3]}\n---\n"))
        for p in paths
    ]
    structure = Collection.of(ROOT, documents).structure
    report = Report(findings, [], {}, list(paths if asked is None else asked))
    return health_of(report, [structure], frozenset(rules))


def cell(health: Health, folder: str, locale: str) -> Cell:
    return next(guide.cells[locale] for guide in health.guides if guide.folder == folder)


def test_a_page_without_findings_is_healthy() -> None:
    health = healthy_but()
    assert list(cell(health, "web/mail", "de-de").states) == [State.HEALTHY]
    assert health.total.percent == 100


@pytest.mark.parametrize(("state", "rule"), RULES.items())
def test_a_rule_tells_of_a_state_in_its_own_words(state: State, rule: str) -> None:
    health = healthy_but(finding("web/mail/guide", "de-de", rule, Severity.INFO))
    assert cell(health, "web/mail", "de-de").states == {state: f"told by {rule}"}
    assert health.by_locale["de-de"].states[state] == 1


def test_the_severity_of_a_rule_that_tells_of_a_state_makes_no_other_state() -> None:
    rule = RULES[State.STALE]
    health = healthy_but(finding("web/mail/guide", "de-de", rule, Severity.ERROR))
    assert list(cell(health, "web/mail", "de-de").states) == [State.STALE]
    assert health.total.counts.errors == 1


def test_a_page_is_in_all_states_that_apply_the_worst_first() -> None:
    health = healthy_but(
        finding("web/mail/guide", "de-de", "empty-heading", Severity.WARNING),
        finding("web/mail/guide", "de-de", RULES[State.STALE], Severity.INFO),
        finding("web/mail/guide", "de-de", "unresolved-link", Severity.ERROR),
        finding("web/mail/guide", "de-de", RULES[State.UNTRANSLATED], Severity.INFO),
    )
    found = cell(health, "web/mail", "de-de")
    assert list(found.states) == [
        State.UNTRANSLATED, State.ERRORS, State.STALE, State.WARNINGS,
    ]  # fmt: skip
    assert found.rules == {"empty-heading": 1, "unresolved-link": 1}
    assert health.total.healthy == health.total.pages - 1


def test_infos_alone_leave_a_page_healthy() -> None:
    health = healthy_but(finding("web/mail/guide", "de-de", "empty-alt", Severity.INFO))
    assert cell(health, "web/mail", "de-de").worst is State.HEALTHY
    assert health.total.counts.infos == 1


def test_a_state_whose_rule_has_not_run_is_not_known() -> None:
    health = healthy_but(rules=[RULES[State.STALE]])
    assert health.unknown == (State.UNTRANSLATED, State.DIFFERENT)


def test_a_guide_misses_the_locales_of_the_collection_that_it_lacks() -> None:
    health = healthy_but()
    missing = {guide.folder: guide.missing for guide in health.guides}
    assert missing["web/only"] == ("fr-fr", "de-de")
    assert missing["web/mail"] == ()
    assert health.by_locale["de-de"].missing == 2


def test_a_page_that_was_not_asked_for_is_neither_there_nor_missing() -> None:
    health = healthy_but(asked=[path("web/mail/guide", "de-de")])
    (guide,) = health.guides
    assert list(guide.cells) == ["de-de"]
    assert guide.missing == ()


def test_findings_in_other_files_are_counted_beside_the_guides() -> None:
    health = healthy_but(finding("_redirects", "x", "dead-redirect", Severity.ERROR))
    assert health.elsewhere.errors == 1
    assert health.total.counts.errors == 0


def test_the_worst_come_first() -> None:
    health = healthy_but(finding("web/ports/guide", "de-de", "unresolved-link", Severity.ERROR))
    assert health.guides[0].folder == "web/ports"
    assert next(iter(health.by_locale)) == "de-de"


def test_a_locale_that_is_asked_for_is_alone() -> None:
    health = healthy_but(finding("web/mail/guide", "en-gb", "x", Severity.ERROR)).only(["de-de"])
    assert health.locales == ("de-de",)
    assert health.total.pages == 3
    assert health.total.percent == 100


def test_a_title_is_that_of_the_original_and_of_a_page_its_own() -> None:
    guide = next(guide for guide in healthy_but().guides if guide.folder == "web/mail")
    assert guide.title == "mail fr-fr"
    assert guide.cells["de-de"].title == "mail de-de"


def test_the_share_is_rounded_down_so_that_a_hundred_means_all() -> None:
    health = healthy_but(finding("home", "fr-fr", "x", Severity.WARNING))
    assert health.total.healthy == 10
    assert health.total.percent == 90
    assert "90 % healthy" in badge.render(health)


def test_what_is_to_do_is_listed_once_by_the_worst_of_it() -> None:
    health = healthy_but(
        finding("web/mail/guide", "de-de", "unresolved-link", Severity.ERROR),
        finding("web/mail/guide", "de-de", RULES[State.STALE], Severity.INFO),
    ).only(["de-de"])
    text = markdown.render_work(health)
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["## Mend errors (1)", "## Missing (2)"]
    assert text.count("- [ ] ") == 3
    assert "    - told by stale-translation\n" in text
    assert "    - `unresolved-link` 1\n" in text
    assert "guides/web/only/guide.de-de.md`, from [only en-gb](" in text


def test_a_list_that_is_too_long_for_an_issue_says_how_many_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(markdown, "LONGEST", 120)
    text = markdown.render_work(healthy_but().only(["de-de"]))
    assert text.count("- [ ] ") == 0
    assert "And 2 more pages, which are not listed here." in text


def test_the_rules_that_tell_of_states_are_there() -> None:
    assert set(RULES.values()) <= {rule.name for rule in ALL_RULES}
