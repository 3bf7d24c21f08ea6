"""How pages are divided among shards."""

from balise.workspace.discovery import PageFile
from balise.workspace.division import divided

ROOT = "/guides"


def pages(locales: dict[str, int], products: int = 10) -> list[PageFile]:
    """So many pages of each locale, in so many products."""
    return [
        PageFile(f"{ROOT}/web/p{n % products:02}/g{n:05}/guide.{locale}.md", ROOT)
        for locale, number in locales.items()
        for n in range(number)
    ]


def sizes(parts: list[list[str]]) -> list[int]:
    return [len(part) for part in parts]


def locales(part: list[str]) -> set[str]:
    return {path.split(".")[-2] for path in part}


def test_every_page_is_in_one_part_whatever_the_order() -> None:
    found = pages({"en-gb": 500, "fr-fr": 300, "lt-lt": 1})
    parts = divided(found, 7)
    assert sorted(path for part in parts for path in part) == sorted(page.path for page in found)
    assert divided(found[::-1], 7) == parts


def test_parts_are_about_equal_also_where_one_locale_or_product_has_all() -> None:
    for found in (
        pages({"en-gb": 50_000}, products=1),
        pages({"en-gb": 20_000}, products=40),
        pages({f"{a}{b}-xx": 77 for a in "abcde" for b in "abcdef"}),
    ):
        for number in (2, 3, 4, 16):
            equal = len(found) / number
            assert all(0.75 * equal <= n <= 1.25 * equal for n in sizes(divided(found, number)))


def test_locales_stay_whole_where_that_is_nearly_equal() -> None:
    parts = divided(pages({"de-de": 110, "en-gb": 90, "fr-fr": 105, "pl-pl": 95}), 4)
    assert [locales(part) for part in parts] == [{"de-de"}, {"en-gb"}, {"fr-fr"}, {"pl-pl"}]


def test_products_stay_whole_where_locales_cannot() -> None:
    parts = divided(pages({"en-gb": 1000}), 5)
    products = [{path.split("/")[3] for path in part} for part in parts]
    assert sizes(parts) == [200] * 5
    assert [len(found) for found in products] == [2] * 5


def test_one_more_page_moves_few_others() -> None:
    before = divided(pages({"de-de": 110, "en-gb": 90, "fr-fr": 105, "pl-pl": 95}), 4)
    after = divided(pages({"de-de": 110, "en-gb": 91, "fr-fr": 105, "pl-pl": 95}), 4)
    assert [after[0], after[2], after[3]] == [before[0], before[2], before[3]]
    whole = pages({"en-gb": 1000}, products=1)
    more = [*whole, PageFile(f"{ROOT}/web/p00/a-first/guide.en-gb.md", ROOT)]
    pairs = zip(divided(whole, 4), divided(more, 4), strict=True)
    assert all(len(set(old) - set(new)) <= 1 for old, new in pairs)


def test_there_may_be_more_parts_than_pages() -> None:
    assert sorted(sizes(divided(pages({"en-gb": 2}), 5))) == [0, 0, 0, 1, 1]
    assert sizes(divided([], 3)) == [0, 0, 0]
