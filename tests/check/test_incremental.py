"""A second check makes only some findings anew, and all are what they would be if none were kept."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from balise.base.findings import Finding
from balise.base.paths import path_here
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.check.select import select_rules
from balise.check.severity import CATALOG
from balise.cli.app import cli
from balise.config import OVH_URLS, load_configuration
from balise.rules import ALL_RULES, RuleContext
from balise.rules.collection.duplicate_url import DuplicateUrl
from balise.rules.links.empty_link import EmptyLink
from balise.workspace.discovery import discover
from balise.workspace.reading import ReadOptions
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from tests.helpers.checking import check_scope
from tests.helpers.command import PICTURE, write_pages
from tests.helpers.platforms import MAKES_LINKS

HOME = "---\ntitle: Home\n---\n"


def page(title: str, slug: str, text: str = "", more: str = "") -> str:
    return f"---\ntitle: {title}\nslug: {slug}\n{more}---\n\n{text}"


IMAP = """## Incoming mail

| Protocol | Port |
|---|---|
| IMAP with SSL | 993 |

[Set up Outlook](../outlook/guide.en-gb.md#first-steps) [there](/gb/en/mail/set-up-outlook/#First_steps)
[gone](../gone/guide.en-gb.md) [Set up Thunderbird](/gb/en/mail/set-up-thunderbrid/) [number](/g1786)
[old](https://docs.ovh.com/gb/en/mail/once/) [key]({ovh}) [here](#incoming-mail)

![a](images/a.png) ![b](images/B.png) ![c](../outlook/images/c.png) ![d](images/d.png)

{!> snippets/contact.md !}
"""

PAGES = {
    "balise.toml": "",
    "guides/home.en-gb.md": HOME,
    "guides/home.fr-fr.md": HOME,
    "guides/links.yml": "ovh:\n  default: https://www.ovh.com/\n",
    "guides/_redirects": "/gb/en/mail/once/ /gb/en/mail/set-up-outlook/\n",
    "guides/facts.yml": "mail:\n  folders: mail\n  imap: 993\n",
    "guides/mail/product.en-gb.md": page("Mail", "mail", more="sections: Clients, Other\n"),
    "guides/mail/product.fr-fr.md": page("Mail", "mail"),
    "guides/mail/imap/guide.en-gb.md": page("IMAP", "imap", IMAP, "section: Clients\n"),
    "guides/mail/imap/guide.fr-fr.md": page("IMAP", "imap", IMAP.replace("993", "995")),
    "guides/mail/imap/images/a.png": "-",
    "guides/mail/imap/images/b.png": "-",
    "guides/mail/outlook/guide.en-gb.md": page(
        "Set up Outlook",
        "set-up-outlook",
        "## First steps\n\n[IMAP](../imap/guide.en-gb.md)\n",
        "legacy_guide_number: 1786\naliases: [outlook-2010]\n",
    ),
    "guides/mail/outlook/images/c.png": "-",
    "guides/mail/thunderbird/guide.en-gb.md": page(
        "Set up Thunderbird", "set-up-thunderbird", "[x](/gb/en/mail/outlook-2010/)\n"
    ),
    "guides/snippets/contact.md": "Write to us.\n",
}

OUTLOOK = "guides/mail/outlook/guide.en-gb.md"
IMAP_PAGE = "guides/mail/imap/guide.en-gb.md"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_pages(tmp_path, PAGES)


def found(*, cached: bool = True) -> list[Finding]:
    """What all rules find in the current folder."""
    report = report_of(cached=cached)
    assert not report.crashes
    return list(report.findings)


def report_of(*, cached: bool) -> Report:
    """What all rules tell of the current folder."""
    configuration = load_configuration(Path(), CATALOG)
    every = tuple(rule.name for rule in ALL_RULES)
    rules = select_rules(configuration.config, select=every)
    store = Store(Path()) if cached else None
    scope = discover([Path("guides")], configuration)
    return check_scope(scope, rules, configuration.config.urls, store)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says in the current folder, as JSON and on stderr."""
    cli.main(["check", "--output-format", "json", *arguments], standalone_mode=False)
    said = capsys.readouterr()
    return said.out + said.err


def one_by_one(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        for each in changes:
            each(project)

    return change


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def removed(path: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / path
        shutil.rmtree(file) if file.is_dir() else file.unlink()

    return change


def moved(path: str, to: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        (project / to).parent.mkdir(parents=True, exist_ok=True)
        (project / path).rename(project / to)

    return change


def written(path: str, text: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        write_pages(project, {path: text})

    return change


def linked_to_nothing(path: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        if not MAKES_LINKS:
            pytest.skip("to make a symbolic link takes a privilege here")
        (project / path).unlink()
        (project / path).symlink_to("nowhere")

    return change


def spoilt(path: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        (project / path).write_bytes(b"\xff\xfe")

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "a title": replaced(OUTLOOK, "title: Set up Outlook", "title: Outlook"),
    "a slug": replaced(OUTLOOK, "slug: set-up-outlook", "slug: outlook"),
    "a slug that another page has": replaced(OUTLOOK, "slug: set-up-outlook", "slug: imap"),
    "a slug that a link asks for": replaced(OUTLOOK, "set-up-outlook", "set-up-thunderbrid"),
    "a slug of a product": replaced("guides/mail/product.en-gb.md", "slug: mail", "slug: email"),
    "a key of the front matter": replaced(OUTLOOK, "title:", "Title:"),
    "a description that nobody asks for": replaced(OUTLOOK, "slug:", "excerpt: New\nslug:"),
    "a number of an older system": replaced(OUTLOOK, "1786", "1787"),
    "an alias": replaced(OUTLOOK, "outlook-2010", "outlook-2013"),
    "the place of an alias": replaced(OUTLOOK, "aliases: [", "# older ones\naliases: ["),
    "a section of a product": replaced("guides/mail/product.en-gb.md", "Clients", "Programs"),
    "a section of a guide": replaced(IMAP_PAGE, "section: Clients", "section: Cliens"),
    "a section of two guides": one_by_one(
        replaced(IMAP_PAGE, "section: Clients", "section: Cliens"),
        replaced(OUTLOOK, "slug:", "section: Cliens\nslug:"),
    ),
    "a number that several links have": replaced(
        "guides/mail/thunderbird/guide.en-gb.md", "[x]", "[y]({legacy}9) [z]({legacy}9) [x]"
    ),
    "an anchor": replaced(OUTLOOK, "First steps", "Second steps"),
    "the place of an anchor": replaced(OUTLOOK, "## First", "Text.\n\n## First"),
    "a number in a translation": replaced("guides/mail/imap/guide.fr-fr.md", "995", "993"),
    "a heading in a translation": replaced("guides/mail/imap/guide.fr-fr.md", "Incoming", "In"),
    "a link": replaced(IMAP_PAGE, "../gone/", "../thunderbird/"),
    "a page that is gone": removed(OUTLOOK),
    "a product that is gone": removed("guides/mail/product.en-gb.md"),
    "a home that is gone": removed("guides/home.fr-fr.md"),
    "a folder that is gone": removed("guides/mail/outlook"),
    "a page that is new": written("guides/mail/gone/guide.en-gb.md", page("Gone", "gone")),
    "a translation that is new": written(
        "guides/mail/outlook/guide.fr-fr.md", page("Outlook", "outlook", "## Premiers pas\n")
    ),
    "a page that is almost one": written("guides/mail/gone/guide.en_gb.md", page("Gone", "gone")),
    "a page that has moved": moved(OUTLOOK, "guides/mail/moved/guide.en-gb.md"),
    "a folder that has moved": moved("guides/mail/imap", "guides/mail/other"),
    "a picture that is gone": removed("guides/mail/imap/images/a.png"),
    "a picture that is new": written("guides/mail/imap/images/d.png", "-"),
    "a picture that differs by capitals": moved(
        "guides/mail/outlook/images/c.png", "guides/mail/outlook/images/C.png"
    ),
    "a picture of another kind": written("guides/mail/imap/images/d.jpg", "-"),
    "a picture that is mended": written("guides/mail/imap/images/a.png", PICTURE),
    "a picture that is broken otherwise": written("guides/mail/outlook/images/c.png", ""),
    "a picture that is shown": replaced(OUTLOOK, "## First", "![c](images/c.png)\n\n## First"),
    "an included text that is gone": removed("guides/snippets/contact.md"),
    "a redirect": replaced("guides/_redirects", "set-up-outlook", "nowhere"),
    "a table of redirects that is gone": removed("guides/_redirects"),
    "an address by key": replaced("guides/links.yml", "ovh:", "ovhcloud:"),
    "an address that is wrong": replaced(
        "guides/links.yml", "https://www.ovh.com/", "javascript:x"
    ),
    "what is true of a service": replaced("guides/facts.yml", "993", "995"),
    "what is true, by its place": replaced("guides/facts.yml", "mail:", "# known\nmail:"),
    "a suppression": replaced(IMAP_PAGE, "## In", "<!-- balise: ignore-page[links] x -->\n\n## In"),
    "a text": replaced(IMAP_PAGE, "[number]", "More.\n\n[number]"),
    "a text above all findings": replaced(IMAP_PAGE, "## Incoming", "First.\n\n## Incoming"),
    "a text with a new finding": replaced(IMAP_PAGE, "[number]", "[new](../new/guide.en-gb.md)"),
    "a text without its finding": replaced(IMAP_PAGE, "[gone](../gone/guide.en-gb.md)", "gone"),
    "the texts of two pages": one_by_one(
        replaced(OUTLOOK, "## First steps", "## Steps"), replaced(IMAP_PAGE, "993", "994")
    ),
    "a text and a title": one_by_one(
        replaced(OUTLOOK, "title: Set up Outlook", "title: Outlook"),
        replaced(IMAP_PAGE, "[number]", "More.\n\n[number]"),
    ),
    "a text and a picture": one_by_one(
        written("guides/mail/imap/images/d.png", "-"),
        replaced(IMAP_PAGE, "[number]", "More.\n\n[number]"),
    ),
    "a text with an include": replaced(OUTLOOK, "## First", "{!> snippets/x.md !}\n\n## First"),
    "a text that is as it was": written(OUTLOOK, PAGES[OUTLOOK]),
    "an address by slug": replaced(
        IMAP_PAGE, "/gb/en/mail/set-up-outlook/", "/gb/en/mail/outlook-2010/"
    ),
    "a page that cannot be read": linked_to_nothing(OUTLOOK),
    "a page that is no text": spoilt(OUTLOOK),
    "nothing": lambda project: None,
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_a_kept_finding_is_what_it_would_be_anew(project: Path, name: str) -> None:
    found()
    CHANGES[name](project)
    assert found() == found(cached=False)


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_the_command_says_what_it_would_say_without_a_cache(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys)
    CHANGES[name](project)
    expected = told(capsys, "--no-cache")
    assert told(capsys) == expected
    assert told(capsys) == expected


def test_after_texts_one_by_one_the_command_says_what_it_would_say_without_a_cache(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys)
    for name in ("a text", "an anchor", "a text with a new finding", "a suppression", "a title"):
        CHANGES[name](project)
        assert told(capsys) == told(capsys, "--no-cache")


def test_a_check_of_one_page_in_between_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys)
    CHANGES["a title"](project)
    told(capsys, IMAP_PAGE)
    CHANGES["a text"](project)
    assert told(capsys) == told(capsys, "--no-cache")


def test_a_picture_that_was_there_only_in_between_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys)
    CHANGES["a picture that is new"](project)
    told(capsys, IMAP_PAGE)
    (project / "guides/mail/imap/images/d.png").unlink()
    CHANGES["a text"](project)
    assert told(capsys) == told(capsys, "--no-cache")


def test_after_many_changes_one_by_one_findings_are_what_they_would_be_anew(project: Path) -> None:
    found()
    for name in (
        "a title",
        "a page that is new",
        "an anchor",
        "a redirect",
        "a picture that is gone",
    ):
        CHANGES[name](project)
        found()
    for name in ("a number of an older system", "a product that is gone", "an address by key"):
        CHANGES[name](project)
    assert found() == found(cached=False)


def test_a_change_that_is_taken_back_leaves_everything_as_it_was(project: Path) -> None:
    before = found()
    text = (project / OUTLOOK).read_text(encoding="utf-8")
    CHANGES["a slug"](project)
    assert found() != before
    (project / OUTLOOK).write_text(text, encoding="utf-8")
    assert found() == before


def test_other_rules_in_between_change_nothing(project: Path) -> None:
    before = found()
    configuration = load_configuration(Path(), CATALOG)
    rules = select_rules(configuration.config, select=("links",))
    scope = discover([Path("guides")], configuration)
    CHANGES["an anchor"](project)
    check_scope(scope, rules, configuration.config.urls, Store(Path()))
    assert found() == found(cached=False) != before


def test_a_rule_that_fails_on_a_page_is_run_again_on_that_page_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def fail_on_outlook(rule: object, page: RuleContext) -> Iterator[Finding]:
        seen.append(path_here(page.document.path))
        if seen[-1] == OUTLOOK:
            raise ValueError("out of order")
        return iter(())

    monkeypatch.setattr(DuplicateUrl, "check_page", fail_on_outlook)
    first, both = report_of(cached=True), len(seen)
    again = report_of(cached=True)
    assert [crash.path for crash in first.crashes] == [OUTLOOK]
    assert again.crashes == first.crashes
    assert again.findings == first.findings
    assert seen[both:] == [OUTLOOK]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_rule_that_fails_in_any_of_several_processes_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    failing = ("guides/p3/guide.en-gb.md", "guides/p99/guide.en-gb.md")

    def fail(rule: object, page: RuleContext) -> Iterator[Finding]:
        if path_here(page.document.path) in failing:
            raise ValueError("out of order")
        return iter(())

    monkeypatch.setattr(EmptyLink, "check_page", fail)
    write_pages(project, {f"guides/p{n}/guide.en-gb.md": HOME for n in range(130)})
    scope = discover([Path("guides")], load_configuration(Path(), CATALOG))
    with Workspace.open(scope, OVH_URLS, None, ReadOptions(processes=processes)) as workspace:
        report = check(workspace, CheckSettings([EmptyLink()])).seen_from(Path.cwd())
    assert {(crash.rule, crash.path) for crash in report.crashes} == {
        ("empty-link", path) for path in failing
    }


PLAIN = {
    "guides/index.md": "# A\n\n[a](#a) [b](b/) [gone](#gone) [c](c.md#b)\n\n!!! note\n    1. x\n",
    "guides/b.md": "# B\n\n!!! note\n    x\n",
    "guides/c.md": "# B & B\n\n--8<-- 'b.md'\n",
}


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_pages(tmp_path, PLAIN)


@pytest.mark.parametrize(
    "change",
    [
        written("guides/home.fr-fr.md", HOME),
        written("balise.toml", 'dialect = "ovh"\n'),
        written("balise.toml", 'dialect = "github"\nanchors = ["gone"]\n'),
        written("guides/c.md", "# B & B\n"),
        written("guides/a.md", "!!! note\n    x\n"),
        removed("guides/b.md"),
    ],
    ids=[
        "a first page of the dialect",
        "the dialect is configured",
        "an anchor is declared",
        "nothing is included any more",
        "an earlier page with markup of another system",
        "a page is gone",
    ],
)
def test_after_a_change_of_a_plain_tree_findings_are_what_they_would_be_anew(
    plain: Path, change: Callable[[Path], None]
) -> None:
    before = found()
    change(plain)
    assert found() == found(cached=False)
    assert found() != before


def test_a_tree_without_its_first_page_of_the_dialect_is_plain_again(plain: Path) -> None:
    before = found()
    written("guides/home.fr-fr.md", HOME)(plain)
    found()
    removed("guides/home.fr-fr.md")(plain)
    assert found() == before
