"""What a build and a server say of many findings: how many there are of each rule, and where to begin."""

from pathlib import Path

from tests.helpers.command import Ran, mkdocs, write_pages
from tests.publish.test_build import PAGES
from tests.publish.test_serve import serving

GUIDE = "---\ntitle: Pages {0}\nslug: page-{0}\n---\n\n[x](#nulle-part)\n\n## {1}\n"
MANY = 30


def pages(number: int, heading: str = "Ici") -> dict[str, str]:
    """As many guides with one broken anchor each."""
    return {
        f"guides/web/mails/g{n:02}/guide.fr-fr.md": GUIDE.format(n, heading) for n in range(number)
    }


def build(folder: Path, number: int, *options: str) -> Ran:
    return mkdocs("build", *options, cwd=write_pages(folder, {**PAGES, **pages(number)}))


def places(ran: Ran) -> list[str]:
    return [line for line in ran.err.splitlines() if "`#nulle-part` is not an anchor" in line]


def test_a_build_logs_the_first_places_of_a_rule_and_how_many_there_are(tmp_path: Path) -> None:
    ran = build(tmp_path, MANY)
    assert ran.status == 0
    assert [line.partition("guides/")[2][:35] for line in places(ran)] == [
        f"web/mails/g{n:02}/guide.fr-fr.md:6:1: `" for n in range(3)
    ]
    assert "WARNING -  balise: unresolved-anchor: 30 findings on 30 pages, 27 more" in ran.err
    assert "in all: `--verbose` lists every one" in ran.err


def test_a_few_findings_are_all_logged(tmp_path: Path) -> None:
    ran = build(tmp_path, 4)
    assert len(places(ran)) == 4
    assert "unresolved-anchor: " not in ran.err


def test_a_verbose_build_logs_every_finding(tmp_path: Path) -> None:
    ran = build(tmp_path, MANY, "--verbose")
    assert len(places(ran)) == MANY
    assert "in all: `--verbose`" not in ran.err


def test_a_strict_build_logs_every_finding_that_ends_it(tmp_path: Path) -> None:
    ran = build(tmp_path, MANY, "--strict")
    assert ran.status == 1
    assert len(places(ran)) == MANY


def test_many_pages_that_change_at_once_are_a_line_and_the_page_looked_at_is_new(
    tmp_path: Path,
) -> None:
    with serving(write_pages(tmp_path, {**PAGES, **pages(MANY)})) as served:
        assert "Ici" in served.html("fr/emails/page-29/")
        for path, text in pages(MANY, "Ailleurs").items():
            served.write(path, text)
        served.after_change("fr/emails/page-29/", "Ailleurs")
        assert "what is new on them is told when all is checked" in served.wait_for("pages changed")
        served.after_change("fr/emails/page-0/", "Ailleurs")
        assert served.told("is not an anchor of this page") < MANY


def test_settings_of_the_theme_that_do_nothing_on_guides_are_named_once(tmp_path: Path) -> None:
    theme = "theme: {name: material, font: false, features: [toc.integrate, content.code.copy]}"
    config = PAGES["mkdocs.yml"].replace("theme: {name: material, font: false}", theme)
    config += "extra: {version: {provider: mike}}\n"
    ran = mkdocs("build", cwd=write_pages(tmp_path, {**PAGES, "mkdocs.yml": config}))
    (line,) = [line for line in ran.err.splitlines() if "do nothing" in line]
    assert line.endswith("do nothing: `toc.integrate`, `extra.version`")
