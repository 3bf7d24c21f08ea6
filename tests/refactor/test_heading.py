"""A heading gets another text: its id follows, all links to it follow, and what led to it still does."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.refactor.files import file_changes
from balise.refactor.heading import rename_heading
from balise.workspace.workspace import Workspace
from tests.helpers.collections import opened, page
from tests.helpers.refactorings import after

SITE = "https://docs.ovh.com"
SETUP = "mail/setup/guide.en-gb.md"
LIMITS = "mail/limits/guide.en-gb.md"
BODY = """
[1](#the-port)

## Recap

## The port

### Recap

[2](#recap_1) [3](#recap)
"""
TREE = {
    "home.en-gb.md": page("Home"),
    "mail/product.en-gb.md": page("Mail", "", "slug: mail"),
    SETUP: page("Set up", BODY, "slug: setup"),
    "mail/setup/guide.fr-fr.md": page(
        "Configurer", "## Rappel\n\n## Le port\n\n### Rappel\n", "slug: config"
    ),
    LIMITS: page("Limits", "", "slug: limits"),
}


def changed(
    folder: Path, anchor: str, text: str, pages: Mapping[str, str] = {}, *, keep: bool = False
) -> dict[str, str]:
    """The files that are different after a heading of the guide is renamed."""
    with opened(folder, {**TREE, **pages}) as workspace:
        return renamed(workspace, anchor, text, keep=keep)


def renamed(workspace: Workspace, anchor: str, text: str, *, keep: bool = False) -> dict[str, str]:
    (root,) = workspace.collections
    return after(workspace, rename_heading(workspace, f"{root}/{SETUP}", anchor, text, keep=keep))


def test_its_text_its_id_and_the_links_of_its_page_change(tmp_path: Path) -> None:
    text = changed(tmp_path, "the-port", "Which *door*")[SETUP]
    assert "\n## Which *door*\n" in text
    assert "[1](#which-door)" in text
    assert "[2](#recap_1) [3](#recap)" in text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("[a](../setup/guide.en-gb.md#the-port)", "[a](../setup/guide.en-gb.md#which-door)"),
        (f"[a]({SITE}/gb/en/mail/setup/#the-port)", f"[a]({SITE}/gb/en/mail/setup/#which-door)"),
        ("[a](/pages/mail/setup#the-port)", "[a](/pages/mail/setup#which-door)"),
        (
            "<a href='/pages/mail/setup#the-port'>a</a>",
            "<a href='/pages/mail/setup#which-door'>a</a>",
        ),
        ("[a](../setup/guide.en-gb.md#The_Port)", "[a](../setup/guide.en-gb.md#which-door)"),
        ("[a](../setup/guide.fr-fr.md#the-port)", "[a](../setup/guide.fr-fr.md#le-port)"),
    ],
)
def test_links_follow_in_the_form_that_they_have(tmp_path: Path, written: str, wanted: str) -> None:
    found = changed(tmp_path, "the-port", "Which door", {LIMITS: page("Limits", written)})
    assert found[LIMITS] == page("Limits", wanted)


def test_a_redirect_to_the_heading_follows(tmp_path: Path) -> None:
    table = "/gb/en/old/ /gb/en/mail/setup/#the-port 301\n"
    found = changed(tmp_path, "the-port", "Which door", {"_redirects": table})
    assert found["_redirects"] == "/gb/en/old/ /gb/en/mail/setup/#which-door 301\n"


def test_the_page_that_a_copy_names_is_a_link_as_well(tmp_path: Path) -> None:
    routes = "routes: {canonical: '/pages/mail/setup#the-port'}"
    found = changed(tmp_path, "the-port", "A", {LIMITS: page("Limits", "", routes)})
    assert "'/pages/mail/setup#a'" in found[LIMITS]


def test_without_keeping_links_to_headings_of_the_same_text_follow_their_new_numbers(
    tmp_path: Path,
) -> None:
    text = changed(tmp_path, "recap", "In short")[SETUP]
    assert "[2](#recap) [3](#in-short)" in text
    assert "<a name" not in text


def test_what_led_to_the_page_from_outside_leads_to_the_same_headings(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as workspace:
        text = renamed(workspace, "recap", "In short", keep=True)[SETUP]
        (before,) = workspace.collections.values()
    with opened(tmp_path, {SETUP: text}) as workspace:
        (now,) = workspace.collections.values()
        path = f"{now.root}/{SETUP}"
        wanted = {"recap": "In short", "recap_1": "Recap", "the-port": "The port"}
        found = {name: now.resolve_anchor(path, name) for name in wanted}
        assert {n: m.heading.text for n, m in found.items() if m and m.heading} == wanted
        assert not any(match is None or match.legacy for match in found.values())
    assert before.root == now.root


def test_an_id_that_another_heading_has_or_had_is_never_taken(tmp_path: Path) -> None:
    text = page("Set up", "## Port\n\n## Host\n\n### Deep\n\n## Host\n\n[a](#host_2)\n")
    found = changed(tmp_path, "port", "Host", {SETUP: text}, keep=True)[SETUP]
    assert '## <a name="port"></a>Host {#host_3}\n' in found
    assert "\n## Host\n\n### Deep\n\n## Host\n\n[a](#host_2)\n" in found


def test_renaming_it_back_leaves_nothing_but_the_alias_of_the_name_between(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as workspace:
        between = renamed(workspace, "the-port", "Which door", keep=True)[SETUP]
    assert '\n## <a name="the-port"></a>Which door\n' in between
    with opened(tmp_path, {SETUP: between}) as workspace:
        back = renamed(workspace, "which-door", "The port", keep=True)[SETUP]
    assert back == TREE[SETUP].replace("## The port", '## <a name="which-door"></a>The port')


def test_edits_are_in_the_order_of_their_places(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as workspace:
        path = f"{tmp_path}/{SETUP}"
        for made in rename_heading(workspace, path, "recap", "Door").edits.values():
            assert list(made) == sorted(made)


def test_a_heading_with_an_id_of_its_own_keeps_it(tmp_path: Path) -> None:
    text = page("Set up", "## The port {#door}\n\n[a](#door)\n")
    found = changed(tmp_path, "door", "Gate", {SETUP: text}, keep=True)
    assert found == {SETUP: text.replace("The port", "Gate")}


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("## <a name='x'></a> The port", "## <a name='x'></a> Gate"),
        ("## The port <a id='x'></a>", "## Gate <a id='x'></a>"),
        ("## The port ##", "## Gate ##"),
        ("The port\n--------", "Gate\n--------"),
        ("## [The port](#the-port)", "## Gate"),
        ("> [!primary]\n> ### The port\n> text", "> [!primary]\n> ### Gate\n> text"),
        ("##  The port \r\n\r\ntext", "##  Gate \r\n\r\ntext"),
    ],
)
def test_only_the_text_is_replaced(tmp_path: Path, heading: str, wanted: str) -> None:
    found = changed(tmp_path, "the-port", "Gate", {SETUP: page("Set up", heading)})
    assert found[SETUP] == page("Set up", wanted)


@pytest.mark.parametrize(
    ("anchor", "text", "why"),
    [
        ("the-prot", "A", "`#the-prot` is not an anchor of .*; did you mean `the-port`?"),
        ("the-port", "  ", "a heading needs a text"),
        ("the-port", "The port", "reads “The port” already"),
        ("the-port", "A\n\n## B", "cannot be the text of one heading"),
        ("the-port", "<!-- none -->", "cannot be the text of one heading"),
        ("the-port", "Gate {#recap}", "`#recap` is another anchor of this page already"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, anchor: str, text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        changed(tmp_path, anchor, text)


def test_in_plain_markdown_ids_are_those_of_github(tmp_path: Path) -> None:
    text = "# A\n\n## The port\n\n## The port\n\n[a](#the-port) [b](#the-port-1)\n"
    files = {"docs/a.md": text, "README.md": "# R\n\n[c](docs/a.md#the-port)\n"}
    with opened(tmp_path, files) as workspace:
        path = f"{tmp_path}/docs/a.md"
        kept = after(workspace, rename_heading(workspace, path, "the-port", "Door"))
        bare = after(workspace, rename_heading(workspace, path, "the-port", "Door", keep=False))
    assert kept["README.md"] == bare["README.md"] == "# R\n\n[c](docs/a.md#door)\n"
    assert bare["docs/a.md"].endswith("## The port\n\n[a](#door) [b](#the-port)\n")
    assert (
        '## <a name="the-port-1"></a>The port\n\n[a](#door) [b](#the-port-1)' in kept["docs/a.md"]
    )


def test_edits_of_a_text_that_somebody_has_saved_since_are_not_made(tmp_path: Path) -> None:
    with opened(tmp_path, TREE) as workspace:
        path = f"{tmp_path}/{SETUP}"
        refactoring = rename_heading(workspace, path, "the-port", "Door")
        Path(path).write_text(page("Set up", "Another text"), encoding="utf-8")
        with pytest.raises(UserError, match="it has changed since it was read, so nothing"):
            file_changes(workspace, refactoring)
