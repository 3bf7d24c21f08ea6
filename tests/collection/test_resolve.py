"""What a link means."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, Target, resolve
from balise.collection.forms import read_address
from balise.collection.targets import Reason
from balise.config import OVH_URLS, Urls
from balise.document import Document, read_data, read_document, read_redirects

PAGES = {
    "pages/home.fr-fr.md": "# Accueil\n",
    "pages/home.en-gb.md": "# Home\n",
    "pages/home.pl-pl.md": "# Start\n",
    "pages/mail/product.fr-fr.md": "---\nslug: emails\n---\n",
    "pages/mail/product.en-gb.md": "---\nslug: emails\n---\n",
    "pages/mail/phone/guide.fr-fr.md": (
        "---\nslug: telephone\nlegacy_guide_number: g1374\naliases: [mobile, /fr/autrefois/]\n---\n"
        "\n## Réglages\n\n### Fin\n"
    ),
    "pages/mail/phone/guide.en-gb.md": (
        "---\nslug: phone\nlegacy_guide_number: 1374\n---\n\n## Settings\n\n### End\n"
    ),
    "pages/mail/my box/guide.fr-fr.md": "---\nslug: boîte\n---\n\n## Été\n",
    "pages/mail/webmail/guide.fr-fr.md": (
        "---\nslug: webmail\nlegacy_guide_number: 7\n---\n\n## Ouvrir\n"
    ),
}
HOME = "pages/home.fr-fr.md"
PRODUCT = "pages/mail/product"
HERE = "pages/mail/phone/guide.fr-fr.md"
ENGLISH = "pages/mail/phone/guide.en-gb.md"
BOX = "pages/mail/my box/guide.fr-fr.md"
WEBMAIL = "pages/mail/webmail/guide.fr-fr.md"
DRAFT = "pages/mail/phone/notes.md"
FILES = ("pages/mail/phone/images/1.png", "pages/mail/phone/files/my file.pdf")
LINKS = """\
status: https://status.example.com/
product: https://docs.ovh.com/fr/emails/
portal:
  fr-fr: https://portal.example.com/fr/
  default: https://portal.example.com/
only:
  fr-fr: https://only.example.com/
"""
REDIRECTS = """\
/fr/older/      /fr/old/
/fr/old/        /fr/emails/telephone/#reglages
/fr/away/       https://example.com/x
/fr/round/      /fr/again/
/fr/again/      /fr/round/
/fr/gone/       /fr/nowhere/
"""
DATA = {
    "links.yml": read_data(SourceFile("pages/links.yml", LINKS)),
    "_redirects": read_redirects(SourceFile("pages/_redirects", REDIRECTS)),
}


def collection(*, whole: bool) -> Collection:
    pages = [read_document(SourceFile(path, text)) for path, text in PAGES.items()]
    return Collection.of("pages", pages, FILES, data=DATA, whole=whole)


COLLECTION = collection(whole=True)
PART = collection(whole=False)


def meant(href: str, path: str = HERE, there: Collection = COLLECTION) -> Target:
    return resolve(href, path, there)


def place(href: str, path: str = HERE) -> tuple[str, str, str]:
    """Kind, path and fragment of what a link means."""
    target = meant(href, path)
    return target.kind, target.path, target.fragment


def draft() -> Document:
    """A file between the pages that is never published."""
    return read_document(SourceFile(DRAFT, "# a\n"))


# Anchors


@pytest.mark.parametrize("href", ["#reglages", "./#reglages", ".#reglages"])
def test_an_anchor_alone_is_on_the_page_itself(href: str) -> None:
    assert place(href) == ("page", HERE, "reglages")
    assert meant(href).form == "anchor"


def test_an_anchor_of_an_older_system_becomes_the_id_of_today() -> None:
    target = meant("#reglages_partie_1_fin")
    assert target.fragment == "fin"
    assert target.anchor is not None
    assert target.anchor.legacy


def test_an_anchor_of_the_original_becomes_the_id_of_the_translation() -> None:
    assert meant("#reglages_partie_1_fin", ENGLISH).fragment == "end"


def test_an_anchor_that_is_not_there_stays_as_it_is_and_is_dead() -> None:
    assert place("#nowhere") == ("page", HERE, "nowhere")
    assert meant("#nowhere").dead_anchor


def test_an_anchor_that_is_there_is_not_dead() -> None:
    assert not meant("#reglages").dead_anchor


@pytest.mark.parametrize("href", ["#", "#top", "#TOP", "guide.en-gb.md#top"])
def test_the_top_of_a_page_is_always_there(href: str) -> None:
    assert meant(href).kind == "page"
    assert not meant(href).dead_anchor


def test_a_page_without_an_anchor_has_no_dead_one() -> None:
    assert not meant("guide.en-gb.md").dead_anchor


def test_a_missing_page_has_no_dead_anchor() -> None:
    assert not meant("guide.de-de.md#x").dead_anchor


def test_an_anchor_is_decoded() -> None:
    assert meant("#r%C3%A9glages").fragment == "reglages"


# Files and relative addresses


@pytest.mark.parametrize(
    "href",
    [
        "../phone/guide.en-gb.md",
        "guide.en-gb.md",
        " guide.en-gb.md ",
        "guide.en-gb.md?a=b",
        "guide%2Een-gb.md",
        "/mail/phone/guide.en-gb.md",
        "{filename}guide.en-gb.md",
        "{attach}guide.en-gb.md",
        "{static}guide.en-gb.md",
        "%7Bfilename%7Dguide.en-gb.md",
        "%7bfilename%7dguide.en-gb.md",
        "{filename}../phone/guide.en-gb.md",
        "{filename}/mail/phone/guide.en-gb.md",
    ],
)
def test_a_file_beside_the_page_is_that_page(href: str) -> None:
    assert place(href) == ("page", ENGLISH, "")


@pytest.mark.parametrize(
    "href", ["guide.en-gb.md#end", "{filename}guide.en-gb.md#end", "guide.en-gb.md?a=b#end"]
)
def test_a_file_with_an_anchor(href: str) -> None:
    assert place(href) == ("page", ENGLISH, "end")


def test_a_file_in_a_folder_with_a_blank() -> None:
    assert place("../my%20box/guide.fr-fr.md#ete") == ("page", BOX, "ete")


@pytest.mark.parametrize("href", ["images/1.png", "{attach}images/1.png", "images/%31.png"])
def test_a_picture_is_a_file(href: str) -> None:
    assert place(href) == ("file", FILES[0], "")


@pytest.mark.parametrize(
    "href", ["/pages/mail/prices.pdf#page=2", "/pages/mail/prices%2Epdf?a=b#page=2"]
)
def test_a_file_that_is_named_as_guides_are_is_that_file(href: str) -> None:
    guide = read_document(SourceFile(ENGLISH, "# Phone\n"))
    collection = Collection.of("", [guide], ["mail/prices.pdf"])
    target = resolve(href, ENGLISH, collection)
    assert (target.kind, target.path, target.fragment) == ("file", "mail/prices.pdf", "page=2")


def test_a_file_with_a_blank() -> None:
    assert place("files/my%20file.pdf") == ("file", FILES[1], "")


def test_a_published_address_beside_the_page_is_that_page() -> None:
    assert place("../telephone/#fin", BOX) == ("page", HERE, "fin")


def test_a_published_address_with_an_accent() -> None:
    assert place("../bo%C3%AEte/", BOX) == ("page", BOX, "")
    assert place("../boîte/", BOX) == ("page", BOX, "")


@pytest.mark.parametrize(
    ("href", "path"),
    [("?a=b", HERE), ("./", HERE), ("..", f"{PRODUCT}.fr-fr.md"), ("../..", HOME)],
)
def test_a_relative_address_counts_from_the_published_page(href: str, path: str) -> None:
    assert place(href) == ("page", path, "")


@pytest.mark.parametrize("href", ["/fr/emails/telephone/", "/fr/emails/telephone"])
def test_an_address_from_the_root_is_a_published_one(href: str) -> None:
    assert place(href) == ("page", HERE, "")


def test_a_page_that_is_never_published_has_links_by_path() -> None:
    there = Collection.of("pages", [*COLLECTION.documents.values(), draft()])
    assert resolve("guide.fr-fr.md", DRAFT, there).path == HERE
    assert resolve("#a", DRAFT, there).anchor is not None


def test_a_page_that_is_never_published_has_no_address_to_count_from() -> None:
    target = resolve("../nowhere/", DRAFT, COLLECTION)
    assert (target.kind, target.reason) == ("missing", "no-file")


# The published site


@pytest.mark.parametrize(
    "href",
    [
        "https://docs.ovh.com/gb/en/emails/phone/",
        "http://docs.ovh.com/gb/en/emails/phone/",
        "HTTPS://DOCS.OVH.COM/gb/en/emails/phone/",
        "//docs.ovh.com/gb/en/emails/phone/",
        "https://docs.ovh.com/gb/en/emails/phone",
        "https://docs.ovh.com/gb/en//emails///phone//",
        "https://docs.ovh.com/gb/en/emails/phone/?a=b",
        "https://docs.ovh.com/gb/en/emails/%70hone/",
    ],
)
def test_the_published_site_is_this_collection(href: str) -> None:
    assert place(href) == ("page", ENGLISH, "")
    assert meant(href).form == "published"


def test_a_published_address_has_an_anchor() -> None:
    assert place("https://docs.ovh.com/gb/en/emails/phone/?a=b#end") == ("page", ENGLISH, "end")


def test_a_home_is_found_by_its_address() -> None:
    assert place("https://docs.ovh.com/fr/") == ("page", HOME, "")


def test_a_published_address_with_no_page_is_missing() -> None:
    target = meant("https://docs.ovh.com/fr/emails/nowhere")
    assert (target.kind, target.reason, target.address) == (
        "missing",
        "no-page",
        "fr/emails/nowhere",
    )


def test_another_published_site_can_be_configured() -> None:
    urls = Urls(site="https://guides.example.com/help/")
    there = Collection.of("pages", COLLECTION.documents.values(), urls=urls)
    page = there.documents[HERE]
    assert resolve("https://guides.example.com/help/fr/", page.path, there).path == HOME
    assert resolve("https://guides.example.com/fr/", page.path, there).kind == "external"
    assert resolve("https://docs.ovh.com/fr/", page.path, there).kind == "external"


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com/",
        "http://example.com/guide.fr-fr.md",
        "//example.com/x",
        "https://docs.ovh.com.example.com/fr/",
        "https://docs.ovh.com@example.com/fr/",
        "https://example.com/https://docs.ovh.com/fr/",
        "https://www.ovh.com/manager/",
        "https://example.com/?to=http://example.com/",
        "mailto:someone@example.com",
        "tel:+33123456789",
        "ftp://example.com/",
    ],
)
def test_another_site_is_another_site(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.address) == ("external", href)


# Pages in another locale


def test_a_slug_that_was_not_translated_is_found_by_the_slug_of_another_locale() -> None:
    target = meant("https://docs.ovh.com/gb/en/emails/telephone/#end")
    assert (target.path, target.fragment) == (ENGLISH, "end")
    assert (target.found_by, target.fallback_locale) == ("other-slug", "")


def test_a_page_that_the_locale_lacks_is_lent_by_another_one() -> None:
    target = meant("https://docs.ovh.com/pl/emails/telephone/")
    assert (target.path, target.found_by, target.fallback_locale) == (
        ENGLISH,
        "other-slug",
        "pl-pl",
    )


def test_a_locale_without_any_page_borrows_none() -> None:
    assert meant("https://docs.ovh.com/de/emails/telephone/").reason == "no-page"


def test_a_home_that_a_locale_lacks_is_not_lent() -> None:
    assert meant("https://docs.ovh.com/de/").kind == "missing"


# Numbers


@pytest.mark.parametrize(
    "href",
    [
        "{legacy}1374",
        "{legacy}g1374",
        "{legacy}1374/",
        "%7Blegacy%7D1374",
        "legacy:1374",
        "legacy:g1374",
        "https://www.ovh.com/g1374.reglages-telephone",
        "https://www.ovh.co.uk/g1374.phone",
        "http://www.ovh.it/g1374.titolo",
        "https://www.ovh.com/fr/g1374.reglages",
        "//www.ovh.com/g1374",
    ],
)
def test_a_number_of_an_older_system_is_the_page_in_the_locale_of_the_link(href: str) -> None:
    french, english = meant(href), meant(href, ENGLISH)
    assert (french.path, english.path) == (HERE, ENGLISH)
    assert (french.found_by, french.fallback_locale, english.fallback_locale) == ("number", "", "")


def test_a_number_has_an_anchor() -> None:
    assert place("{legacy}1374#fin") == ("page", HERE, "fin")
    assert place("legacy:1374#fin") == ("page", HERE, "fin")
    assert place("https://www.ovh.com/g1374.x#fin") == ("page", HERE, "fin")


def test_a_number_of_a_page_that_the_locale_lacks_is_lent() -> None:
    target = meant("legacy:7", ENGLISH)
    assert (target.path, target.found_by, target.fallback_locale) == (WEBMAIL, "number", "en-gb")


@pytest.mark.parametrize("href", ["{legacy}99", "legacy:99"])
def test_a_number_that_nobody_had_is_missing(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.address) == ("missing", "no-number", "99")


@pytest.mark.parametrize("href", ["{legacy}about", "legacy:about"])
def test_what_is_no_number_is_missing(href: str) -> None:
    assert meant(href).reason == "no-number"


@pytest.mark.parametrize(
    "href",
    [
        "https://www.ovh.com/g99.title",
        "https://www.ovh.com/g13745.title",
        "https://example.com/g1374.title",
    ],
)
def test_an_address_with_a_number_that_nobody_had_is_another_site(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.address) == ("external", href)


def test_a_published_address_with_a_number_leads_to_its_page() -> None:
    target = meant("https://docs.ovh.com/gb/en/g1374/#end")
    assert (target.path, target.fragment, target.found_by) == (ENGLISH, "end", "redirect")


def test_a_translation_needs_no_number_of_its_own() -> None:
    texts = {**PAGES, ENGLISH: "---\nslug: phone\n---\n"}
    pages = [read_document(SourceFile(path, text)) for path, text in texts.items()]
    there = Collection.of("pages", pages)
    for href in ("legacy:1374", "https://docs.ovh.com/gb/en/g1374/"):
        target = meant(href, ENGLISH, there)
        assert (target.path, target.fallback_locale) == (ENGLISH, "")


# Keys


@pytest.mark.parametrize("href", ["{status}", "/links/status", "%7Bstatus%7D", "/links/status/"])
def test_a_key_is_an_address_of_the_table(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.address) == ("external", "https://status.example.com/")


@pytest.mark.parametrize("href", ["{portal}", "/links/portal"])
def test_a_key_has_an_address_in_each_locale_and_a_default(href: str) -> None:
    assert meant(href).address == "https://portal.example.com/fr/"
    assert meant(href, ENGLISH).address == "https://portal.example.com/"


@pytest.mark.parametrize("href", ["{status}/about#now", "{status}about#now"])
def test_a_path_and_an_anchor_stand_behind_a_key(href: str) -> None:
    assert meant(href).address == "https://status.example.com/about#now"


def test_an_anchor_stands_behind_a_key_in_the_path() -> None:
    assert meant("/links/status#now").address == "https://status.example.com/#now"


def test_a_key_without_an_address_in_the_locale_is_missing() -> None:
    assert meant("{only}").address == "https://only.example.com/"
    target = meant("{only}", ENGLISH)
    assert (target.kind, target.reason, target.address) == ("missing", "no-key", "only")


@pytest.mark.parametrize("href", ["{nothing}", "{nothing}/path", "/links/nothing"])
def test_a_key_that_is_not_in_the_table_is_missing(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.address) == ("missing", "no-key", "nothing")


def test_the_key_of_the_country_site_needs_no_table() -> None:
    assert meant("{ovh_www}/emails/").address == "https://www.ovh.com/fr/emails/"
    assert meant("{ovh_www}/emails/", ENGLISH).address == "https://www.ovh.co.uk/emails/"
    assert meant("{ovh_www}").address == "https://www.ovh.com/fr"


def test_the_table_counts_before_the_keys_that_need_none() -> None:
    data = {"links.yml": read_data(SourceFile("links.yml", "ovh_www: https://shop.example.com/\n"))}
    there = Collection.of("pages", COLLECTION.documents.values(), data=data)
    assert meant("{ovh_www}/x", there=there).address == "https://shop.example.com/x"


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("{product}", f"{PRODUCT}.fr-fr.md"),
        ("/links/product", f"{PRODUCT}.fr-fr.md"),
        ("{product}/telephone/", HERE),
    ],
)
def test_a_key_may_lead_into_the_collection(href: str, path: str) -> None:
    assert place(href) == ("page", path, "")


def test_a_key_on_a_page_that_is_never_published_is_in_the_first_fallback_locale() -> None:
    assert resolve("{ovh_www}", DRAFT, COLLECTION).address == "https://www.ovh.co.uk"


# Folders and products


@pytest.mark.parametrize("href", ["/pages/mail/phone", "/pages/mail/phone/"])
def test_a_folder_is_its_page_in_the_locale_of_the_link(href: str) -> None:
    assert place(href) == ("page", HERE, "")
    assert place(href, ENGLISH) == ("page", ENGLISH, "")


def test_a_folder_has_an_anchor() -> None:
    assert place("/pages/mail/phone#fin") == ("page", HERE, "fin")
    assert place("/pages/mail/my%20box/#ete") == ("page", BOX, "ete")


def test_a_folder_of_a_product_is_the_product() -> None:
    assert place("/pages/mail") == ("page", f"{PRODUCT}.fr-fr.md", "")


def test_a_folder_without_a_page_in_the_locale_is_lent() -> None:
    target = meant("/pages/mail/webmail", ENGLISH)
    assert (target.path, target.fallback_locale) == (WEBMAIL, "en-gb")


def test_a_folder_that_is_not_there_is_missing() -> None:
    target = meant("/pages/mail/nowhere#x")
    assert (target.kind, target.reason, target.address) == ("missing", "no-folder", "mail/nowhere")


def test_a_product_is_found_by_its_slug() -> None:
    assert place("/products/emails") == ("page", f"{PRODUCT}.fr-fr.md", "")
    assert place("/products/emails/", ENGLISH) == ("page", f"{PRODUCT}.en-gb.md", "")


def test_a_product_that_is_not_there_is_missing() -> None:
    target = meant("/products/nothing")
    assert (target.kind, target.reason, target.address) == ("missing", "no-product", "nothing")


@pytest.mark.parametrize(
    ("href", "reason"), [("/pages/", "no-folder"), ("/products/", "no-product")]
)
def test_no_folder_and_no_product_at_all_are_missing(href: str, reason: Reason) -> None:
    assert meant(href).reason == reason


# Redirects


@pytest.mark.parametrize(
    "href",
    [
        "https://docs.ovh.com/fr/emails/mobile/",
        "https://docs.ovh.com/fr/emails/mobile",
        "https://docs.ovh.com/fr/autrefois/",
        "../mobile/",
        "/fr/autrefois/",
    ],
)
def test_an_alias_leads_to_its_page(href: str) -> None:
    target = meant(href)
    assert (target.path, target.found_by, target.fallback_locale) == (HERE, "redirect", "")


@pytest.mark.parametrize("href", ["/fr/old/", "/fr/old", "/fr/older/"])
def test_a_redirect_leads_to_its_end_and_the_anchor_there(href: str) -> None:
    target = meant(href)
    assert (target.path, target.fragment, target.found_by) == (HERE, "reglages", "redirect")


def test_the_anchor_of_a_link_counts_before_the_one_of_the_redirect() -> None:
    assert meant("/fr/old/#fin").fragment == "fin"


def test_a_redirect_keeps_how_the_link_was_written() -> None:
    assert meant("https://docs.ovh.com/fr/old/").written.fragment == ""
    assert meant("https://docs.ovh.com/fr/old/").form == "published"


def test_a_redirect_may_lead_to_another_site() -> None:
    target = meant("/fr/away/")
    assert (target.kind, target.address, target.found_by) == (
        "external",
        "https://example.com/x",
        "redirect",
    )


@pytest.mark.parametrize("href", ["/fr/round/", "/fr/gone/"])
def test_a_redirect_that_never_arrives_is_missing(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason) == ("missing", "no-page")


# What leads nowhere


@pytest.mark.parametrize("href", ["", " ", "\n"])
def test_no_address_is_empty(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason) == ("missing", "empty")


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>x</script>",
    ],
)
def test_a_script_is_no_address(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.address) == ("missing", "script", "")


@pytest.mark.parametrize(
    "href",
    [
        "file:///etc/passwd",
        "FILE:x",
        "C:\\Users\\me\\guide.md",
        "c:/Users/me",
        "C:%5CUsers",
        "\\\\server\\share",
        "%5C%5Cserver%5Cshare",
        "//server/share",
        "//server",
        "///etc/passwd",
    ],
)
def test_a_file_of_ones_own_computer_is_no_address(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason) == ("missing", "local")


@pytest.mark.parametrize(
    ("href", "mended"),
    [
        ("http://https://example.com/a", "https://example.com/a"),
        ("https://http://example.com", "http://example.com"),
        ("http://http://http://example.com", "http://example.com"),
        ("hhttps://example.com", "https://example.com"),
        ("htttp://example.com", "http://example.com"),
        ("htp://example.com", "http://example.com"),
        ("ttp://example.com", "http://example.com"),
        ("https:/example.com", "https://example.com"),
        ("http//example.com", "http://example.com"),
        ("https;//example.com", "https://example.com"),
        ("https:example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("www.example.com", "https://www.example.com"),
        ("www.example.com/a#b", "https://www.example.com/a#b"),
        ("someone@example.com", "mailto:someone@example.com"),
    ],
)
def test_one_slip_in_an_address_is_mended(href: str, mended: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.address) == ("missing", "malformed", mended)
    assert read_address(mended, OVH_URLS).form in ("external", "other-scheme")


@pytest.mark.parametrize(
    "href",
    [
        "http://",
        "https://#x",
        "http://[::1",
        "http://example.com:port/",
        "http://a%20b/",
        "mailto:nobody",
    ],
)
def test_an_address_that_may_mean_anything_is_not_mended(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.address) == ("missing", "malformed", "")


@pytest.mark.parametrize("href", ["www.md", "httpd/", "a@b/", "https-guide/", "ttp.md"])
def test_a_name_that_only_looks_like_a_slip_is_relative(href: str) -> None:
    assert read_address(href, OVH_URLS).form == "relative"


@pytest.mark.parametrize("folder", ["http", "https", "ttp"])
def test_a_folder_that_looks_like_a_slip_is_a_folder_where_it_is_there(folder: str) -> None:
    page = COLLECTION.documents[HERE]
    path = f"pages/mail/phone/{folder}/a.pdf"
    there = Collection.of("pages", [page], [path])
    assert resolve(f"{folder}/a.pdf", page.path, there).path == path
    assert meant(f"{folder}/a.pdf").reason == "malformed"


@pytest.mark.parametrize(
    ("href", "reason", "address"),
    [
        ("guide.de-de.md", "no-file", "pages/mail/phone/guide.de-de.md"),
        ("images/2.png", "no-file", "pages/mail/phone/images/2.png"),
        ("{attach}images/2.png", "no-file", "pages/mail/phone/images/2.png"),
        ("{filename}../box.md", "no-file", "pages/mail/box.md"),
    ],
)
def test_what_is_not_there_is_missing_with_what_was_looked_for(
    href: str, reason: Reason, address: str
) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.address) == ("missing", reason, address)


@pytest.mark.parametrize("href", ["../nowhere/", "/fr/nowhere/", "nowhere", "/"])
def test_a_relative_address_without_a_page_is_missing(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason) == ("missing", "no-page")


@pytest.mark.parametrize(
    "href",
    [
        "../../../../etc/passwd.txt",
        "%2e%2e/%2E%2e/../../etc/passwd.txt",
        "{filename}../../../../etc/passwd",
        "../../../guide.fr-fr.md",
        "/../../etc/passwd.txt",
    ],
)
def test_a_file_outside_of_the_guides_is_outside(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.reason, target.path) == ("missing", "outside", "")


@pytest.mark.parametrize(
    "href", ["../../../../etc/passwd", "/etc/passwd", "/../../etc/passwd", "../" * 1000]
)
def test_no_link_leads_above_the_site(href: str) -> None:
    target = meant(href)
    assert (target.kind, target.path) == ("missing", "")


@pytest.mark.parametrize("href", ["a%00b", "images/1.png%00", "%00", "a\0b", "%ff%fe", "%", "%zz"])
def test_bytes_that_no_name_has_are_missing(href: str) -> None:
    assert meant(href).kind == "missing"


@pytest.mark.parametrize(
    "href",
    [
        "a" * 1_000_000,
        "a/" * 500_000,
        "../" * 300_000,
        "%2e%2e/" * 100_000,
        "/" * 1_000_000,
        "/pages/" + "a/" * 500_000,
        "{" + "a" * 1_000_000 + "}",
        "www." + "a." * 500_000,
        "legacy:" + "1" * 1_000_000,
        "mailto:" + "%" * 1_000_000,
        "https://docs.ovh.com/" + "a/" * 500_000,
        "http://" * 150_000,
        "h" + "t" * 1_000_000,
        "https://a/" + "ovh/" * 250_000,
    ],
    ids=lambda href: href[:24],
)
def test_a_link_of_a_megabyte_leads_to_no_page(href: str) -> None:
    assert meant(href).kind in ("missing", "external")


def test_an_anchor_of_a_megabyte_is_dead() -> None:
    assert meant("#" + "_" * 1_000_000).dead_anchor


# A part of a collection


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("../nowhere/", "no-page"),
        ("/fr/nowhere/", "no-page"),
        ("https://docs.ovh.com/fr/nowhere/", "no-page"),
        ("/pages/nowhere", "no-folder"),
        ("/products/nothing", "no-product"),
        ("{nothing}", "no-key"),
        ("/links/nothing", "no-key"),
        ("{legacy}99", "no-number"),
        ("legacy:99", "no-number"),
    ],
)
def test_what_a_part_of_a_collection_lacks_is_unknown(href: str, reason: Reason) -> None:
    target = meant(href, there=PART)
    assert (target.kind, target.reason) == ("unknown", reason)


@pytest.mark.parametrize("href", ["../../../other/guide.fr-fr.md", "../../../../etc/passwd"])
def test_what_lies_outside_of_a_part_is_unknown(href: str) -> None:
    assert meant(href, there=PART).kind == "unknown"


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("", "empty"),
        ("javascript:x", "script"),
        ("file:///x", "local"),
        ("htp://example.com", "malformed"),
        ("images/2.png", "no-file"),
        ("{attach}images/2.png", "no-file"),
        ("guide.de-de.md", "no-file"),
    ],
)
def test_a_part_of_a_collection_knows_what_can_lead_nowhere(href: str, reason: Reason) -> None:
    target = meant(href, there=PART)
    assert (target.kind, target.reason) == ("missing", reason)


@pytest.mark.parametrize(
    ("href", "path"),
    [("images/1.png", FILES[0]), ("guide.en-gb.md", ENGLISH), ("{legacy}1374", HERE)],
)
def test_what_a_part_of_a_collection_has_is_there(href: str, path: str) -> None:
    assert meant(href, there=PART).path == path


def test_a_page_that_was_not_read_is_a_file_of_a_part() -> None:
    page = read_document(SourceFile("a/guide.fr-fr.md", ""))
    there = Collection.of("a", [page], ["a/guide.en-gb.md"], whole=False)
    target = resolve("guide.en-gb.md#x", page.path, there)
    assert (target.kind, target.path, target.fragment) == ("file", "a/guide.en-gb.md", "x")


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
    assert Collection.of(root, ()).contains(path) is inside


def test_siblings_are_the_other_locales_with_france_first() -> None:
    names = ("guide.pl-pl", "guide.de-de", "guide.fr-fr", "product.fr-fr", "guide.en-gb")
    pages = [read_document(SourceFile(f"a/{name}.md", "")) for name in names]
    collection = Collection.of("", pages)
    assert collection.siblings(pages[0].path) == [
        "a/guide.fr-fr.md",
        "a/guide.de-de.md",
        "a/guide.en-gb.md",
    ]


def test_a_guide_of_another_folder_is_no_sibling() -> None:
    pages = [read_document(SourceFile(f"{f}/guide.{f}-{f}.md", "")) for f in ("fr", "pl")]
    assert Collection.of("", pages).siblings(pages[0].path) == []


def test_files_near_a_path_are_told_by_name() -> None:
    assert COLLECTION.files_near("pages/mail/phone/images/2.png") == ["1.png"]
