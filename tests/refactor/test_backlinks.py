"""The places that name a page or file, however they are written, follow every change of the guides."""

from pathlib import Path

import pytest

from balise.refactor.backlinks import Backlinks, Use, backlinks_of
from balise.workspace.workspace import Workspace
from tests.helpers.collections import opened, page

SITE = "https://docs.ovh.com"
TREE = {
    "home.en-gb.md": page("Home", f"[mail]({SITE}/gb/en/mail/)"),
    "mail/product.en-gb.md": page("Mail", "", "slug: mail", "img: logo.png"),
    "mail/images/logo.png": "",
    "mail/setup/guide.en-gb.md": page(
        "Set up", "## Here\n\n![a](images/a.png)\n", "slug: setup", "legacy_guide_number: 12"
    ),
    "mail/setup/guide.fr-fr.md": page("Configurer", '<img src="images/a.png">', "slug: config"),
    "mail/setup/images/a.png": "",
    "mail/limits/guide.en-gb.md": page(
        "Limits",
        f"[a](../setup/guide.en-gb.md#here) [b]({SITE}/gb/en/mail/setup/) [c]({{legacy}}12)\n\n"
        '<a href="/pages/mail/setup">d</a> [dead](../nowhere/guide.en-gb.md)\n\n'
        "{!> snippets/contact.md !}\n\n[out](https://example.com) ![e](../setup/images/a.png)\n",
        "slug: limits",
    ),
    "snippets/contact.md": "Write to us\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    opened(tmp_path, TREE).close()
    return tmp_path


def hrefs(uses: list[Use]) -> list[str]:
    return [use.href.replace("%7B", "{").replace("%7D", "}") for use in uses]


def of(workspace: Workspace, name: str, backlinks: Backlinks | None = None) -> list[Use]:
    (root,) = workspace.collections
    return list((backlinks or backlinks_of(workspace)).of(f"{root}/{name}"))


def everything(workspace: Workspace, backlinks: Backlinks) -> list[Use]:
    return [use for path in sorted(workspace.records) for use in backlinks.on(path)]


def test_a_page_is_named_in_every_form_that_a_link_has(folder: Path) -> None:
    uses = of(opened(folder), "mail/setup/guide.en-gb.md")
    assert hrefs(uses) == [
        "../setup/guide.en-gb.md#here",
        f"{SITE}/gb/en/mail/setup/",
        "{legacy}12",
        "/pages/mail/setup",
    ]
    assert [use.fragment for use in uses] == ["here", "", "", ""]
    assert [use.form for use in uses] == ["markdown", "markdown", "markdown", "html"]


def test_the_place_of_an_address_is_where_it_is_written(folder: Path) -> None:
    text = (folder / "mail/limits/guide.en-gb.md").read_text(encoding="utf-8")
    uses = of(opened(folder), "mail/setup/guide.en-gb.md")
    for use, href in zip(uses, hrefs(uses), strict=True):
        assert use.address is not None
        assert text[use.address.start : use.address.end] == href


def test_pictures_are_named_by_markdown_html_and_front_matter(folder: Path) -> None:
    workspace = opened(folder)
    assert hrefs(of(workspace, "mail/setup/images/a.png")) == [
        "../setup/images/a.png",
        "images/a.png",
        "images/a.png",
    ]
    assert [(use.kind, use.href) for use in of(workspace, "mail/images/logo.png")] == [
        ("picture", "logo.png")
    ]


def test_an_included_file_is_named(folder: Path) -> None:
    uses = of(opened(folder), "snippets/contact.md")
    assert [(use.kind, use.href) for use in uses] == [("include", "snippets/contact.md")]


def test_a_canonical_address_is_a_link(tmp_path: Path) -> None:
    copy = page("Copy", "", "routes:", "  canonical: '/pages/mail/setup'")
    files = {**TREE, "mail/copy/guide.en-gb.md": copy}
    workspace = opened(tmp_path, files)
    (use,) = [u for u in of(workspace, "mail/setup/guide.en-gb.md") if "copy" in u.path]
    assert use.address is not None
    assert copy[use.address.start : use.address.end] == use.href == "/pages/mail/setup"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mail/limits/guide.en-gb.md", page("Limits", "[new](../setup/)")),
        ("mail/setup/guide.en-gb.md", page("Set up", "## Here\n", "slug: another")),
        ("mail/setup/guide.en-gb.md", page("Set up", "## There {#here2}\n", "slug: setup")),
        ("mail/product.en-gb.md", page("Mail", "", "slug: emails")),
        ("mail/nowhere/guide.en-gb.md", page("No dead link", "")),
        ("mail/setup/images/b.png", ""),
        ("_redirects", "/gb/en/older/ /gb/en/mail/setup/\n"),
    ],
)
def test_after_a_change_they_are_those_of_a_new_reading(folder: Path, name: str, text: str) -> None:
    with opened(folder) as workspace:
        backlinks_of(workspace)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    with opened(folder) as after:
        expected = Backlinks()
        expected.renew(after)
        assert everything(after, backlinks_of(after)) == everything(after, expected)
        assert everything(after, expected)


def test_what_was_kept_is_not_read_again(folder: Path) -> None:
    with opened(folder) as workspace:
        backlinks_of(workspace)
    with opened(folder) as again:
        kept = Backlinks.load(again.store)
        assert list(kept.renew_steps(again)) == []
        assert everything(again, kept)


def test_a_page_that_is_gone_names_nothing(folder: Path) -> None:
    with opened(folder) as workspace:
        backlinks = backlinks_of(workspace)
        assert of(workspace, "mail/setup/guide.en-gb.md", backlinks)
    (folder / "mail/limits/guide.en-gb.md").unlink()
    with opened(folder) as after:
        backlinks.renew(after)
        assert of(after, "mail/setup/guide.en-gb.md", backlinks) == []


def test_a_link_by_number_goes_to_the_locale_of_its_page(tmp_path: Path) -> None:
    files = {**TREE, "mail/limits/guide.fr-fr.md": page("Limites", "[c]({legacy}12)")}
    assert hrefs(of(opened(tmp_path, files), "mail/setup/guide.fr-fr.md")) == ["{legacy}12"]
