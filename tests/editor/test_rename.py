"""Rename in an editor: what stands at the cursor gets another name, and all that names it follows."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.editor.rename import prepare_rename, rename
from tests.helpers.marked import GUIDES, PAGE, Editor, editor, page
from tests.helpers.refactorings import after

SSL = "web/ssl/guide.en-gb.md"
FTP = "web/ftp/guide.en-gb.md"
PRODUCT = "web/product.en-gb.md"
LINKS_YML = "manager: https://example.com/\n"


def asked(at: Editor) -> tuple[str, str]:
    """What is selected in the page, and the name that is offered."""
    span, name = prepare_rename(at.full_view, at.offset)
    return at.text(span), name


def renamed(at: Editor, name: str) -> Mapping[str, str]:
    """The files that change, with their new texts."""
    return after(at.workspace, rename(at.full_view, at.offset, name))


def moved(at: Editor, name: str) -> Mapping[str, str]:
    moves = rename(at.full_view, at.offset, name).moves
    return {at.name(old): at.name(new) for old, new in moves.items()}


@pytest.mark.parametrize("text", ["‸## A *port*", "## A ‸*port*", "## A *port*‸", "#‸# A *port*"])
def test_a_heading_is_renamed_from_anywhere_in_it(tmp_path: Path, text: str) -> None:
    at = editor(tmp_path, f"{text}\n\n[a](#a-port)\n")
    assert asked(at) == ("A *port*", "A *port*")
    assert renamed(at, "Door") == {
        PAGE: page("Mine", '## <a name="a-port"></a>Door\n\n[a](#door)\n')
    }


def test_a_heading_is_renamed_from_a_link_to_it(tmp_path: Path) -> None:
    at = editor(tmp_path, "[a](../ssl/guide.en-gb.md#ord‸er-it)")
    assert asked(at) == ("order-it", "Order it")
    found = renamed(at, "Buy it")
    assert found[PAGE] == page("Mine", "[a](../ssl/guide.en-gb.md#buy-it)")
    assert '## <a name="order-it"></a>Buy it' in found[SSL]


def test_a_text_that_is_not_saved_yet_counts(tmp_path: Path) -> None:
    at = editor(tmp_path, "## Por‸t")
    Path(at.path(PAGE)).write_text("another text", encoding="utf-8")
    assert "Door" in renamed(at, "Door")[PAGE]


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("[a](../s‸sl/guide.en-gb.md#order-it)", "../ssl/guide.en-gb.md"),
        ("[a](/pages/web/ss‸l)", "/pages/web/ssl"),
        ("<a href='/pages/web/ss‸l'>a</a>", "/pages/web/ssl"),
        ("[a]({legacy}13‸74)", "{legacy}1374"),
    ],
)
def test_a_guide_is_renamed_from_a_link_to_it(tmp_path: Path, link: str, place: str) -> None:
    at = editor(tmp_path, link)
    assert asked(at) == (place, "web/ssl")
    assert moved(at, "tls") == {
        SSL: "web/tls/guide.en-gb.md",
        "web/ssl/guide.fr-fr.md": "web/tls/guide.fr-fr.md",
    }
    assert set(moved(at, "mail/tls").values()) == {
        "mail/tls/guide.en-gb.md",
        "mail/tls/guide.fr-fr.md",
    }


def test_a_guide_is_renamed_from_its_own_front_matter(tmp_path: Path) -> None:
    at = editor(tmp_path, page("Mi‸ne", slug="mine"))
    assert asked(at) == ("Mine", "web/mine")
    assert moved(at, "yours") == {PAGE: "web/yours/guide.en-gb.md"}


def test_a_picture_is_renamed_where_it_is_shown(tmp_path: Path) -> None:
    at = editor(tmp_path, "![a](images/‸1.png)", {"web/mine/images/1.png": ""})
    assert asked(at) == ("images/1.png", "1.png")
    assert moved(at, "login.png") == {"web/mine/images/1.png": "web/mine/images/login.png"}
    assert renamed(at, "login.png")[PAGE] == page("Mine", "![a](images/login.png)")


@pytest.mark.parametrize(
    ("link", "wanted"),
    [("[a](/links/‸manager)", "[a](/links/panel)"), ("[a]({man‸ager}/x)", "[a]({panel}/x)")],
)
def test_a_key_is_renamed_from_a_link(tmp_path: Path, link: str, wanted: str) -> None:
    at = editor(tmp_path, link, {"links.yml": LINKS_YML})
    assert asked(at) == ("manager", "manager")
    assert renamed(at, "panel") == {
        PAGE: page("Mine", wanted),
        "links.yml": "panel: https://example.com/\n",
    }


def test_a_key_is_renamed_in_its_table(tmp_path: Path) -> None:
    page_with_link = page("Mine", "[a](/links/manager)")
    table = Editor(tmp_path, {**GUIDES, PAGE: page_with_link, "links.yml": f"man‸{LINKS_YML[3:]}"})
    assert asked(table) == ("manager", "manager")
    assert renamed(table, "panel")[PAGE] == page("Mine", "[a](/links/panel)")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (PAGE, page("Mine", section="First ‸steps")),
        (PRODUCT, page("Web hosting", slug="hosting", sections="Databases, Fir‸st steps")),
    ],
)
def test_a_section_is_renamed_in_a_guide_or_its_product(
    tmp_path: Path, name: str, text: str
) -> None:
    at = editor(tmp_path, text, name=name)
    assert asked(at) == ("First steps", "First steps")
    found = renamed(at, "Begin")
    assert "\nsection: Begin\n" in found[FTP]
    assert "Begin" in found[PRODUCT]


def test_the_label_of_a_product_is_its_title(tmp_path: Path) -> None:
    at = editor(tmp_path, page("Web ‸hosting", slug="hosting"), name=PRODUCT)
    assert asked(at) == ("Web hosting", "Web hosting")
    assert renamed(at, "Web") == {PRODUCT: page("Web", slug="hosting")}


INDEX = {
    "index.md": "+ Web\n    + [Mail](products/mail)\n        + [Set up](mail/setup)\n",
    "index-translations.fr.yaml": "mail: Courriel\n",
    "mail/setup/guide.en-gb.md": page("Set up", "[a](/products/mail)"),
    "mail/setup/guide.fr-fr.md": page("Configurer"),
}


@pytest.mark.parametrize(
    ("name", "text", "label", "wanted"),
    [
        ("index.md", INDEX["index.md"].replace("Mail", "Ma‸il"), "Mail", "[Post](products/mail)"),
        ("index-translations.fr.yaml", "mail: Cou‸rriel\n", "Courriel", "mail: Post"),
        ("mail/setup/guide.en-gb.md", page("Set up", "[a](/products/‸mail)"), "Mail", "[Post]("),
    ],
)
def test_in_the_layout_of_an_index_labels_are_renamed_where_they_stand(
    tmp_path: Path, name: str, text: str, label: str, wanted: str
) -> None:
    at = Editor(tmp_path, {**INDEX, name: text})
    assert asked(at)[1] == label
    (changed,) = renamed(at, "Post").values()
    assert wanted in changed


def test_in_the_layout_of_an_index_a_guide_is_renamed_where_it_is_listed(tmp_path: Path) -> None:
    text = INDEX["index.md"].replace("mail/setup", "mail/‸setup")
    at = Editor(tmp_path, {**INDEX, "index.md": text})
    assert asked(at) == ("mail/setup", "mail/setup")
    assert "(mail/begin)" in renamed(at, "begin")["index.md"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Only ‸text", "nothing here can be renamed: put the cursor on a heading"),
        ("[a](https://exam‸ple.com)", "is on another site"),
        ("[a](../no‸where/)", "leads to nothing"),
        ("[a](#no‸where)", "leads to no heading"),
        ("![a](images/no‸ne.png)", "is no picture of this collection"),
        ("## A <a name='x'></a> b‸", "there is an anchor in the midst of this heading"),
        ("[a](../../home.en‸-gb.md)", "stands for the whole collection"),
    ],
)
def test_what_cannot_be_renamed_is_told(tmp_path: Path, text: str, why: str) -> None:
    at = editor(tmp_path, text)
    with pytest.raises(UserError, match=why):
        prepare_rename(at.full_view, at.offset)
    with pytest.raises(UserError, match=why):
        rename(at.full_view, at.offset, "other")
