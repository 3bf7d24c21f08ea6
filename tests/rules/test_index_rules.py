"""Rules about collections in the layout `index`: the index itself, its labels, the data of guides, addresses by key."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.rules import ALL_RULES, Rule
from balise.workspace.discovery import discover
from tests.helpers.checking import check_scope
from tests.helpers.command import balise, write_pages
from tests.helpers.support import ROOT, guides_in

SMALL = ROOT / "tests" / "layouts" / "index"
OF_THE_INDEX = [rule for rule in ALL_RULES if rule.layouts == {"index"}]
GUIDE = "---\ntitle: A guide\nexcerpt: It\nupdated: 2025-01-01\n---\n\n## It\n\nThis is it.\n"
INDEX = """\
+ Web
    + [Mail](products/mail)
        + [First steps](mail-first)
            + [Create an address](web/mail/create)
        + [Read mail](web/mail/read_mail)
"""
LABELS = "mail: Courriel\nmail-first: Premiers pas\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection of two guides in order, which is where the test runs."""
    files = {
        "pages/index.md": INDEX,
        "pages/index-translations.fr.yaml": LABELS,
        "pages/web/mail/create/guide.fr-fr.md": GUIDE,
        "pages/web/mail/create/guide.en-gb.md": GUIDE,
        "pages/web/mail/create/meta.yaml": "id: xxx\nfull_slug: mail-create\n",
        "pages/web/mail/read_mail/guide.fr-fr.md": GUIDE + "\nSee [it](/links/web/status).\n",
        "links/web/status": "- [fr-fr](https://status.example.org/)\n",
    }
    write_pages(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "pages/index.md") -> None:
    write_pages(Path(), {name: text})


def replace(old: str, new: str, name: str = "pages/index.md") -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert old in text
    write(text.replace(old, new), name)


def findings(*names: str) -> list[Finding]:
    """What rules about this layout find here, by default all of them."""
    guides = Path("pages").absolute()
    rules: list[Rule] = [rule() for rule in ALL_RULES if not names or rule.name in names]
    report = check_scope(discover([guides], guides_in(guides)), rules)
    assert report.crashes == []
    return list(report.findings)


def found(name: str) -> list[tuple[str, str]]:
    """The text at the place of each finding of a rule, and its message."""
    texts = []
    for finding in findings(name):
        text = SourceFile.from_bytes("", Path(finding.path).read_bytes()).text
        texts.append((text[finding.span.start : finding.span.end], finding.message))
    return texts


def only(name: str) -> tuple[str, str]:
    (one,) = found(name)
    return one


def fixed(name: str) -> Mapping[str, str]:
    """The files that differ after the fixes of a rule, by path."""
    files = [path for path in Path().rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    balise("check", "--select", name, "--fix", "--unsafe-fixes", "--no-cache", "pages", cwd=Path())
    return {
        path.as_posix(): path.read_text(encoding="utf-8")
        for path in files
        if path.read_bytes() != before[path]
    }


def test_a_collection_in_order_has_no_findings(folder: Path) -> None:
    assert findings() == []


def test_the_collection_of_the_tests_has_no_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(SMALL, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    on = [rule.name for rule in OF_THE_INDEX if rule.on_by_default]
    assert findings(*on) == []


@pytest.mark.parametrize("rule", OF_THE_INDEX, ids=lambda rule: rule.name)
def test_a_rule_about_the_index_does_not_run_elsewhere(rule: type[Rule], folder: Path) -> None:
    Path("pages/index-translations.fr.yaml").unlink()
    write(GUIDE, "pages/home.fr-fr.md")
    assert findings(rule.name) == []


@pytest.mark.parametrize("name", ["unknown-section", "orphan-page", "locale-without-home"])
def test_a_rule_about_pages_of_products_does_not_run_with_an_index(name: str, folder: Path) -> None:
    write(GUIDE.replace("updated", "section: None\nupdated"), "pages/alone/guide.fr-fr.md")
    assert findings(name) == []


def test_every_finding_is_at_a_file_that_is_there(folder: Path) -> None:
    write(GUIDE, "pages/products/mail/guide.fr-fr.md")
    write("/fr/products/mail/ /fr/\n", "pages/_redirects")
    places = [f.path for f in findings()] + [r.path for f in findings() for r in f.related]
    assert places
    assert [path for path in places if not Path(path).is_file()] == []


# broken-index-item


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("web/mail/read-mail", "web/mail/read_mail"),
        ("web/mail/Read_mail", "web/mail/read_mail"),
        ("web/mail/read_mail ", "web/mail/read_mail"),
        ("web/mail/read_mail/guide.fr-fr.md", "web/mail/read_mail"),
        ("/pages/web/read_mail", "web/mail/read_mail"),
        ("web/mail/read_mails", "web/mail/read_mail"),
    ],
)
def test_an_item_with_a_slip_in_its_folder_gets_the_one_meant(
    address: str, meant: str, folder: Path
) -> None:
    replace("web/mail/read_mail", address)
    place, message = only("broken-index-item")
    assert place == address
    assert message.endswith(f"; did you mean `{meant}`?")
    assert fixed("broken-index-item") == {"pages/index.md": INDEX}


def test_a_folder_that_is_like_no_other_is_only_told(folder: Path) -> None:
    replace("web/mail/read_mail", "cloud/nothing")
    message = "there is no folder `cloud/nothing`, so this item is in no list"
    assert only("broken-index-item") == ("cloud/nothing", message)


def test_a_folder_without_a_guide_is_told(folder: Path) -> None:
    replace("web/mail/read_mail", "web/mail")
    assert "the folder `web/mail` has no guide" in only("broken-index-item")[1]


def test_the_guide_that_was_meant_is_no_second_finding(folder: Path) -> None:
    replace("web/mail/read_mail", "web/mail/read-mail")
    assert [f.rule for f in findings()] == ["broken-index-item"]


@pytest.mark.parametrize("name", ["trailing ", "100%", "été", "a b"])
def test_a_folder_may_have_any_name(name: str, folder: Path) -> None:
    write(GUIDE, f"pages/web/{name}/guide.fr-fr.md")
    write(f"{INDEX}        + [It](web/{name})\n")
    assert findings() == []


# malformed-index-address


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/pages/web/mail/read_mail", "web/mail/read_mail"),
        ("../web/mail/read_mail", "web/mail/read_mail"),
        ("web/mail/read_mail/", "web/mail/read_mail"),
        ("/products/mail", "products/mail"),
        ("mail-first/", "mail-first"),
        ("mail-first ", "mail-first"),
    ],
)
def test_what_stands_around_an_address_is_taken_off(written: str, meant: str, folder: Path) -> None:
    replace(f"({meant})", f"({written})")
    assert only("malformed-index-address")[0] == written
    assert fixed("malformed-index-address") == {"pages/index.md": INDEX}


# ambiguous-index-ref


def test_a_name_of_two_sections_is_one_finding_with_both_places(folder: Path) -> None:
    write(f"{INDEX}        + [Settings](mail-first)\n")
    place, message = only("ambiguous-index-ref")
    assert place == "mail-first"
    assert message.startswith("`mail-first` stands for “First steps” and “Settings”")
    (finding,) = findings("ambiguous-index-ref")
    assert [related.message for related in finding.related] == ["“First steps”"]


def test_the_labels_of_a_guide_in_several_places_may_differ(folder: Path) -> None:
    write(f"{INDEX}        + [Other](mail-other)\n            + [New](web/mail/create)\n")
    assert found("ambiguous-index-ref") == found("repeated-index-item") == []


# repeated-index-item


def test_a_guide_twice_in_one_place_is_told_and_its_line_removed(folder: Path) -> None:
    write(f"{INDEX}        + [Reading](web/mail/read_mail)\n")
    place, message = only("repeated-index-item")
    assert place == "Reading"
    assert message == "this item is there already, on line 5, and readers see it once"
    assert fixed("repeated-index-item") == {"pages/index.md": INDEX}


# misplaced-index-item


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ("            + [P](products/p)", "products/p", "“Mail first” is one"),
        ("            + P", "P", "this item has no address"),
        ("            + [P](products/p", "[P](products/p", "the link of this item is not complete"),
        ("+ [P](products/p)", "products/p", "an item of the first level is a universe"),
    ],
)
def test_an_item_in_a_wrong_place_is_told(
    lines: str, place: str, message: str, folder: Path
) -> None:
    write(f"{INDEX}        + [Mail first](mail-first)\n{lines}\n")
    there, told = only("misplaced-index-item")
    assert there == place
    assert message in told


def test_an_item_in_a_guide_is_told(folder: Path) -> None:
    write(f"{INDEX}            + [In it](web/mail/create)\n")
    assert "stands in the guide “Read mail”" in only("misplaced-index-item")[1]


@pytest.mark.parametrize(
    ("products", "way"),
    [
        (["mail", "p", "mail"], "“mail” stands in “p”, which stands in “mail”"),
        (["p", "p"], "“p” stands in “p”"),
    ],
)
def test_a_circle_of_products_is_one_finding(products: list[str], way: str, folder: Path) -> None:
    lines = [f"{'    ' * (n + 1)}+ [{p}](products/{p})\n" for n, p in enumerate(products)]
    write(INDEX + "".join(lines))
    assert only("misplaced-index-item")[1] == f"a product cannot stand in itself: {way}"


# unlisted-guide


def test_a_guide_that_no_item_leads_to_is_told_once(folder: Path) -> None:
    replace("            + [Create an address](web/mail/create)\n", "")
    (finding,) = findings("unlisted-guide")
    assert finding.path == "pages/web/mail/create/guide.fr-fr.md"
    assert finding.message == "this guide stands in no place of `index.md`, so it is in no list"


def test_its_data_say_where_it_belongs(folder: Path) -> None:
    replace("            + [Create an address](web/mail/create)\n", "")
    write("reference_category: mail-first\n", "pages/web/mail/create/meta.yaml")
    assert only("unlisted-guide")[1].endswith("it belongs to “First steps”")


def test_a_hidden_guide_is_meant_to_be_in_no_list(folder: Path) -> None:
    replace("            + [Create an address](web/mail/create)\n", "")
    write("flag: hidden\n", "pages/web/mail/create/meta.yaml")
    assert found("unlisted-guide") == []


def test_an_index_without_guides_is_one_finding(folder: Path) -> None:
    write("")
    (finding,) = findings("unlisted-guide")
    assert finding.path == "pages/index.md"
    assert "no list has any of 2 guides" in finding.message


@pytest.mark.parametrize("name", ["products/x", "alone"])
def test_a_folder_that_no_item_can_lead_to_is_told(name: str, folder: Path) -> None:
    write(GUIDE, f"pages/{name}/guide.fr-fr.md")
    assert "can lead to" in only("unlisted-guide")[1]


# unpublished-index-item


def test_a_guide_at_the_address_of_a_product_is_told_at_the_item(folder: Path) -> None:
    write(GUIDE, "pages/products/mail/guide.fr-fr.md")
    (finding,) = findings("unpublished-index-item", "unlisted-guide", "duplicate-url")
    assert (finding.rule, finding.path) == ("unpublished-index-item", "pages/index.md")
    assert [r.path for r in finding.related] == ["pages/products/mail/guide.fr-fr.md"]


# unused-label, missing-label


def test_labels_without_an_item_and_empty_ones_are_one_finding(folder: Path) -> None:
    write(f"{LABELS}a: A\nb: B\nc: C\nd: D\nmail:\n".replace("mail: Courriel\n", ""), FRENCH)
    place, message = only("unused-label")
    unknown = "4 labels belong to no item of `index.md`: `a`, `b`, `c` and 1 more"
    assert (place, message) == ("a", f"{unknown}; 1 label is empty: `mail`")


FRENCH = "pages/index-translations.fr.yaml"


def test_a_label_with_a_slip_in_its_name_is_renamed(folder: Path) -> None:
    replace("mail-first:", "mail-firsts:", FRENCH)
    assert only("unused-label")[1].endswith("; did you mean `mail-first`?")
    assert fixed("unused-label") == {FRENCH: LABELS}


def test_labels_that_are_missing_are_one_finding_a_file(folder: Path) -> None:
    write("other: Autre\n", FRENCH)
    assert only("missing-label")[1] == (
        "2 labels of `index.md` are not here, so readers see the English one: `mail`, `mail-first`"
    )


# unknown-meta-key, invalid-meta-value, duplicate-meta-value

META = "pages/web/mail/create/meta.yaml"
UUID = "54fab241-7d1c-41b3-8c1a-4946cf80dad7"


def test_a_misspelt_key_is_renamed(folder: Path) -> None:
    write("flags: hidden\n", META)
    assert only("unknown-meta-key")[0] == "flags"
    assert fixed("unknown-meta-key") == {META: "flag: hidden\n"}


def test_a_list_without_meaning_is_one_finding(folder: Path) -> None:
    write("owners:\n- a\n- b\ndisable_languages:\n- fr-ca\n", META)
    assert only("unknown-meta-key")[1].startswith("`owners` is not a key")


@pytest.mark.parametrize("slug", ["startup-program-", "-a", "a--b", "A", "a b", "a/b"])
def test_a_public_address_that_is_not_finished_is_told(slug: str, folder: Path) -> None:
    write(f"full_slug: {slug}\n", META)
    assert only("invalid-meta-value")[0] == slug


def test_another_flag_than_hidden_is_told(folder: Path) -> None:
    write("flag: Hidden\n", META)
    assert only("invalid-meta-value")[0] == "Hidden"
    assert fixed("invalid-meta-value") == {META: "flag: hidden\n"}


@pytest.mark.parametrize("text", ["", "id: 42\nfull_slug: 2023\n", "id:\nflag:\n", "id: xxx\n"])
def test_values_that_say_nothing_are_fine(text: str, folder: Path) -> None:
    for guide in ("create", "read_mail"):
        write(text.replace("2023", guide.replace("_", "-")), f"pages/web/mail/{guide}/meta.yaml")
    assert findings() == []


def test_a_copied_file_is_one_finding(folder: Path) -> None:
    for guide, key in (("create", UUID), ("read_mail", UUID.upper())):
        write(f"id: {key}\nfull_slug: one\n", f"pages/web/mail/{guide}/meta.yaml")
    assert only("duplicate-meta-value")[1] == (
        "`web/mail/create` has this `id` and `full_slug` as well, so it is taken for the same guide"
    )


def test_one_public_address_of_two_languages_is_no_clash(folder: Path) -> None:
    write(GUIDE, "pages/web/mail/german/guide.de-de.md")
    for guide in ("german", "read_mail"):
        write("full_slug: one\n", f"pages/web/mail/{guide}/meta.yaml")
    assert found("duplicate-meta-value") == []


# unknown-reference-category


@pytest.mark.parametrize("name", ["mail-first", "mail"])
def test_any_place_around_a_guide_may_be_its_own(name: str, folder: Path) -> None:
    write(f"reference_category: {name}\n", META)
    assert findings() == []


@pytest.mark.parametrize("name", ["products/mail", "nothing", "other"])
def test_another_place_becomes_the_only_one_that_there_is(name: str, folder: Path) -> None:
    write(f"{INDEX}    + [Other](products/other)\n        + [R](web/mail/read_mail)\n")
    write(f"reference_category: {name}\n", META)
    assert only("unknown-reference-category")[0] == name
    assert fixed("unknown-reference-category") == {META: "reference_category: mail-first\n"}


# malformed-keyed-address, unused-link-key, repeated-data-key

KEY = "links/web/status"


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("www.example.org/a", "https://www.example.org/a"),
        ("//example.org", "https://example.org"),
        ("https//example.org/", "https://example.org/"),
        ("http:/example.org/", "http://example.org/"),
        ("/pages/a", ""),
        ("https://", ""),
    ],
)
def test_an_address_that_is_not_whole_is_one_finding_a_file(
    address: str, meant: str, folder: Path
) -> None:
    write(f"- [fr-fr]({address})\n- [en-gb]({address})\n", KEY)
    assert only("malformed-keyed-address")[0] == address
    text = f"- [fr-fr]({meant})\n- [en-gb]({meant})\n"
    assert fixed("malformed-keyed-address") == ({KEY: text} if meant else {})


def test_keys_that_no_page_links_to_are_one_finding(folder: Path) -> None:
    for key in "abcde":
        write(f"- [en-in](https://{key}.example.org/)\n", f"links/{key}")
    (finding,) = findings("unused-link-key")
    assert finding.message == "no page links to them: 5 keys of `links`, `a`, `b`, `c` and 2 more"
    assert len(finding.related) == 4


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (FRENCH, f"{LABELS}mail: Encore\n", "mail"),
        (META, "id: a\nid: b\n", "id"),
        (KEY, "- [fr-fr](https://a.example.org/)\n- [FR-fr](https://b.example.org/)\n", "FR-fr"),
    ],
)
def test_a_name_that_is_there_twice_is_told(name: str, text: str, place: str, folder: Path) -> None:
    write(text, name)
    assert only("repeated-data-key")[0] == place


# Files that nobody writes on purpose


def hostile() -> Iterator[tuple[str, str, bytes, list[str]]]:
    many = "".join(f"        + [G](web/mail/create{n})\n" for n in range(2000))
    bomb = "a: &a [x]\n" + "".join(f"{c}: [*a, *a, *a]\n" for c in "bcd")
    told = ["invalid-data-file"]
    yield "tabs", "pages/index.md", INDEX.replace("    ", "\t").encode(), []
    yield "CRLF", "pages/index.md", INDEX.replace("\n", "\r\n").encode(), []
    yield "a byte order mark", "pages/index.md", b"\xef\xbb\xbf" + INDEX.encode(), []
    yield "half an item", "pages/index.md", f"{INDEX}    + \n    +\n+".encode(), []
    deep = "".join(f"{'    ' * n}+ [S](s{n})\n" for n in range(2, 500))
    yield "deep", "pages/index.md", (INDEX + deep).encode(), told
    yield "no plus", "pages/index.md", f"{INDEX}    - [a](b)\n- [c](d)\n".encode(), told
    yield "many", "pages/index.md", (INDEX + many).encode(), ["broken-index-item"] * 2000
    yield "a list", FRENCH, b"- a\n- b\n", told
    yield "a bomb", FRENCH, bomb.encode(), told
    yield "a scalar", FRENCH, b"text", told
    yield "binary", KEY, bytes(range(256)) * 40, ["invalid-data-file"]
    yield (
        "the same many times",
        "links/big",
        b"- [fr-fr](https://a.example.org/)\n" * 3,
        ["repeated-data-key"] * 2,
    )


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in hostile()],
)
def test_a_file_that_nobody_writes_on_purpose(
    name: str, text: bytes, expected: list[str], folder: Path
) -> None:
    Path(name).write_bytes(text)
    others = ("missing-label", "unused-link-key", "unresolved-link")
    assert sorted({f.rule for f in findings()} - {*others}) == sorted({*expected})
    names = [f.rule for f in findings(*expected)] if expected else []
    assert sorted(names) == sorted(expected)


def test_a_key_may_be_a_folder(folder: Path) -> None:
    Path(KEY).rename("links/web/old")
    write("- [fr-fr](https://a.example.org/)\n", f"{KEY}/now")
    assert [f.rule for f in findings("unused-link-key", "invalid-data-file")] == ["unused-link-key"]


def test_a_data_file_with_bytes_that_are_no_text_is_not_written(folder: Path) -> None:
    Path(META).write_bytes(b"flags: hidden\nbanner: \xff\n")
    assert only("unknown-meta-key")[0] == "flags"
    before = Path(META).read_bytes()
    balise("check", "--select", "unknown-meta-key", "--fix", "--unsafe-fixes", "pages", cwd=folder)
    assert Path(META).read_bytes() == before
