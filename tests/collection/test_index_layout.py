"""Collections whose navigation is one file: what stands where, and what links mean in them."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, Target, resolve, suggest_pages
from balise.collection.rewrite import address_like
from balise.collection.tree import LocaleTree, Node
from balise.document import Document, read_data, read_document, read_index, read_link_table

INDEX = """\
What is no item means nothing.
+ Web
    + [Mail](products/mail)
        + [Bills](mail/bills)
        + [First steps](mail-first)
            + [Setup](mail/setup)
            + [Shared](shared/guide_a)
        + [Archive](products/mail-archive)
            + [Old mail](mail/old)
+ Cloud
    + [Servers](products/servers)
        + [Later](servers-later)
            + [Shared](shared/guide_a)
            + [Gone](servers/gone)
"""
LABELS = "mail: Courriel\nmail-first: Premiers pas\nweb: Toile\n"
ARTICLES = {
    "mail/setup": "full_slug: mail-setup\nid: xxx\n",
    "shared/guide_a": "full_slug: guide-a\nreference_category: servers-later\n",
    "mail/old": "flag: hidden\n",
}
ADDRESSES = "- [fr-fr](https://example.org/fr)\n- [en-gb](https://example.org/en)\n"


def guide(folder: str, locale: str, more: str = "") -> Document:
    title = f"{folder.rpartition('/')[2]} {locale[:2]}"
    return read_document(
        SourceFile(
            f"pages/{folder}/guide.{locale}.md", f"---\ntitle: {title}\n{more}---\n## Here\n"
        )
    )


def collection(index: str = INDEX) -> Collection:
    folders = ("mail/bills", "mail/setup", "shared/guide_a", "mail/old")
    documents = [guide(folder, locale) for folder in folders for locale in ("en-gb", "fr-fr")]
    documents.append(guide("mail/setup", "fr-ca"))
    texts = {f"{folder}/meta.yaml": text for folder, text in ARTICLES.items()}
    texts["index-translations.fr.yaml"] = LABELS
    data = {name: read_data(SourceFile(f"pages/{name}", text)) for name, text in texts.items()}
    data["index.md"] = read_index(SourceFile("pages/index.md", index))
    data["../links/community"] = read_link_table(SourceFile("links/community", ADDRESSES))
    return Collection.of("pages", documents, data=data, layout="index")


COLLECTION = collection()
HERE = "pages/mail/bills/guide.fr-fr.md"


def shape(nodes: tuple[Node, ...]) -> list[object]:
    """Titles, with the section where there is one, nested like the pages."""
    return [
        (f"{node.section}: {node.title}" if node.section else node.title, shape(node.children))
        if node.children
        else (f"{node.section}: {node.title}" if node.section else node.title)
        for node in nodes
    ]


def means(href: str, page: str = HERE) -> Target:
    return resolve(href, page, COLLECTION)


# The tree


def test_pages_stand_where_the_index_says_by_their_own_titles() -> None:
    assert shape(LocaleTree(COLLECTION.structure, "en-gb").top) == [
        ("Web", [("Mail", ["bills en", "First steps: setup en", "First steps: guide_a en"])]),
        ("Cloud", [("Servers", ["Later: guide_a en"])]),
    ]


def test_labels_are_those_of_the_locale_or_english() -> None:
    assert shape(LocaleTree(COLLECTION.structure, "fr-fr").top) == [
        (
            "Toile",
            [("Courriel", ["bills fr", "Premiers pas: setup fr", "Premiers pas: guide_a fr"])],
        ),
        ("Cloud", [("Servers", ["Later: guide_a fr"])]),
    ]


def test_groups_without_a_guide_in_a_locale_are_left_out() -> None:
    assert shape(LocaleTree(COLLECTION.structure, "fr-ca").top) == [
        ("Toile", [("Courriel", ["Premiers pas: setup fr"])])
    ]


def test_the_way_to_a_guide_in_several_places_is_the_one_that_its_article_names() -> None:
    tree = LocaleTree(COLLECTION.structure, "en-gb")
    page = COLLECTION.pages["pages/shared/guide_a/guide.en-gb.md"]
    assert [above.value("title") for above in tree.above(page)] == ["Cloud", "Servers"]
    assert tree.section(page) == "Later"


def test_a_circle_of_products_ends() -> None:
    index = (
        "+ [A](products/a)\n    + [B](products/b)\n        + [A](products/a)\n"
        "            + [Setup](mail/setup)\n+ [B](products/b)\n    + [A](products/a)\n"
    )
    tree = LocaleTree(collection(index).structure, "en-gb")
    assert shape(tree.top) == [("A", ["B", "setup en"]), "B"]


# Links


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("/pages/mail/setup", "pages/mail/setup/guide.fr-fr.md"),
        ("/products/mail", "pages/products/mail/product.fr-fr.md"),
        ("/products/mail-archive", ""),
        ("../setup/guide.en-gb.md", "pages/mail/setup/guide.en-gb.md"),
        (
            "https://help.ovhcloud.com/csm/en-gb-mail-setup?id=kb_article_view&sysparm_article=KB1",
            "pages/mail/setup/guide.en-gb.md",
        ),
        ("https://help.ovhcloud.com/csm/fr-mail-setup?id=x", "pages/mail/setup/guide.fr-fr.md"),
    ],
)
def test_links_lead_to_pages(href: str, path: str) -> None:
    assert means(href).path == path


def test_an_anchor_is_looked_for_on_the_page() -> None:
    assert not means("/pages/mail/setup#here").dead_anchor
    assert means("/pages/mail/setup#there").dead_anchor


def test_an_article_that_no_guide_has_is_on_another_site() -> None:
    assert means("https://help.ovhcloud.com/csm/fr-other?id=x").kind == "external"


@pytest.mark.parametrize(
    ("locale", "address"),
    [
        ("fr-fr", "https://example.org/fr"),
        ("en-gb", "https://example.org/en"),
        ("fr-ca", "https://example.org/en"),
    ],
)
def test_a_key_has_an_address_in_each_locale_else_the_english_one(
    locale: str, address: str
) -> None:
    found = means("/links/community", f"pages/mail/setup/guide.{locale}.md")
    assert (found.kind, found.address) == ("external", address)


def test_a_key_without_a_file_leads_nowhere() -> None:
    assert means("/links/forum").reason == "no-key"


@pytest.mark.parametrize(
    "href",
    [
        "pages/mail/setup",
        "/pages/mail/setup/guide.fr-fr.md",
        "/pages/shared/guide-a",
        "../pages/shared/guide_a",
    ],
)
def test_slips_around_pages_have_one_meaning(href: str) -> None:
    found = suggest_pages(means(href), "", HERE, COLLECTION)
    assert found[0].certain
    folder = "shared/guide_a" if "shared" in href else "mail/setup"
    assert found[0].path == f"pages/{folder}/guide.fr-fr.md"


def test_addresses_are_written_from_the_root_in_the_own_locale() -> None:
    written = [
        address_like("relative", HERE, path, "here", COLLECTION)
        for path in (
            "pages/mail/setup/guide.fr-fr.md",
            "pages/products/mail/product.fr-fr.md",
            "pages/mail/setup/guide.en-gb.md",
        )
    ]
    assert written == [
        "/pages/mail/setup#here",
        "/products/mail#here",
        "../setup/guide.en-gb.md#here",
    ]


def test_each_locale_with_guides_has_a_home_that_is_no_place_for_a_section() -> None:
    homes = {locale: COLLECTION.pages[path].made for locale, path in COLLECTION.homes.items()}
    assert homes == dict.fromkeys(sorted({n.locale for n in COLLECTION.names.values()}), True)
