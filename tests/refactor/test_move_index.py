"""In the layout `index` a move is followed by the index, by articles and by the files in `links`, too."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.refactor.move import move
from tests.helpers.collections import opened, page
from tests.helpers.command import write_pages
from tests.helpers.renames import write

SITE = "https://docs.ovh.com"
INDEX = """\
+ Web Cloud
    + [Emails](products/web-cloud-emails)
        + [Getting started](web-cloud-emails-start)
            + [Set up](web/emails/setup)
            + [Limits](/pages/web/emails/limits)
"""
ARTICLE = "id: 1234\nreference_category: web-cloud-emails\n"
FILES = {
    "pages/index.md": INDEX,
    "pages/index-translations.fr.yaml": "web-cloud-emails: Courriels\nweb-cloud-emails-start: Premiers pas\n",
    "pages/web/emails/setup/guide.en-gb.md": page("Set up", "![a](/pages/assets/a.png)"),
    "pages/web/emails/setup/guide.fr-fr.md": page("Configurer"),
    "pages/web/emails/setup/meta.yaml": ARTICLE,
    "pages/web/emails/limits/guide.en-gb.md": page(
        "Limits",
        "[a](/pages/web/emails/setup#here) [b](/products/web-cloud-emails) [c](/links/setup)",
    ),
    "pages/assets/a.png": "",
    "links/setup": f"- [en-gb]({SITE}/gb/en/web/emails/setup/)\n",
}


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    return write_pages(tmp_path, FILES) / "pages"


def moved(guides: Path, old: str, new: str, locales: Sequence[str] = ()) -> None:
    with opened(guides) as workspace:
        write(move(workspace, f"{guides}/{old}", f"{guides}/{new}", locales), workspace)


def text(guides: Path, name: str) -> str:
    return (guides / name).read_text(encoding="utf-8")


def test_the_item_of_a_guide_follows_and_keeps_its_form(guides: Path) -> None:
    moved(guides, "web/emails/setup", "web/emails/start")
    moved(guides, "web/emails/limits", "web/emails/bounds")
    assert text(guides, "index.md") == INDEX.replace("/setup", "/start").replace(
        "/limits", "/bounds"
    )


def test_links_and_addresses_by_key_follow(guides: Path) -> None:
    moved(guides, "web/emails/setup", "web/emails/start")
    assert "[a](/pages/web/emails/start#here)" in text(guides, "web/emails/limits/guide.en-gb.md")
    assert "[c](/links/setup)" in text(guides, "web/emails/limits/guide.en-gb.md")
    assert text(guides, "../links/setup") == FILES["links/setup"].replace("setup/", "start/")


def test_old_addresses_lead_on_by_the_table(guides: Path) -> None:
    moved(guides, "web/emails/setup", "web/emails/start")
    assert text(guides, "_redirects") == (
        "/fr/web/emails/setup/ /fr/web/emails/start/\n"
        "/gb/en/web/emails/setup/ /gb/en/web/emails/start/\n"
    )


def test_the_article_goes_along(guides: Path) -> None:
    moved(guides, "web/emails/setup", "web/emails/start")
    assert text(guides, "web/emails/start/meta.yaml") == ARTICLE


def test_a_locale_that_leaves_its_guide_gets_an_item_and_an_article_of_its_own(
    guides: Path,
) -> None:
    moved(guides, "web/emails/setup", "web/emails/start", ["fr-fr"])
    item = "            + [Set up](web/emails/setup)\n"
    assert text(guides, "index.md") == INDEX.replace(item, item.replace("setup", "start") + item)
    assert text(guides, "web/emails/start/meta.yaml") == "reference_category: web-cloud-emails\n"
    moved(guides, "web/emails/start", "web/emails/setup")
    assert text(guides, "index.md") == INDEX
    assert not (guides / "web/emails/start").exists()
    assert text(guides, "web/emails/setup/meta.yaml") == ARTICLE


def test_a_product_is_renamed_wherever_it_is_named(guides: Path) -> None:
    moved(guides, "products/web-cloud-emails", "products/web-cloud-mail")
    assert text(guides, "index.md") == INDEX.replace("s/web-cloud-emails", "s/web-cloud-mail")
    assert "web-cloud-mail: Courriels\n" in text(guides, "index-translations.fr.yaml")
    assert "reference_category: web-cloud-mail\n" in text(guides, "web/emails/setup/meta.yaml")
    assert "[b](/products/web-cloud-mail)" in text(guides, "web/emails/limits/guide.en-gb.md")
    assert "/gb/en/products/web-cloud-emails/ /gb/en/products/web-cloud-mail/\n" in text(
        guides, "_redirects"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("products/web-cloud-emails", "products/a/b", "no place of a product"),
        ("universes/web-cloud", "universes/web", "is made of the label of a universe"),
        ("web/emails/setup", "products/setup", "are made there"),
    ],
)
def test_what_cannot_be_is_said(guides: Path, old: str, new: str, said: str) -> None:
    with opened(guides) as workspace, pytest.raises(UserError, match=said):
        move(workspace, f"{guides}/{old}", f"{guides}/{new}")
