"""What a link means."""

import pytest

from balise.collection import Collection, Target, resolve
from balise.document import read_document
from balise.source import SourceFile

PAGES = {
    "pages/home.fr-fr.md": "# Accueil\n",
    "pages/mail/product.fr-fr.md": "---\nslug: emails\n---\n",
    "pages/mail/product.en-gb.md": "---\nslug: emails\n---\n",
    "pages/mail/phone/guide.fr-fr.md": "---\nslug: telephone\n---\n\n## Réglages\n\n### Fin\n",
    "pages/mail/phone/guide.en-gb.md": "---\nslug: phone\n---\n\n## Settings\n\n### End\n",
    "pages/mail/my box/guide.fr-fr.md": "---\nslug: boîte\n---\n\n## Été\n",
}
HERE = "pages/mail/phone/guide.fr-fr.md"
PHONE = "pages/mail/phone/guide"
FILES = ("pages/mail/phone/images/1.png", "pages/mail/phone/files/my file.pdf")
COLLECTION = Collection(
    "pages", [read_document(SourceFile(path, text)) for path, text in PAGES.items()], FILES
)


def meant(href: str, path: str = HERE) -> Target:
    return resolve(href, COLLECTION.documents[path], COLLECTION)


@pytest.mark.parametrize("href", ["#reglages", "./#reglages", ".#reglages"])
def test_an_anchor_alone_is_on_the_page_itself(href: str) -> None:
    assert meant(href) == Target("page", HERE, "reglages")


def test_nothing_at_all_is_the_page_itself() -> None:
    assert meant("") == Target("page", HERE)


def test_an_anchor_of_an_older_system_becomes_the_id_of_today() -> None:
    assert meant("#reglages_partie_1_fin").fragment == "fin"


def test_an_anchor_of_the_original_becomes_the_id_of_the_translation() -> None:
    assert meant("#reglages_partie_1_fin", f"{PHONE}.en-gb.md").fragment == "end"


def test_an_anchor_that_is_not_there_stays_as_it_is() -> None:
    assert meant("#nowhere") == Target("page", HERE, "nowhere")


def test_an_anchor_is_decoded() -> None:
    assert meant("#r%C3%A9glages").fragment == "reglages"


@pytest.mark.parametrize(
    "href",
    [
        "../phone/guide.en-gb.md",
        "guide.en-gb.md",
        "{filename}guide.en-gb.md",
        "%7Bfilename%7Dguide.en-gb.md",
        "{filename}../phone/guide.en-gb.md",
    ],
)
def test_a_file_beside_the_page_is_that_page(href: str) -> None:
    assert meant(href) == Target("page", f"{PHONE}.en-gb.md")


def test_a_file_with_an_anchor() -> None:
    assert meant("guide.en-gb.md#end") == Target("page", f"{PHONE}.en-gb.md", "end")


def test_a_file_in_a_folder_with_a_blank() -> None:
    path = "pages/mail/my box/guide.fr-fr.md"
    assert meant("../my%20box/guide.fr-fr.md#ete") == Target("page", path, "ete")


@pytest.mark.parametrize(
    "href",
    [
        "https://docs.ovh.com/gb/en/emails/phone/",
        "https://docs.ovh.com/gb/en/emails/phone",
        "https://docs.ovh.com/gb/en/emails/phone/?a=b",
        "https://docs.ovh.com/gb/en/emails/phone/#end",
    ],
)
def test_the_published_site_is_this_collection(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.path) == ("page", f"{PHONE}.en-gb.md")


def test_a_home_is_found_by_its_address() -> None:
    assert meant("https://docs.ovh.com/fr/") == Target("page", "pages/home.fr-fr.md")


def test_a_published_address_beside_the_page_is_that_page() -> None:
    path = "pages/mail/my box/guide.fr-fr.md"
    assert meant("../telephone/#fin", path) == Target("page", HERE, "fin")


def test_a_published_address_with_an_accent() -> None:
    path = "pages/mail/my box/guide.fr-fr.md"
    assert meant("../bo%C3%AEte/") == Target("page", path)


def test_a_picture_is_a_file() -> None:
    assert meant("images/1.png") == Target("file", FILES[0])
    assert meant("{attach}images/1.png") == Target("file", FILES[0])


def test_a_file_with_a_blank() -> None:
    assert meant("files/my%20file.pdf") == Target("file", FILES[1])


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com/",
        "http://example.com/guide.fr-fr.md",
        "https://docs.ovh.com.example.com/fr/",
        "https://www.ovh.com/manager/",
    ],
)
def test_another_site_is_another_site(href: str) -> None:
    assert meant(href).kind == "external"


@pytest.mark.parametrize(
    "href",
    [
        "guide.de-de.md",
        "../nowhere/",
        "images/2.png",
        "mailto:someone@example.com",
        "../../../../etc/passwd",
        "http://[::1",
        "%7Blegacy%7D1",
    ],
)
def test_what_nobody_knows_is_unknown(href: str) -> None:
    assert meant(href).kind == "unknown"


def test_a_page_that_is_never_published_has_links_by_path() -> None:
    draft = read_document(SourceFile("pages/mail/phone/notes.md", "# a\n"))
    assert resolve("guide.fr-fr.md", draft, COLLECTION) == Target("page", HERE)
    assert resolve("#a", draft, COLLECTION) == Target("page", "pages/mail/phone/notes.md", "a")


# Paths and folders


@pytest.mark.parametrize(
    ("root", "path", "inside"),
    [
        ("pages", "pages/a.md", True),
        ("pages", "pages", True),
        ("pages/", "pages/a.md", True),
        ("pages", "pages2/a.md", False),
        ("pages", "a.md", False),
        ("", "a.md", True),
        (".", "a.md", True),
        ("", "../a.md", False),
        ("", "..", False),
        ("", "/etc/passwd", False),
        ("", "..a.md", True),
        ("/x", "/x/a.md", True),
        ("/x", "/y/a.md", False),
    ],
)
def test_a_collection_ends_at_its_folder(root: str, path: str, inside: bool) -> None:
    assert Collection(root, ()).contains(path) is inside


def test_siblings_are_the_other_locales_with_france_first() -> None:
    names = ("guide.pl-pl", "guide.de-de", "guide.fr-fr", "product.fr-fr", "guide.en-gb")
    pages = [read_document(SourceFile(f"a/{name}.md", "")) for name in names]
    collection = Collection("", pages)
    siblings = [page.path for page in collection.siblings(pages[0])]
    assert siblings == ["a/guide.fr-fr.md", "a/guide.de-de.md", "a/guide.en-gb.md"]


def test_a_guide_of_another_folder_is_no_sibling() -> None:
    pages = [read_document(SourceFile(f"{f}/guide.{f}-{f}.md", "")) for f in ("fr", "pl")]
    assert list(Collection("", pages).siblings(pages[0])) == []


def test_files_near_a_path_are_told_by_name() -> None:
    assert COLLECTION.files_near("pages/mail/phone/images/2.png") == ["1.png"]
