"""What outvotes a page: two thirds of its translations, one vote for all copies in a language."""

import pytest

from balise.claims.votes import majority, outvoted_items


@pytest.mark.parametrize(
    ("values", "locales"),
    [
        ({"es-es": 1, "de-de": 2, "it-it": 2, "pl-pl": 2}, ("de-de", "it-it", "pl-pl")),
        ({"es-es": 1, "de-de": 2, "it-it": 2}, None),
        ({"es-es": 1, "de-de": 2, "it-it": 2, "pl-pl": 2, "pt-pt": 1, "nl-nl": 1}, None),
        ({"es-es": 1, "en-gb": 2, "en-ie": 2, "en-au": 2, "de-de": 2}, None),
        ({"es-es": 1, "en-gb": 1, "en-ie": 1, "de-de": 2, "it-it": 2, "pl-pl": 2}, ("de-de", "it-it", "pl-pl")),
        ({"es-es": 1, "fr-fr": 1, "de-de": 2, "it-it": 2, "pl-pl": 2}, None),
        ({"es-es": 1, "fr-fr": 3, "de-de": 2, "it-it": 2, "pl-pl": 2, "pt-pt": 2}, None),
        ({"es-es": 1, "de-de": 2, "fr-fr": 2, "it-it": 2}, ("fr-fr", "de-de", "it-it")),
        ({"es-es": 2, "de-de": 2, "fr-fr": 2, "it-it": 2}, None),
    ],
)  # fmt: skip
def test_a_page_is_outvoted_by_languages_and_never_against_the_original(
    values: dict[str, int], locales: tuple[str, ...] | None
) -> None:
    found = majority("es-es", values, "fr-fr")
    assert (found.locales if found else None) == locales
    assert found is None or found.value == 2


def test_items_are_compared_in_their_places() -> None:
    others = dict.fromkeys(("de-de", "it-it", "pl-pl"), ("a", "b", "c", "d"))
    (found,) = outvoted_items("es-es", {"es-es": ("a", "x", "c", "d"), **others}, "fr-fr")
    assert (found.index, found.value, found.there, found.missing) == (1, "b", 1, False)
    (found,) = outvoted_items("es-es", {"es-es": ("a", "c", "d"), **others}, "fr-fr")
    assert (found.index, found.value, found.there, found.missing) == (0, "b", 1, True)
    assert not list(
        outvoted_items("es-es", {"es-es": ("a", "b", "c", "d", "x"), **others}, "fr-fr")
    )


def test_what_cannot_be_aligned_is_not_compared() -> None:
    others = dict.fromkeys(("de-de", "it-it", "pl-pl"), ("a", "b"))
    assert not list(outvoted_items("es-es", {"es-es": ("x",), **others}, "fr-fr"))
    many = dict.fromkeys(("de-de", "it-it", "pl-pl"), tuple("ab" * 100))
    assert not list(outvoted_items("es-es", {"es-es": tuple("ab" * 99 + "ax"), **many}, "fr-fr"))
