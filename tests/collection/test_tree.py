"""Home, universes, products and guides of a locale, in the order that authors gave them."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, page_of
from balise.collection.layouts.tree import in_order, product_above
from balise.collection.page import hidden
from balise.collection.tree import LocaleTree, Node
from balise.document import Document, read_document


def page(path: str, **values: str) -> Document:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    return read_document(SourceFile(path, f"---\n{lines}---\n"))


def tree(collection: Collection, locale: str) -> Node | None:
    """The home of a locale with everything below it; None where it has none."""
    found = LocaleTree(collection.structure, locale)
    return Node(found.home, found.top) if found.home else None


def shape(node: Node | None) -> object:
    """Titles, nested like the pages."""
    if node is None:
        return None
    return (node.title, [shape(child) for child in node.children]) if node.children else node.title


def test_pages_stand_below_the_page_of_a_folder_above() -> None:
    collection = Collection.of(
        "",
        [
            page("home.fr-fr.md", title="Home"),
            page("web/universe.fr-fr.md", title="Web"),
            page("web/mail/product.fr-fr.md", title="Mail"),
            page("web/mail/phone/guide.fr-fr.md", title="Phone"),
            page("web/mail/group/outlook/guide.fr-fr.md", title="Outlook"),
        ],
    )
    assert shape(tree(collection, "fr-fr")) == (
        "Home",
        [("Web", [("Mail", ["Outlook", "Phone"])])],
    )


def test_products_and_universes_may_nest() -> None:
    collection = Collection.of(
        "",
        [
            page("home.fr-fr.md", title="Home"),
            page("a/universe.fr-fr.md", title="A"),
            page("a/b/universe.fr-fr.md", title="B"),
            page("a/b/c/product.fr-fr.md", title="C"),
            page("a/b/c/d/product.fr-fr.md", title="D"),
            page("a/b/c/d/e/guide.fr-fr.md", title="E"),
        ],
    )
    assert shape(tree(collection, "fr-fr")) == (
        "Home",
        [("A", [("B", [("C", [("D", ["E"])])])])],
    )


def test_a_guide_without_a_product_stands_below_the_home() -> None:
    collection = Collection.of(
        "", [page("home.fr-fr.md", title="Home"), page("a/b/guide.fr-fr.md", title="B")]
    )
    assert shape(tree(collection, "fr-fr")) == ("Home", ["B"])


def test_other_locales_are_not_in_the_tree() -> None:
    collection = Collection.of(
        "",
        [
            page("home.fr-fr.md", title="Home"),
            page("a/product.en-gb.md", title="Product"),
            page("a/b/guide.fr-fr.md", title="B"),
            page("a/b/guide.en-gb.md", title="B en"),
        ],
    )
    assert shape(tree(collection, "fr-fr")) == ("Home", ["B"])


def test_the_page_of_missing_pages_is_not_in_the_tree() -> None:
    collection = Collection.of("", [page("home.fr-fr.md", title="Home"), page("404.fr-fr.md")])
    assert shape(tree(collection, "fr-fr")) == "Home"


def test_a_hidden_page_is_not_in_the_tree() -> None:
    collection = Collection.of(
        "",
        [
            page("home.fr-fr.md", title="Home"),
            page("a/guide.fr-fr.md", title="A", hidden="true"),
            page("b/guide.fr-fr.md", title="B", hidden="false"),
        ],
    )
    assert shape(tree(collection, "fr-fr")) == ("Home", ["B"])


def test_a_locale_without_a_home_has_no_tree() -> None:
    collection = Collection.of("", [page("a/guide.fr-fr.md", title="A")])
    assert tree(collection, "fr-fr") is None


def test_the_root_of_the_collection_does_not_count() -> None:
    collection = Collection.of(
        "x/pages",
        [
            page("x/pages/home.fr-fr.md", title="Home"),
            page("x/pages/a/product.fr-fr.md", title="A"),
            page("x/pages/a/b/guide.fr-fr.md", title="B"),
        ],
    )
    assert shape(tree(collection, "fr-fr")) == ("Home", [("A", ["B"])])


def test_locales_are_those_with_a_home() -> None:
    names = ("home.fr-fr.md", "home.en-gb.md", "a/guide.pl-pl.md")
    assert sorted(Collection.of("", [page(name) for name in names]).homes) == ["en-gb", "fr-fr"]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        (["10", "2", "1"], ["1", "2", "10"]),
        (["'10'", "'2'"], ["2", "10"]),
        (["", "5"], ["5", ""]),
        (["last", "5"], ["5", "last"]),
    ],
)
def test_order_is_a_number(orders: list[str], expected: list[str]) -> None:
    pages = [page(f"{n}/guide.fr-fr.md", title="x", order=o) for n, o in enumerate(orders)]
    assert [found.value("order") for found in in_order(map(page_of, pages))] == expected


def test_pages_of_one_order_stand_by_title_without_regard_to_capitals() -> None:
    pages = [page(f"{t}/guide.fr-fr.md", title=t, order="1") for t in ("b", "C", "A")]
    assert [found.value("title") for found in in_order(map(page_of, pages))] == ["A", "b", "C"]


def test_sections_are_in_the_order_of_the_product_and_then_of_the_guides() -> None:
    collection = Collection.of(
        "",
        [
            page("home.fr-fr.md", title="Home"),
            page("a/product.fr-fr.md", title="A", sections="Start, Advanced ,Start"),
            page("a/b/guide.fr-fr.md", title="B", section="Other"),
            page("a/c/guide.fr-fr.md", title="C", section="Advanced"),
            page("a/d/guide.fr-fr.md", title="D"),
        ],
    )
    home = tree(collection, "fr-fr")
    assert home is not None
    assert home.children[0].sections == ("Start", "Advanced", "Other")


def test_a_page_without_a_title_has_the_name_of_its_folder() -> None:
    assert Node(page_of(page("a/mail_phone/guide.fr-fr.md"))).title == "mail_phone"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("True", True), ("yes", True), ("false", False), ("no", False), ("", False)],
)
def test_hidden_is_what_yaml_takes_for_true(value: str, expected: bool) -> None:
    assert hidden(page("a/guide.fr-fr.md", hidden=value)) is expected


def test_a_page_outside_of_the_collection_is_below_no_product() -> None:
    outside = page("/elsewhere/mail/guide.fr-fr.md", title="Mail", section="Start")
    collection = Collection.of("guides", [page("guides/home.fr-fr.md", title="Home"), outside])
    assert product_above(outside.path, collection.structure) is None
    assert collection.structure.sections_named == {}
