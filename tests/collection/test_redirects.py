"""Addresses that pages had once: where each leads today, and which lead nowhere."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, Trouble
from balise.document import read_document, read_redirects

LONG = 100_000

PAGES = {
    "home.fr-fr.md": "# Accueil\n",
    "mail/product.fr-fr.md": "---\nslug: emails\n---\n",
    "mail/phone/guide.fr-fr.md": "---\nslug: telephone\n---\n\n## Fin\n",
}
PHONE = "fr/emails/telephone/"


def collection(table: str = "", *, whole: bool = True, **pages: str) -> Collection:
    """The pages above and this table; `pages` are the front matter of more guides by slug."""
    more = {
        f"mail/{slug}/guide.fr-fr.md": f"---\nslug: {slug}\n{lines}\n---\n"
        for slug, lines in pages.items()
    }
    documents = [read_document(SourceFile(p, t)) for p, t in {**PAGES, **more}.items()]
    data = {"_redirects": read_redirects(SourceFile("_redirects", table))}
    return Collection.of("", documents, data=data, whole=whole)


def end(source: str, table: str) -> tuple[str, str] | None:
    """Target and fragment at the end of the way from `source`."""
    found = collection(table).redirect_ends.get(source)
    return (found.target, found.fragment) if found else None


def aliases(front_matter: str) -> list[str]:
    """The old addresses of the guide `new` with this front matter."""
    return [redirect.source for redirect in collection(new=front_matter).redirects.all]


def troubles(table: str, *, whole: bool = True) -> list[tuple[str, str, int]]:
    """Kind, source and steps of all that is wrong."""
    found = collection(table, whole=whole).redirects.troubles()
    return [(trouble.kind, trouble.redirect.source, trouble.steps) for trouble in found]


# Where they lead


def test_a_redirect_leads_to_a_page() -> None:
    assert end("fr/old/", "/fr/old/ /fr/emails/telephone/\n") == (PHONE, "")


@pytest.mark.parametrize(
    "line",
    [
        "/fr/old/ /fr/emails/telephone/ 301",
        "/fr/old /fr/emails/telephone",
        "fr/old/ fr/emails/telephone/",
        "  /fr/old/\t\t/fr/emails/telephone/  ",
        "https://docs.ovh.com/fr/old/ https://docs.ovh.com/fr/emails/telephone/",
        "/fr/%6Fld/ /fr/emails/t%65lephone/",
    ],
)
def test_a_line_may_be_written_in_several_ways(line: str) -> None:
    assert end("fr/old/", line) == (PHONE, "")


def test_a_redirect_keeps_an_anchor() -> None:
    assert end("fr/old/", "/fr/old/ /fr/emails/telephone/#fin\n") == (PHONE, "fin")


def test_an_anchor_of_a_redirect_may_be_encoded() -> None:
    assert end("fr/a/", "/fr/a/ /fr/emails/telephone/#d%C3%A9but\n") == (PHONE, "début")


def test_a_redirect_leads_to_another_site() -> None:
    found = collection("/fr/old/ https://example.com/a?b=c#d\n").redirect_ends.get("fr/old/")
    assert found is not None
    assert (found.target, found.external) == ("https://example.com/a?b=c#d", True)


def test_a_chain_leads_to_its_end() -> None:
    table = "/fr/a/ /fr/b/\n/fr/b/ /fr/c/\n/fr/c/ /fr/emails/telephone/#fin\n"
    assert end("fr/a/", table) == (PHONE, "fin")
    assert troubles(table) == []


def test_a_chain_may_lead_to_another_site() -> None:
    table = "/fr/a/ /fr/b/\n/fr/b/ https://example.com/\n"
    assert end("fr/a/", table) == ("https://example.com/", "")


def test_a_chain_may_go_on_with_an_alias() -> None:
    ends = collection("/fr/a/ /fr/emails/older/\n", new="aliases: older").redirect_ends
    found = ends.get("fr/a/")
    assert found is not None
    assert found.target == "fr/emails/new/"


@pytest.mark.parametrize("source", ["fr/a/", "fr/b/", "fr/c/"])
def test_from_a_circle_there_is_no_end(source: str) -> None:
    assert end(source, "/fr/a/ /fr/b/\n/fr/b/ /fr/c/\n/fr/c/ /fr/b/\n") is None


@pytest.mark.parametrize("source", ["fr/a/", "fr/b/", "fr/nowhere/", "", PHONE])
def test_from_what_leads_nowhere_there_is_no_end(source: str) -> None:
    assert end(source, "/fr/a/ /fr/b/\n/fr/b/ /fr/nowhere/\n") is None


def test_the_working_ones_are_those_that_arrive() -> None:
    table = "/fr/a/ /fr/b/\n/fr/b/ /fr/emails/\n/fr/c/ /fr/c/\n/fr/d/ /fr/nowhere/\n"
    working = collection(table).redirect_ends
    assert {source: end.target for source, end in working.items()} == {
        "fr/a/": "fr/emails/",
        "fr/b/": "fr/emails/",
    }


def test_the_first_redirect_of_an_address_counts() -> None:
    table = "/fr/a/ /fr/emails/\n/fr/a/ /fr/\n"
    assert end("fr/a/", table) == ("fr/emails/", "")


def test_a_page_counts_before_a_redirect() -> None:
    assert end(PHONE, "/fr/emails/telephone/ /fr/\n") is None


# Aliases and numbers


@pytest.mark.parametrize(
    "lines",
    [
        "aliases: [older, oldest]",
        "aliases:\n  - older\n  - oldest",
        "aliases: older, oldest",
        "aliases: older,oldest",
        "aliases: 'older, oldest'",
        'aliases: "older, oldest"',
        "aliases: ['older', \"oldest\"]",
        "aliases: [older/, oldest/]",
    ],
)
def test_aliases_are_a_list_or_text_with_commas(lines: str) -> None:
    assert aliases(lines) == ["fr/emails/older/", "fr/emails/oldest/"]


@pytest.mark.parametrize(
    "alias",
    ["/fr/hosting/older/", "fr/hosting/older", "https://docs.ovh.com/fr/hosting/older/"],
)
def test_an_alias_with_a_path_counts_from_the_root_of_the_site(alias: str) -> None:
    assert aliases(f"aliases: [{alias}]") == ["fr/hosting/older/"]


@pytest.mark.parametrize("lines", ["aliases:", "aliases: []", "aliases: {a: b}", "title: a"])
def test_without_aliases_there_are_no_redirects(lines: str) -> None:
    assert aliases(lines) == []


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        ("aliases: older, oldest", ["older", "oldest"]),
        ("aliases: 'older, oldest'", ["older", "oldest"]),
        ("aliases: [older, oldest]", ["older", "oldest"]),
        ("aliases:\n- older\n- 'oldest'", ["older", "'oldest'"]),
    ],
)
def test_an_alias_knows_where_it_is_written(lines: str, written: list[str]) -> None:
    text = f"---\nslug: new\n{lines}\n---\n"
    spans = [redirect.span for redirect in collection(new=lines).redirects.all]
    assert [text[span.start : span.end] for span in spans] == written


def test_a_number_of_an_older_system_has_an_address_in_the_locale_of_its_page() -> None:
    guides = collection(new="legacy_guide_number: g1374")
    found = guides.redirect_ends.get("fr/g1374/")
    assert found is not None
    assert found.target == "fr/emails/new/"
    assert guides.redirects.by_source["fr/g1374/"].implied
    assert guides.redirects.all == []


def test_what_is_no_number_has_no_address() -> None:
    redirects = collection(new="legacy_guide_number: about").redirects
    assert redirects.by_source == {}


def test_the_table_counts_before_a_number() -> None:
    ends = collection("/fr/g7/ /fr/\n", new="legacy_guide_number: 7").redirect_ends
    found = ends.get("fr/g7/")
    assert found is not None
    assert found.target == "fr/"


# What is wrong with them


def test_a_redirect_to_no_page_leads_nowhere() -> None:
    assert troubles("/fr/a/ /fr/nowhere/\n") == [("nowhere", "fr/a/", 0)]


def test_of_a_chain_that_leads_nowhere_the_last_step_is_wrong() -> None:
    table = "/fr/a/ /fr/b/\n/fr/b/ /fr/c/\n/fr/c/ /fr/nowhere/\n"
    assert troubles(table) == [("nowhere", "fr/c/", 0)]


def test_a_part_of_a_collection_does_not_know_what_leads_nowhere() -> None:
    assert troubles("/fr/a/ /fr/nowhere/\n", whole=False) == []


def test_a_redirect_to_itself_is_a_circle_of_one_step() -> None:
    assert troubles("/fr/a/ /fr/a/\n") == [("loop", "fr/a/", 1)]


def test_an_anchor_makes_no_way_out_of_a_circle() -> None:
    assert troubles("/fr/a/ /fr/a/#x\n") == [("loop", "fr/a/", 1)]


def test_a_circle_is_told_once_at_its_first_redirect() -> None:
    table = "/fr/a/ /fr/b/\n/fr/b/ /fr/c/\n/fr/c/ /fr/a/\n"
    assert troubles(table) == [("loop", "fr/a/", 3)]


def test_two_circles_are_told_each() -> None:
    table = "/fr/a/ /fr/b/\n/fr/c/ /fr/d/\n/fr/b/ /fr/a/\n/fr/d/ /fr/c/\n"
    assert troubles(table) == [("loop", "fr/a/", 2), ("loop", "fr/c/", 2)]


def test_a_way_into_a_circle_behind_it_is_not_told_again() -> None:
    table = "/fr/b/ /fr/c/\n/fr/c/ /fr/b/\n/fr/a/ /fr/b/\n"
    assert troubles(table) == [("loop", "fr/b/", 2)]


def test_a_redirect_away_from_a_page_hides_it() -> None:
    table = "/fr/emails/telephone/ /fr/emails/\n"
    assert troubles(table) == [("hides-page", PHONE, 0)]


def test_an_alias_that_is_the_own_address_hides_the_page() -> None:
    (trouble,) = collection(new="aliases: [new]").redirects.troubles()
    assert (trouble.kind, trouble.redirect.source) == ("hides-page", "fr/emails/new/")


def test_a_second_redirect_of_an_address_is_repeated() -> None:
    table = "/fr/a/ /fr/emails/\n/fr/a /fr/\n"
    assert troubles(table) == [("repeated", "fr/a/", 0)]


def test_an_alias_of_two_pages_is_repeated() -> None:
    (trouble,) = collection(one="aliases: [x]", two="aliases: [x]").redirects.troubles()
    assert (trouble.kind, trouble.redirect.path) == (
        "repeated",
        "mail/two/guide.fr-fr.md",
    )


@pytest.mark.parametrize(
    "line",
    [
        "/fr/* /fr/emails/",
        "/fr/:name/ /fr/emails/",
        "/fr/../../etc/ /fr/emails/",
        "/fr/%2e%2e/x/ /fr/emails/",
        "/fr/%00/ /fr/emails/",
        "https://example.com/fr/ /fr/emails/",
        "/ /fr/emails/",
        "/fr/a/ #x",
        "http://[::1 /fr/emails/",
        "/fr/a/ //[::1",
        "/fr/a/ ftp://[::1",
        "ftp://[::1 /fr/emails/",
    ],
)
def test_what_is_no_address_of_this_site_is_malformed(line: str) -> None:
    assert [kind for kind, _, _ in troubles(line)] == ["malformed"]


def test_a_wrong_line_is_no_redirect() -> None:
    redirects = collection("/fr/* /fr/emails/\n").redirects
    assert redirects.by_source == {}


def test_troubles_come_in_the_order_of_the_file() -> None:
    table = "/fr/c/ /fr/nowhere/\n/fr/b/ /fr/b/\n/fr/* /fr/\n/fr/emails/ /fr/\n/fr/c/ /fr/\n"
    kinds = [kind for kind, _, _ in troubles(table)]
    assert kinds == ["nowhere", "loop", "malformed", "hides-page", "repeated"]


def test_a_redirect_knows_where_it_is_written() -> None:
    text = "# moved\n/fr/a/ /fr/nowhere/\n"
    (trouble,) = collection(text).redirects.troubles()
    span = trouble.redirect.span
    assert (trouble.redirect.path, text[span.start : span.end]) == ("_redirects", "/fr/a/")


# Very many


def test_a_circle_of_very_many_steps_is_told_once() -> None:
    table = "".join(f"/{number}/ /{(number + 1) % LONG}/\n" for number in range(LONG))
    found: list[Trouble] = list(collection(table).redirects.troubles())
    assert [(t.kind, t.redirect.source, t.steps) for t in found] == [("loop", "0/", LONG)]


def test_a_long_chain_leads_to_its_end_from_everywhere() -> None:
    length = 50_000
    lines = [f"/{number}/ /{number + 1}/\n" for number in range(length)]
    guides = collection("".join([*lines, f"/{length}/ /fr/emails/\n"]))
    working = guides.redirect_ends
    assert len(working) == length + 1
    assert {end.target for end in working.values()} == {"fr/emails/"}
    assert list(guides.redirects.troubles()) == []
