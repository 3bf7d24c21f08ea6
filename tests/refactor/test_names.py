"""Keys of addresses, sections and labels get other names wherever they stand."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.refactor.key import rename_key
from balise.refactor.label import rename_label
from balise.refactor.section import rename_section
from tests.helpers.collections import opened, page
from tests.helpers.refactorings import after

PRODUCT = "mail/product.en-gb.md"
FRENCH = "mail/product.fr-fr.md"
GUIDE = "mail/setup/guide.en-gb.md"
TREE = {
    "home.en-gb.md": page("Home"),
    PRODUCT: page("Mail", "", "slug: mail", "sections: First steps,  In depth , Rare"),
    "mail/product.en-ie.md": page("Mail", "", "sections: First steps, Others"),
    FRENCH: page("Courriel", "", "sections: Premiers pas, Cas d'usage"),
    GUIDE: page("Set up", "", "section: In  depth", "slug: setup"),
    "mail/a/b/guide.en-gb.md": page("Deep", "", 'section: "In depth"'),
    "mail/setup/guide.fr-fr.md": page("Configurer", "", "section: Premiers pas"),
    "web/product.en-gb.md": page("Web", "", "sections: In depth"),
    "web/a/guide.en-gb.md": page("Other", "", "section: In depth"),
}
INDEX = {
    "pages/index.md": "+ Web\n    + [Mail](products/mail)\n        + [First steps](mail-first)\n"
    "            + [Set up](mail/setup)\n",
    "pages/index-translations.fr.yaml": "mail-first: 'Premiers pas'\n",
    "pages/mail/setup/guide.en-gb.md": page(
        "Set up", "[a](/links/manager) [b](/links/manager/dns)"
    ),
    "pages/mail/setup/guide.fr-fr.md": page("Configurer", "<a href='/links/manager'>a</a>"),
    "links/manager": "- [en-gb](https://example.com/)\n",
    "links/manager-of-all": "- [en-gb](https://example.com/all)\n",
}


def test_a_section_is_renamed_in_its_product_and_all_its_guides(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as space:
        found = after(space, rename_section(space, f"{tmp_path}/mail", "In depth", "Details"))
    assert found == {
        PRODUCT: TREE[PRODUCT].replace("In depth", "Details"),
        GUIDE: TREE[GUIDE].replace("In  depth", "Details"),
        "mail/a/b/guide.en-gb.md": page("Deep", "", 'section: "Details"'),
    }


def test_a_section_is_renamed_in_all_locales_that_call_it_so(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as space:
        refactoring = rename_section(space, f"{tmp_path}/{PRODUCT}", "First steps", "Begin: here")
        assert sorted(after(space, refactoring)) == [
            "mail/product.en-gb.md",
            "mail/product.en-ie.md",
        ]
        refactoring = rename_section(space, f"{tmp_path}/mail", "Premiers pas", "Début: ici")
        found = after(space, refactoring)
    assert found["mail/setup/guide.fr-fr.md"] == page("Configurer", "", 'section: "Début: ici"')
    assert '\nsections: "Début: ici, Cas d\'usage"\n' in found[FRENCH]
    with opened(tmp_path, TREE) as space:
        found = after(space, rename_section(space, f"{tmp_path}/mail", "Premiers pas", "Début"))
    assert "\nsections: Début, Cas d'usage\n" in found[FRENCH]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("In deep", "A", "has no section “In deep”; did you mean `In depth`?"),
        ("In depth", "Rare", "has a section “Rare” already"),
        ("In depth", "A, B", "no comma"),
        ("In depth", " ", "has a text"),
    ],
)
def test_a_section_that_cannot_be_renamed_is_told(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    with opened(tmp_path, TREE) as space, pytest.raises(UserError) as told:
        rename_section(space, f"{tmp_path}/mail", old, new)
    assert why in str(told.value)


def test_in_the_layout_of_an_index_a_section_has_a_label_in_each_language(tmp_path: Path) -> None:
    opened(tmp_path, INDEX).close()
    with opened(tmp_path / "pages") as space:
        (root,) = space.collections
        product = f"{root}/products/mail"
        english = after(space, rename_section(space, product, "First steps", "Begin"))
        french = after(space, rename_section(space, product, "Premiers pas", "L'abc"))
    assert english == {"index.md": INDEX["pages/index.md"].replace("First steps", "Begin")}
    assert french == {"index-translations.fr.yaml": "mail-first: 'L''abc'\n"}


KEYS = {
    "links.yml": "manager:\n  fr-fr: https://a.example/\n  default: https://b.example/\n"
    '"shop": https://c.example/\n',
    GUIDE: page("Set up", "[a](/links/manager) {manager} [b]({manager}/dns) [c](/links/shop#x)"),
}


def keys(folder: Path, old: str, new: str, files: Mapping[str, str] = KEYS) -> dict[str, str]:
    with opened(folder, {**TREE, **files}) as space:
        return after(space, rename_key(space, next(iter(space.collections)), old, new))


def test_a_key_is_renamed_in_its_table_and_in_all_links(tmp_path: Path) -> None:
    assert keys(tmp_path, "manager", "panel") == {
        "links.yml": KEYS["links.yml"].replace("manager", "panel"),
        GUIDE: page("Set up", "[a](/links/panel) {manager} [b]({panel}/dns) [c](/links/shop#x)"),
    }
    assert keys(tmp_path, "shop", "store") == {
        "links.yml": KEYS["links.yml"].replace("shop", "store"),
        GUIDE: KEYS[GUIDE].replace("shop", "store"),
    }


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("manger", "a", "there is no such key, so it cannot be renamed; did you mean `manager`?"),
        ("ovh_www", "a", "it is one that balise has itself"),
        ("manager", "shop", "there is such a key already"),
        ("manager", "a b", "a key has letters"),
        ("manager", "a/b", "is no address: the key has a `/`"),
    ],
)
def test_a_key_that_cannot_be_renamed_is_told(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(UserError) as told:
        keys(tmp_path, old, new)
    assert why in str(told.value)


def test_in_the_layout_of_an_index_the_file_of_a_key_moves(tmp_path: Path) -> None:
    opened(tmp_path, INDEX).close()
    with opened(tmp_path / "pages") as space:
        (root,) = space.collections
        refactoring = rename_key(space, root, "manager", "panels/own")
        found = after(space, refactoring)
    assert refactoring.moves == {f"{tmp_path}/links/manager": f"{tmp_path}/links/panels/own"}
    english = found["mail/setup/guide.en-gb.md"]
    assert "[a](/links/panels/own) [b](/links/manager/dns)" in english
    assert "<a href='/links/panels/own'>" in found["mail/setup/guide.fr-fr.md"]


def test_the_label_of_a_product_is_the_title_of_its_page(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as space:
        found = after(space, rename_label(space, f"{tmp_path}/{FRENCH}", "Courriel: le tout"))
    assert found == {FRENCH: TREE[FRENCH].replace("Courriel", '"Courriel: le tout"')}


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ("en-gb", {"index.md": INDEX["pages/index.md"].replace("[Mail]", "[Post]")}),
        ("fr-fr", {"index-translations.fr.yaml": "mail-first: 'Premiers pas'\nmail: Post\n"}),
    ],
)
def test_in_the_layout_of_an_index_it_is_that_of_the_language(
    tmp_path: Path, locale: str, wanted: dict[str, str]
) -> None:
    opened(tmp_path, INDEX).close()
    with opened(tmp_path / "pages") as space:
        (root,) = space.collections
        path = f"{root}/products/mail/product.{locale}.md"
        assert after(space, rename_label(space, path, "Post")) == wanted


def test_a_guide_has_no_label(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as space, pytest.raises(UserError, match="no page of a product"):
        rename_label(space, f"{tmp_path}/{GUIDE}", "A")
