"""A guide goes: its addresses and the links to it lead to another one, and nothing else is lost."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.refactor.model import Refactoring
from balise.refactor.remove import remove
from tests.helpers.collections import opened, page
from tests.helpers.refactorings import after

SITE = "https://docs.ovh.com"
OLD = page(
    "Old",
    "## Port\n\n## Host\n\n![a](images/a.png) ![b](images/b.png)\n",
    "slug: old",
    "aliases: older",
)
LINKS = f"""
[1](../old/guide.en-gb.md) [2]({SITE}/gb/en/mail/old/#port) [3](/pages/mail/old#host)
[4]({{legacy}}7) [5](../old/guide.fr-fr.md) [6]({SITE}/gb/en/mail/older/) ![b](../old/images/b.png)
"""
TREE = {
    "home.en-gb.md": page("Home"),
    "mail/product.en-gb.md": page("Mail", "", "slug: mail"),
    "mail/product.fr-fr.md": page("Courriel", "", "slug: mail"),
    "mail/old/guide.en-gb.md": OLD,
    "mail/old/guide.fr-fr.md": page("Vieux", "", "slug: vieux", "legacy_guide_number: 7"),
    "mail/old/images/a.png": "",
    "mail/old/images/b.png": "",
    "mail/new/guide.en-gb.md": page("New", "## Port\n", "slug: new"),
    "mail/new/guide.fr-fr.md": page("Neuf", "", "slug: neuf"),
    "mail/links/guide.en-gb.md": page("Links", LINKS, "slug: links"),
}


def removed(
    folder: Path, files: Mapping[str, str] = {}, *locales: str, to: str = "mail/new"
) -> tuple[Refactoring, dict[str, str]]:
    with opened(folder, {**TREE, **files}) as space:
        refactoring = remove(space, f"{folder}/mail/old", f"{folder}/{to}", locales)
        return refactoring, after(space, refactoring)


def test_links_lead_to_the_other_guide_in_the_form_that_they_have(tmp_path: Path) -> None:
    _, found = removed(tmp_path)
    assert found["mail/links/guide.en-gb.md"] == page(
        "Links",
        f"""
[1](../new/guide.en-gb.md) [2]({SITE}/gb/en/mail/new/#port) [3](/pages/mail/new)
[4](../new/guide.en-gb.md) [5](../new/guide.fr-fr.md) [6]({SITE}/gb/en/mail/new/) ![b](../old/images/b.png)
""",
        "slug: links",
    )


def test_an_anchor_that_the_other_guide_has_not_is_told(tmp_path: Path) -> None:
    refactoring, _ = removed(tmp_path)
    assert [note.message for note in refactoring.notes] == [
        "`#host` is no anchor of `mail/new/guide.en-gb.md`, so this link leads to its top"
    ]


def test_facts_that_name_the_guide_are_told(tmp_path: Path) -> None:
    facts = "mail:\n  pages: mail/new, mail/old\n  ports:\n    imap:\n      tls: 993\n"
    refactoring, found = removed(tmp_path, {"facts.yml": facts})
    told = [(Path(note.path).name, note.message) for note in refactoring.notes]
    assert ("facts.yml", "this names the guide that goes") in told
    assert "facts.yml" not in found


def test_every_address_that_led_there_leads_to_the_other_guide(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as space:
        (before,) = space.collections.values()
        old = {f"{tmp_path}/mail/old/guide.{locale}.md" for locale in ("en-gb", "fr-fr")}
        urls = [url for url, path in before.by_url.items() if path in old]
        ends = before.redirect_ends.items()
        urls += [url for url, end in ends if before.by_url.get(end.target) in old]
    refactoring, found = removed(tmp_path)
    for path in refactoring.removed:
        Path(path).unlink()
    with opened(tmp_path, found) as space:
        (now,) = space.collections.values()
        led = {url: now.by_url[now.redirect_ends[url].target] for url in urls}
    assert len(led) == 5
    assert {url[:2]: Path(path).name for url, path in led.items()} == {
        "gb": "guide.en-gb.md",
        "fr": "guide.fr-fr.md",
    }


def test_pictures_that_only_the_guide_shows_go_with_it(tmp_path: Path) -> None:
    refactoring, _ = removed(tmp_path)
    assert [path.removeprefix(f"{tmp_path}/mail/old/") for path in refactoring.removed] == [
        "guide.en-gb.md",
        "guide.fr-fr.md",
        "images/a.png",
    ]


def test_redirects_go_behind_those_that_there_are(tmp_path: Path) -> None:
    _, found = removed(tmp_path, {"_redirects": "/a/ /gb/en/mail/old/\r\n/b/ /gb/en/mail/new/"})
    lines = found["_redirects"].split("\r\n")
    assert lines[:3] == [
        "/a/ /gb/en/mail/old/",
        "/b/ /gb/en/mail/new/",
        "/gb/en/mail/old/ /gb/en/mail/new/",
    ]


def test_in_one_locale_the_others_stay(tmp_path: Path) -> None:
    refactoring, found = removed(tmp_path, {}, "fr-fr")
    assert refactoring.removed == [f"{tmp_path}/mail/old/guide.fr-fr.md"]
    assert "[5](../new/guide.fr-fr.md)" in found["mail/links/guide.en-gb.md"]
    assert "[1](../old/guide.en-gb.md)" in found["mail/links/guide.en-gb.md"]


@pytest.mark.parametrize(
    ("gone", "to", "locales", "why"),
    [
        ("mail/old", "mail/old", (), "cannot lead to itself"),
        ("mail/odl", "mail/new", (), "there is no page; did you mean `mail/old`?"),
        ("mail/old", "mail/nwe", (), "there is no page; did you mean `mail/new`?"),
        ("mail", "mail/new", (), "is no guide"),
        ("mail/old", "mail/new", ("de-de",), "has no page in de-de; there is en-gb, fr-fr"),
    ],
)
def test_what_cannot_be_removed_is_told(
    tmp_path: Path, gone: str, to: str, locales: tuple[str, ...], why: str
) -> None:
    with opened(tmp_path, TREE) as space, pytest.raises(UserError) as told:
        remove(space, f"{tmp_path}/{gone}", f"{tmp_path}/{to}", locales)
    assert why in str(told.value)


def test_in_the_layout_of_an_index_its_item_and_its_article_go(tmp_path: Path) -> None:
    index = (
        "+ Web\n    + [Mail](products/mail)\n        + [Old](mail/old)\n        + [New](mail/new)\n"
    )
    opened(
        tmp_path,
        {
            "pages/index.md": index,
            "pages/index-translations.fr.yaml": "mail: Courriel\n",
            "pages/mail/old/guide.en-gb.md": page("Old"),
            "pages/mail/old/meta.yaml": "full_slug: old\n",
            "pages/mail/new/guide.en-gb.md": page("New", "[a](/pages/mail/old)"),
        },
    ).close()
    root = tmp_path / "pages"
    with opened(root) as space:
        refactoring = remove(space, f"{root}/mail/old/guide.en-gb.md", f"{root}/mail/new")
        found = after(space, refactoring)
    assert found["index.md"] == index.replace("        + [Old](mail/old)\n", "")
    assert found["mail/new/guide.en-gb.md"] == page("New", "[a](/pages/mail/new)")
    assert [Path(path).name for path in refactoring.removed] == ["guide.en-gb.md", "meta.yaml"]
