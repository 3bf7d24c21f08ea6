"""A guide, product, universe or picture moves: its readers and all that names it find it as before."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.base.source import apply_edits
from balise.refactor.model import Refactoring
from balise.refactor.move import move, move_files
from tests.helpers.collections import opened, page
from tests.helpers.renames import write

SITE = "https://docs.ovh.com"
SETUP, LIMITS = "web/mail/setup/guide.en-gb.md", "web/mail/limits/guide.en-gb.md"
TREE = {
    "home.en-gb.md": page("Home"),
    "home.fr-fr.md": page("Accueil"),
    "web/universe.en-gb.md": page("Web", "", "slug: web"),
    "web/mail/product.en-gb.md": page("Mail", "[a](setup/guide.en-gb.md)", "slug: emails"),
    "web/mail/product.fr-fr.md": page("Courriel", "", "slug: emails"),
    "web/dns/product.en-gb.md": page("DNS", "", "slug: domains"),
    "web/dns/zone/guide.en-gb.md": page("Zone", "", "slug: zone"),
    SETUP: page(
        "Set up", "## Here\n\n![a](images/a.png)\n\n[l](../limits/guide.en-gb.md)\n", "slug: setup"
    ),
    "web/mail/setup/guide.fr-fr.md": page("Configurer", "![a](images/a.png)", "slug: configurer"),
    "web/mail/setup/images/a.png": "a",
    "web/mail/setup/images/fr.png": "fr",
    LIMITS: page("Limits", "", "slug: limits"),
}


def moved(
    folder: Path,
    old: str,
    new: str,
    locales: Sequence[str] = (),
    files: dict[str, str] | None = None,
) -> Refactoring:
    """Move something in a small collection on disk."""
    with opened(folder, files or {}) as workspace:
        found = move(workspace, f"{folder}/{old}", f"{folder}/{new}", locales)
        write(found, workspace)
    return found


def text(folder: Path, name: str) -> str:
    return (folder / name).read_bytes().decode()


def names(folder: Path) -> set[str]:
    files = (f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())
    return {name for name in files if not name.startswith(".")}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    opened(tmp_path, TREE).close()
    return tmp_path


# How links are written


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[a](../setup/guide.en-gb.md)", "[a](../../dns/start/guide.en-gb.md)"),
        ("[a](../setup/guide.en-gb.md#here)", "[a](../../dns/start/guide.en-gb.md#here)"),
        ("[a](../../mail/setup/guide.en-gb.md)", "[a](../../../web/dns/start/guide.en-gb.md)"),
        ("[a]({filename}../setup/guide.en-gb.md)", "[a]({filename}../../dns/start/guide.en-gb.md)"),
        ("[a](/web/mail/setup/guide.en-gb.md)", "[a](/web/dns/start/guide.en-gb.md)"),
        ("[a](/pages/web/mail/setup#here)", "[a](/pages/web/dns/start#here)"),
        (f"[a]({SITE}/gb/en/emails/setup/)", f"[a]({SITE}/gb/en/domains/setup/)"),
        (f"[a]({SITE}/gb/en/emails/setup)", f"[a]({SITE}/gb/en/domains/setup)"),
        ("[a](http://docs.ovh.com/gb/en/emails/setup/?x=1#here)", "[a](http://docs.ovh.com/gb/en/domains/setup/?x=1#here)"),
        (f"<{SITE}/gb/en/emails/setup/>", f"<{SITE}/gb/en/domains/setup/>"),
        ("[a](../setup/)", "[a](../../domains/setup/)"),
        ('[a](<../setup/guide.en-gb.md> "title")', '[a](<../../dns/start/guide.en-gb.md> "title")'),
        ("<a href='../setup/guide.en-gb.md#here'>x</a>", "<a href='../../dns/start/guide.en-gb.md#here'>x</a>"),
        ("![a](../setup/images/a.png)", "![a](../../dns/start/images/a.png)"),
        ("![a](/pages/web/mail/setup/images/a.png)", "![a](/pages/web/dns/start/images/a.png)"),
        ('<img src="../setup/images/a.png">', '<img src="../../dns/start/images/a.png">'),
        ("{!> web/mail/setup/guide.en-gb.md !}", "{!> web/dns/start/guide.en-gb.md !}"),
    ],
)  # fmt: skip
def test_a_link_keeps_the_form_of_its_author(tree: Path, written: str, after: str) -> None:
    files = {LIMITS: page("Limits", written, "slug: limits")}
    moved(tree, "web/mail/setup", "web/dns/start", files=files)
    assert text(tree, LIMITS) == page("Limits", after, "slug: limits")


@pytest.mark.parametrize(
    "written",
    [
        "[a]({legacy}12)",
        "[a](#here)",
        "[a](https://example.com/setup/)",
        "[a](../nowhere/guide.en-gb.md)",
        f"[a]({SITE}/gb/en/emails/limits/)",
        "`../setup/guide.en-gb.md`",
    ],
)
def test_what_means_the_same_or_nothing_is_left_as_it_is(tree: Path, written: str) -> None:
    number = {SETUP: page("Set up", "", "slug: setup", "legacy_guide_number: 12")}
    moved(
        tree, "web/mail/setup", "web/dns/start", files={LIMITS: page("Limits", written), **number}
    )
    assert text(tree, LIMITS) == page("Limits", written)


def test_links_of_the_page_that_moves_follow(tree: Path) -> None:
    moved(tree, "web/mail/setup", "web/dns/deep/start")
    assert "[l](../../../mail/limits/guide.en-gb.md)" in text(
        tree, "web/dns/deep/start/guide.en-gb.md"
    )
    assert "![a](images/a.png)" in text(tree, "web/dns/deep/start/guide.en-gb.md")


def test_a_rename_that_keeps_the_address_writes_nothing_but_paths(tree: Path) -> None:
    link = f"[a]({SITE}/gb/en/emails/setup/) [b](../setup/guide.en-gb.md)"
    found = moved(tree, "web/mail/setup", "web/mail/start", files={LIMITS: page("L", link)})
    assert text(tree, LIMITS) == page("L", link.replace("../setup/", "../start/"))
    assert sum(map(len, found.edits.values())) == 2  # and that on the product's page


@pytest.mark.parametrize(
    ("name", "written"),
    [("c#", "c%23"), ("50%", "50%25"), ("été", "%C3%A9t%C3%A9"), ("a b", "a%20b"), ("a&amp;b", "a%26amp;b"),
     ("it's", "it%27s"), ("(x)", "%28x%29"), ("a+b", "a+b")],
)  # fmt: skip
def test_a_name_of_any_characters_is_escaped_where_it_is_linked(
    tree: Path, name: str, written: str
) -> None:
    link = "[a](../setup/guide.en-gb.md) ![x](../setup/images/a.png)"
    moved(tree, "web/mail/setup", f"web/mail/{name}", files={LIMITS: page("L", link)})
    assert text(tree, LIMITS) == page("L", link.replace("/setup/", f"/{written}/"))
    moved(tree, f"web/mail/{name}", "web/mail/setup")
    assert text(tree, LIMITS) == page("L", link)


# What moves


def test_all_that_is_in_the_folder_of_a_guide_goes_along(tree: Path) -> None:
    moved(tree, "web/mail/setup", "web/mail/start", files={"web/mail/setup/more/notes.txt": ""})
    assert {name for name in names(tree) if "start" in name} == {
        "web/mail/start/guide.en-gb.md",
        "web/mail/start/guide.fr-fr.md",
        "web/mail/start/images/a.png",
        "web/mail/start/images/fr.png",
        "web/mail/start/more/notes.txt",
    }
    assert not (tree / "web/mail/setup").exists()


def test_a_page_stands_for_its_guide_in_all_locales(tree: Path) -> None:
    moved(tree, SETUP, "web/mail/start/guide.en-gb.md")
    assert (tree / "web/mail/start/guide.fr-fr.md").exists()


def test_of_one_locale_its_page_moves_with_the_pictures_that_no_other_has(tree: Path) -> None:
    french = page("Configurer", "![a](images/a.png) ![b](images/fr.png)", "slug: configurer")
    moved(
        tree,
        "web/mail/setup",
        "web/mail/start",
        ["fr-fr"],
        {"web/mail/setup/guide.fr-fr.md": french},
    )
    assert {name for name in names(tree) if "start" in name} == {
        "web/mail/start/guide.fr-fr.md",
        "web/mail/start/images/fr.png",
    }
    after = french.replace("images/a.png", "../setup/images/a.png")
    assert text(tree, "web/mail/start/guide.fr-fr.md") == after
    moved(tree, "web/mail/start", "web/mail/setup")
    assert text(tree, "web/mail/setup/guide.fr-fr.md") == french


def test_a_picture_is_followed_by_all_pages(tree: Path) -> None:
    moved(tree, "web/mail/setup/images/a.png", "web/mail/setup/images/first step.png")
    assert "![a](images/first%20step.png)" in text(tree, SETUP)
    assert "![a](images/first%20step.png)" in text(tree, "web/mail/setup/guide.fr-fr.md")


def test_the_slip_of_an_author_stays_what_it_is(tree: Path) -> None:
    link = {LIMITS: page("L", "![a](../setup/images/a.jpg) ![b](../setup/images/FR.png)")}
    moved(tree, "web/mail/setup", "web/mail/start", files=link)
    assert text(tree, LIMITS) == link[LIMITS].replace("setup", "start")
    moved(tree, "web/mail/start/images/a.png", "web/mail/start/images/first.png")
    assert "![a](../start/images/first.jpg)" in text(tree, LIMITS)


def test_the_picture_of_a_product_is_followed_in_its_front_matter(tree: Path) -> None:
    product = {"web/mail/product.en-gb.md": page("Mail", "", "slug: emails", "img: logo.png")}
    moved(
        tree,
        "web/mail/logo.png",
        "web/mail/images/mark.png",
        files={**product, "web/mail/logo.png": ""},
    )
    assert "img: mark.png\n" in text(tree, "web/mail/product.en-gb.md")


def test_a_product_moves_with_its_guides(tree: Path) -> None:
    link = {"web/dns/zone/guide.en-gb.md": page("Zone", "[a](../../mail/setup/guide.en-gb.md)")}
    moved(tree, "web/mail", "web/courriel", files=link)
    assert "[a](../../courriel/setup/guide.en-gb.md)" in text(tree, "web/dns/zone/guide.en-gb.md")
    assert text(tree, "web/courriel/setup/guide.en-gb.md") == TREE[SETUP]


def test_exactly_the_files_that_an_editor_names_move(tree: Path) -> None:
    with opened(tree) as workspace:
        found = move_files(workspace, {f"{tree}/{SETUP}": f"{tree}/web/mail/start/guide.en-gb.md"})
    assert found.moves == {f"{tree}/{SETUP}": f"{tree}/web/mail/start/guide.en-gb.md"}
    after = apply_edits(TREE[SETUP], found.edits[f"{tree}/{SETUP}"])
    assert "![a](../setup/images/a.png)" in after


def test_a_canonical_address_follows(tree: Path) -> None:
    copy = page("Copy", "", "routes:", "  canonical: '/pages/web/mail/setup'")
    moved(tree, "web/mail/setup", "web/mail/start", files={LIMITS: copy})
    assert text(tree, LIMITS) == copy.replace("setup", "start")


# Old addresses


def test_an_address_that_was_public_leads_on_by_an_alias(tree: Path) -> None:
    moved(tree, "web/mail/setup", "web/dns/setup")
    assert "aliases: /gb/en/emails/setup/\nslug: setup\n" in text(
        tree, "web/dns/setup/guide.en-gb.md"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aliases: old", "aliases: old, /gb/en/emails/old/, /gb/en/emails/setup/"),
        ("aliases: [/x/]", "aliases: [/x/, /gb/en/emails/setup/]"),
        ("aliases:\n  - /x/", "aliases:\n  - /x/\n  - /gb/en/emails/setup/"),
        ('aliases: "/x/"', 'aliases: "/x/, /gb/en/emails/setup/"'),
    ],
)
def test_aliases_are_written_as_those_that_are_there(tree: Path, before: str, after: str) -> None:
    files = {SETUP: page("Set up", "", "slug: setup", before)}
    moved(tree, "web/mail/setup", "web/dns/setup", files=files)
    assert text(tree, "web/dns/setup/guide.en-gb.md") == page("Set up", "", "slug: setup", after)


def test_the_way_back_takes_off_the_alias_that_is_the_address_again(tree: Path) -> None:
    moved(tree, "web/mail/setup", "web/dns/setup")
    moved(tree, "web/dns/setup", "web/mail/setup")
    assert "aliases: /gb/en/domains/setup/\n" in text(tree, SETUP)


def test_where_there_is_a_table_of_redirects_it_has_the_old_addresses(tree: Path) -> None:
    table = "# old\n/x/ /gb/en/emails/setup/\n"
    moved(tree, "web/mail/setup", "web/dns/setup", files={"_redirects": table})
    assert text(tree, "_redirects") == (
        "# old\n/x/ /gb/en/domains/setup/\n"
        "/fr/emails/configurer/ /fr/domains/configurer/\n"
        "/gb/en/emails/setup/ /gb/en/domains/setup/\n"
    )


def test_addresses_by_key_and_folders_of_facts_follow(tree: Path) -> None:
    files = {
        "links.yml": f'setup:\n  en-gb: "{SITE}/gb/en/emails/setup/#here"\n  default: https://example.com/\n',
        "facts.yml": "mail:\n  pages: [web/mail/setup, web/dns]\n",
    }
    moved(tree, "web/mail/setup", "web/dns/start", files=files)
    assert text(tree, "links.yml") == files["links.yml"].replace("emails/setup", "domains/setup")
    assert text(tree, "facts.yml") == files["facts.yml"].replace("web/mail/setup", "web/dns/start")


# What cannot be


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("web/mail/setup", "web/mail/limits", "web/mail/limits/guide.en-gb.md: is there already"),
        ("web/mail/setup", "web/mail/setup", "old and new are the same"),
        ("web/mail", "web/mail/deep/mail", "cannot move into itself"),
        ("web/mail/setup", "../setup", "lies outside of the collection"),
        ("web/mail/setpu", "web/mail/start", "web/mail/setup`?"),
        (SETUP, "web/mail/start/guide.md", "is no name of a page, such as guide.en-gb.md"),
        (SETUP, "web/mail/start/product.en-gb.md", "is no name of a guide"),
        ("home.en-gb.md", "web/home.en-gb.md", "stays where it is"),
        ("web/mail/setup", "web/.hidden/setup", "is hidden"),
        ("_redirects", "web/_redirects", "is a data file"),
        ("web/mail/setup", "web/mail/setup ", "begins or ends in a blank"),
        ("web/mail/setup", f"web/mail/{'x' * 300}", "too long"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(tree: Path, old: str, new: str, said: str) -> None:
    with opened(tree, {"_redirects": ""}) as workspace, pytest.raises(UserError) as raised:
        move(
            workspace,
            f"{tree}/{old}",
            str(tree.parent / "setup") if new[:2] == ".." else f"{tree}/{new}",
        )
    assert said in str(raised.value)
    assert len(raised.value.lines) == 1


def test_a_locale_that_is_not_there_is_named_with_those_that_are(tree: Path) -> None:
    with opened(tree) as workspace, pytest.raises(UserError, match=r"de-de; there is en-gb, fr-fr"):
        move(workspace, f"{tree}/web/mail/setup", f"{tree}/web/mail/start", ["de-de"])


def test_two_pages_never_get_the_same_address(tree: Path) -> None:
    files = {"web/dns/other/guide.en-gb.md": page("Other", "", "slug: setup")}
    with opened(tree, files) as workspace, pytest.raises(UserError, match="another slug first"):
        move(workspace, f"{tree}/web/mail/setup", f"{tree}/web/dns/setup")


def test_a_name_in_another_case_is_another_name(tree: Path) -> None:
    moved(tree, "web/mail/setup", "web/mail/Setup")
    assert "[a](Setup/guide.en-gb.md)" in text(tree, "web/mail/product.en-gb.md")


def test_a_page_that_no_product_lists_any_more_is_told(tree: Path) -> None:
    found = moved(tree, "web/mail/setup", "web/dns/setup")
    assert [note.message for note in found.notes] == [
        "no product above has a page in fr-fr, so none lists it any more"
    ]


def test_a_page_that_is_not_utf_8_is_left_as_it_is_and_told(tree: Path) -> None:
    (tree / LIMITS).write_bytes(b"---\ntitle: L\n---\n\n\xff [a](../setup/guide.en-gb.md)\n")
    found = moved(tree, "web/mail/setup", "web/mail/start")
    assert b"\xff [a](../setup/guide.en-gb.md)" in (tree / LIMITS).read_bytes()
    assert any("cannot be read as UTF-8" in note.message for note in found.notes)


def test_a_page_can_get_another_locale(tree: Path) -> None:
    moved(tree, "web/mail/setup/guide.fr-fr.md", "web/mail/setup/guide.fr-ca.md")
    assert {name for name in names(tree) if "setup/guide" in name} == {
        SETUP,
        "web/mail/setup/guide.fr-ca.md",
    }


def test_an_address_in_a_definition_is_told_and_left_to_people(tree: Path) -> None:
    text_of = page("L", "[a][x]\n\n[x]: ../setup/guide.en-gb.md")
    found = moved(tree, "web/mail/setup", "web/mail/start", files={LIMITS: text_of})
    assert text(tree, LIMITS) == text_of
    assert ["write `../start/guide.en-gb.md` there" in note.message for note in found.notes] == [
        True
    ]


def test_pages_of_plain_markdown_move_one_by_one(tmp_path: Path) -> None:
    files = {
        "README.md": "# Start\n\n[a](docs/usage.md#run) [b](docs/) ![p](docs/p.png)\n",
        "docs/index.md": "# Docs\n\n[u](usage.md) [h](../README.md)\n",
        "docs/usage.md": "# Usage\n\n## Run\n\n![p](p.png) [i](index.md)\n",
        "docs/p.png": "",
    }
    with opened(tmp_path, files) as workspace:
        found = move(workspace, f"{tmp_path}/docs/usage.md", f"{tmp_path}/docs/more/use.md")
        write(found, workspace)
    assert text(tmp_path, "README.md") == files["README.md"].replace("usage.md", "more/use.md")
    assert text(tmp_path, "docs/index.md") == files["docs/index.md"].replace(
        "usage.md", "more/use.md"
    )
    assert "![p](../p.png) [i](../index.md)" in text(tmp_path, "docs/more/use.md")
