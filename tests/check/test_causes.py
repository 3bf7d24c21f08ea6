"""Findings with one cause are told as one, and decided place by place."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import balise, write_pages
from tests.helpers.repositories import findings, page, repository

LINK = "See [this]({legacy}1785)."
A, B, C = ("a/guide.en-gb.md", "b/guide.en-gb.md", "c/guide.en-gb.md")
CAUSE = (
    "no guide here had the number `1785` in the older system; "
    "write `legacy_guide_number: 1785` on the guide that is in its place today"
)
ONE = "no guide here had the number `1785` in the older system"
RULE = ("--select", "unresolved-link")
IGNORED = f"<!-- balise: ignore[unresolved-link] known -->\n{LINK}"


def three(folder: Path, a: str = LINK, b: str = LINK, c: str = LINK) -> Path:
    """Three guides with links by a number that no guide had."""
    return repository(folder, {A: page("a", a), B: page("b", b), C: page("c", c)})


def told(folder: Path, *arguments: str) -> list[tuple[str, str, list[str]]]:
    """Of each finding its page, its message, and the pages of its related places."""
    return [
        (_name(f), f["message"], [_name(related) for related in f["related"]])
        for f in findings(folder, *RULE, *arguments)
    ]


def _name(place: dict[str, Any]) -> str:
    return str(place["path"]).removeprefix("guides/")


def test_the_first_place_is_that_of_the_finding_and_the_others_are_named(tmp_path: Path) -> None:
    folder = three(tmp_path)
    assert told(folder) == [(A, f"{CAUSE} (on 3 pages)", [B, C])]


def test_a_cause_with_one_place_is_a_finding_like_any_other(tmp_path: Path) -> None:
    assert told(three(tmp_path, b="", c="")) == [(A, ONE, [])]


@pytest.mark.parametrize(
    ("b", "extent"), [("", "2 places"), (LINK, "3 places on 2 pages")], ids=["one", "several"]
)
def test_places_are_counted_where_a_page_has_several(tmp_path: Path, b: str, extent: str) -> None:
    found = told(three(tmp_path, a=f"{LINK} {LINK}", b=b, c=""))
    assert [message for _, message, _ in found] == [f"{CAUSE} ({extent})"]


def test_ten_more_places_are_named_and_the_rest_is_counted(tmp_path: Path) -> None:
    folder = three(tmp_path, a=f"{LINK}\n\n" * 15, b="", c="")
    (found,) = findings(folder, *RULE)
    related = [place["message"] for place in found["related"]]
    assert related == [*["here too"] * 9, "here too, and in 4 places more"]


def test_another_number_is_another_cause(tmp_path: Path) -> None:
    folder = three(tmp_path, b=LINK.replace("1785", "1786"))
    assert [(at, others) for at, _, others in told(folder)] == [(A, [C]), (B, [])]


def test_what_may_have_been_meant_in_one_place_is_told_there(tmp_path: Path) -> None:
    folder = three(tmp_path, c="[Set up a mailbox]({legacy}1785)")
    write_pages(folder, {f"guides/{B}": f"---\ntitle: Set up a mailbox\nslug: b\n---\n\n{LINK}\n"})
    (found,) = findings(folder, *RULE)
    assert [(_name(r), r["message"]) for r in found["related"]] == [
        (C, f"{ONE}; did you mean `../b/guide.en-gb.md` (“Set up a mailbox”)?"),
        (B, "here too"),
    ]


def test_a_comment_silences_its_place_alone(tmp_path: Path) -> None:
    assert told(three(tmp_path, a=IGNORED)) == [(B, f"{CAUSE} (on 2 pages)", [C])]


def test_other_severities_are_other_findings(tmp_path: Path) -> None:
    folder = three(tmp_path)
    write_pages(
        folder,
        {"balise.toml": '[per-path."guides/b/**"]\nseverity = {unresolved-link = "warning"}\n'},
    )
    found = [(_name(f), f["severity"], len(f["related"])) for f in findings(folder, *RULE)]
    assert found == [(A, "error", 1), (B, "warning", 0)]


def test_what_was_found_of_a_cause_is_known_and_one_place_more_is_new(tmp_path: Path) -> None:
    folder = three(tmp_path, b="")
    balise("baseline", cwd=folder)
    assert told(folder) == []
    write_pages(folder, {f"guides/{B}": page("b", LINK)})
    assert told(folder) == [(B, ONE, [])]


def test_a_place_that_is_mended_makes_no_other_new(tmp_path: Path) -> None:
    folder = three(tmp_path)
    balise("baseline", cwd=folder)
    write_pages(folder, {f"guides/{A}": page("a", "")})
    assert told(folder) == []


@pytest.mark.parametrize("option", ["--changed-since", "--new-since"])
def test_of_a_cause_only_the_places_since_a_commit_are_told(tmp_path: Path, option: str) -> None:
    folder = three(tmp_path, b="", c="")
    write_pages(folder, {f"guides/{B}": page("b", LINK), f"guides/{C}": page("c", LINK)})
    assert told(folder, option, "HEAD") == [(B, f"{CAUSE} (on 2 pages)", [C])]


def test_a_page_alone_has_its_own_places(tmp_path: Path) -> None:
    assert told(three(tmp_path), f"guides/{B}") == [(B, ONE, [])]


def test_the_report_is_the_same_when_it_is_told_again(tmp_path: Path) -> None:
    folder = three(tmp_path)
    assert told(folder) == told(folder) == told(folder, "--no-cache")


def test_every_place_is_fixed(tmp_path: Path) -> None:
    folder = product_with(tmp_path, "Setup", "Setup", "setup", "setup")
    assert len(sections(folder)) == 1
    balise("check", *SECTION, "--fix", "--unsafe-fixes", cwd=folder)
    assert sections(folder) == []


def test_a_cause_keeps_its_fingerprint_when_its_first_place_is_mended(tmp_path: Path) -> None:
    folder = three(tmp_path)
    before = marks(folder)
    write_pages(folder, {f"guides/{A}": page("a", "")})
    assert len(before) == 1
    assert marks(folder) == before


def marks(folder: Path) -> list[str]:
    ran = balise("check", *RULE, "--output-format", "gitlab", cwd=folder)
    return [entry["fingerprint"] for entry in json.loads(ran.out)]


SECTION = ("--select", "unknown-section")


def product_with(folder: Path, listed: str, *sections: str) -> Path:
    """A product with a section, and guides in those sections."""
    guides = {
        f"mail/{at}/guide.en-gb.md": page(f"{at}", more=f"section: {section}\n")
        for at, section in enumerate(sections)
    }
    product = page("mail", more=f"sections: {listed}\n")
    return repository(folder, {**guides, "mail/product.en-gb.md": product})


def sections(folder: Path) -> list[tuple[str, str]]:
    return [(_name(f), f["message"]) for f in findings(folder, *SECTION)]


def test_a_section_that_several_guides_spell_otherwise_is_misspelt_on_the_product(
    tmp_path: Path,
) -> None:
    folder = product_with(tmp_path, "Configuraton", "Configuration", "Configuration")
    message = (
        "the section “Configuraton” seems misspelt: no guide is in it, and 2 name “Configuration”"
    )
    assert sections(folder) == [("mail/product.en-gb.md", message)]


def test_a_guide_is_misspelt_where_another_names_the_section_of_the_product(tmp_path: Path) -> None:
    folder = product_with(tmp_path, "Setup", "Setup", "Setups", "Setups")
    message = "the product has no section “Setups”; did you mean “Setup”? (on 2 pages)"
    assert sections(folder) == [("mail/1/guide.en-gb.md", message)]


def test_a_key_that_nothing_reads_is_told_once(tmp_path: Path) -> None:
    pages = {at: page(at[0], more="id: 5\n") for at in (A, B, C)}
    folder = repository(tmp_path, pages)
    found = findings(folder, "--select", "unknown-front-matter-key")
    message = "`id` is not a key of this kind of page, so nothing reads it (on 3 pages)"
    assert [(f["severity"], f["message"]) for f in found] == [("info", message)]


def test_a_product_that_lacks_a_language_is_told_once(tmp_path: Path) -> None:
    guides = {f"mail/{at}/guide.fr-fr.md": page(at) for at in ("one", "two")}
    more = {"home.fr-fr.md": page(""), "mail/product.en-gb.md": page("mail")}
    folder = repository(tmp_path, {**guides, **more})
    found = findings(folder, "--select", "orphan-page")
    message = (
        "the product above these guides has no page in fr-fr, only in en-gb, "
        "so none lists them (on 2 pages)"
    )
    assert [f["message"] for f in found] == [message]


def test_a_page_that_lacks_a_language_is_told_once(tmp_path: Path) -> None:
    link = "[there](/pages/there)"
    guides = {f"{at}/guide.fr-fr.md": page(at, link) for at in ("a", "b")}
    folder = repository(tmp_path, {**guides, "there/guide.en-gb.md": page("there")})
    found = findings(folder, "--select", "untranslated-link")
    message = (
        "the page does not exist in fr-fr; the site leads to the one in en-gb, “The there” "
        "(on 2 pages)"
    )
    assert [f["message"] for f in found] == [message]


def test_a_picture_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    pictures = "![a](images/menu.png) ![b](images/other.png)"
    guides = {f"a/guide.{locale}.md": page("a", pictures) for locale in ("en-gb", "fr-fr")}
    found = findings(repository(tmp_path, guides), "--select", "missing-image")
    assert [f["message"] for f in found] == [
        "the picture `images/menu.png` is not there (on 2 pages)",
        "the picture `images/other.png` is not there (on 2 pages)",
    ]
