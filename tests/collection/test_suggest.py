"""Pages that may have been meant by a link that leads nowhere."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, resolve, suggest_pages
from balise.document import read_document


def page(slug: str, title: str = "x") -> str:
    return f"---\ntitle: {title}\nslug: {slug}\n---\n"


PAGES = {
    "home.fr-fr.md": page("", "Accueil"),
    "home.en-gb.md": page("", "Home"),
    "mail/product.fr-fr.md": page("emails", "E-mails"),
    "mail/product.en-gb.md": page("emails", "Emails"),
    "mail/phone/guide.fr-fr.md": page("telephone", "Configurer son téléphone"),
    "mail/phone/guide.en-gb.md": page("phone-setup", "Set up your phone"),
    "mail/webmail/guide.fr-fr.md": page("messagerie", "Utiliser la messagerie"),
    "mail/webmail/guide.en-gb.md": page("open-webmail", "Open the webmail"),
    "web/product.fr-fr.md": page("hebergement", "Hébergement"),
    "web/product.en-gb.md": page("hosting", "Hosting"),
    "web/ftp/guide.en-gb.md": page("ftp-access", "Reach your files"),
    "web/one/guide.en-gb.md": page("twin", "One of two"),
    "mail/two/guide.en-gb.md": page("twin", "The other of two"),
}
HERE = "mail/phone/guide.en-gb.md"
COLLECTION = Collection.of("", [read_document(SourceFile(p, t)) for p, t in PAGES.items()])


def suggested(href: str, text: str = "here", path: str = HERE) -> list[str]:
    document = COLLECTION.documents[path]
    target = resolve(href, document.path, COLLECTION)
    return [s.path for s in suggest_pages(target, text, document.path, COLLECTION)]


def certain(href: str) -> list[bool]:
    document = COLLECTION.documents[HERE]
    target = resolve(href, document.path, COLLECTION)
    return [s.certain for s in suggest_pages(target, "here", document.path, COLLECTION)]


def test_a_page_of_another_product_is_certain_where_its_slug_is_the_only_one() -> None:
    href = "https://docs.ovh.com/gb/en/emails/ftp-access/"
    assert suggested(href) == ["web/ftp/guide.en-gb.md"]
    assert certain(href) == [True]


def test_two_pages_of_one_slug_are_both_suggested_and_neither_is_certain() -> None:
    href = "https://docs.ovh.com/gb/en/vps/twin/"
    assert set(suggested(href)) == {"web/one/guide.en-gb.md", "mail/two/guide.en-gb.md"}
    assert certain(href) == [False, False]


def test_a_slug_with_a_slip_is_near_but_not_certain() -> None:
    href = "https://docs.ovh.com/gb/en/emails/open-webmial/"
    assert suggested(href)[0] == "mail/webmail/guide.en-gb.md"
    assert not any(certain(href))


def test_the_title_is_told_by_the_text_of_the_link() -> None:
    href = "https://docs.ovh.com/gb/en/help/12/"
    assert suggested(href, "reach your files") == ["web/ftp/guide.en-gb.md"]


def test_a_short_text_is_no_title() -> None:
    assert suggested("https://docs.ovh.com/gb/en/help/12/", "Hosting") == []


def test_a_folder_that_was_taken_for_a_slug_is_found() -> None:
    href = "https://docs.ovh.com/gb/en/emails/webmail/"
    assert "mail/webmail/guide.en-gb.md" in suggested(href)


def test_pages_are_suggested_in_the_locale_of_the_address() -> None:
    href = "https://docs.ovh.com/fr/emails/mesagerie/"
    assert suggested(href)[0] == "mail/webmail/guide.fr-fr.md"


@pytest.mark.parametrize("href", ["../ftp/guide.en-gb.md", "{filename}../ftp/guide.en-gb.md"])
def test_a_file_that_was_moved_is_found_by_the_name_of_its_folder(href: str) -> None:
    assert suggested(href)[0] == "web/ftp/guide.en-gb.md"


def test_a_folder_with_a_slip_is_found() -> None:
    assert suggested("/pages/mail/webmial")[0] == "mail/webmail/guide.en-gb.md"


def test_a_product_with_a_slip_is_found() -> None:
    assert suggested("/products/hostin")[0] == "web/product.en-gb.md"


def test_a_number_is_told_by_the_text_of_the_link_alone() -> None:
    assert suggested("{legacy}99", "Reach your files") == ["web/ftp/guide.en-gb.md"]
    assert suggested("{legacy}99") == []


def test_the_page_itself_is_never_suggested() -> None:
    assert HERE not in suggested("https://docs.ovh.com/gb/en/hosting/phone-setup/")


def test_at_most_three_pages_are_suggested_each_once() -> None:
    there = Collection.of(
        "",
        [
            read_document(SourceFile(f"g{n}/guide.en-gb.md", page(f"setup-{n}", "Set up a thing")))
            for n in range(9)
        ],
    )
    document = read_document(SourceFile("elsewhere.md", "# a\n"))
    target = resolve("https://docs.ovh.com/gb/en/setup-x/", document.path, there)
    found = [s.path for s in suggest_pages(target, "Set up a thing", document.path, there)]
    assert len(found) == len(set(found)) == 3


@pytest.mark.parametrize(
    "href",
    [
        "",
        "javascript:x",
        "{nothing}",
        "htp://example.com/ftp-access/",
        "https://example.com/ftp-access/",
        "https://docs.ovh.com/gb/en/emails/phone-setup/",
        "https://docs.ovh.com/gb/en/" + "a" * 400,
        "zzzzzzzzzzzz/",
    ],
)
def test_where_nothing_can_be_meant_nothing_is_suggested(href: str) -> None:
    assert suggested(href) == []


def test_a_part_of_a_collection_suggests_nothing() -> None:
    part = Collection.of("", COLLECTION.documents.values(), whole=False)
    document = part.documents[HERE]
    target = resolve("https://docs.ovh.com/gb/en/vps/ftp-access/", document.path, part)
    assert suggest_pages(target, "here", document.path, part) == []


def test_a_text_of_a_megabyte_is_like_nothing() -> None:
    assert suggested("https://docs.ovh.com/gb/en/help/12/", "a" * 1_000_000) == []
