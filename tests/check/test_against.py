"""`balise check --against`: what was published at a commit and is gone: `lost-url`, `lost-anchor`."""

import json
from pathlib import Path
from typing import Any

import pytest

from balise.base.source import Edit, Span, apply_edits
from tests.helpers.command import write_pages
from tests.helpers.repositories import check, commit, findings, git, page, repository

A, B = "a/guide.en-gb.md", "b/guide.en-gb.md"
TEXT = "## First\n\nText.\n\n### Servers of mail\n\nText.\n\n## Last\n\nText.\n"


def lost(folder: Path, *arguments: str, rule: str = "lost-url") -> list[dict[str, Any]]:
    return findings(folder, "--against", "start", "--select", rule, *arguments)


def messages(folder: Path, rule: str = "lost-url") -> list[str]:
    return [finding["message"] for finding in lost(folder, rule=rule)]


def two(folder: Path, text: str = TEXT, more: str = "") -> Path:
    return repository(folder, {A: page("a", text, more), B: page("b")})


def write(folder: Path, name: str, text: str) -> None:
    write_pages(folder / "guides", {name: text})


def with_fixes(folder: Path, found: dict[str, Any]) -> str:
    edits = [
        Edit(Span(e["start"]["offset"], e["end"]["offset"]), e["text"])
        for e in found["fix"]["edits"]
    ]
    return apply_edits((folder / found["path"]).read_bytes().decode(), edits)


def test_nothing_is_lost_where_nothing_has_changed(tmp_path: Path) -> None:
    folder = two(tmp_path)
    assert lost(folder) == []
    assert lost(folder, rule="lost-anchor") == []


def test_another_slug_loses_the_address(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write(folder, A, page("other", TEXT))
    (found,) = lost(folder)
    assert found["path"] == f"guides/{A}"
    assert found["start"]["line"] == 3
    assert found["severity"] == "error"
    assert found["message"] == (
        "the page was at `/gb/en/a/`, and now that address leads nowhere; write `aliases: a` in the "
        "front matter, or a line `/gb/en/a/ /gb/en/other/` in `_redirects`"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CR LF"])
def test_the_fix_adds_the_old_slug_and_nothing_is_lost_then(tmp_path: Path, end: str) -> None:
    folder = two(tmp_path)
    write(folder, A, page("other", TEXT).replace("\n", end))
    (found,) = lost(folder)
    assert found["fix"]["safe"] is True
    assert found["fix"]["title"] == "add `aliases: a`"
    fixed = with_fixes(folder, found)
    assert f"title: The other{end}aliases: a{end}slug: other{end}" in fixed
    write(folder, A, fixed)
    assert lost(folder) == []


def test_fix_writes_the_alias(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write(folder, A, page("other", TEXT))
    ran = check(folder, "--against", "start", "--select", "lost-url", "--fix")
    assert ran.status == 0, ran.err
    assert "aliases: a\nslug: other\n" in (folder / "guides" / A).read_text(encoding="utf-8")


def test_a_page_with_aliases_gets_no_fix_but_the_way_out(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write(folder, A, page("other", TEXT, "aliases: older\n"))
    (found,) = lost(folder)
    assert found["fix"] is None
    assert "add `a` to its `aliases`" in found["message"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (A, page("other", TEXT, "aliases: a\n")),
        ("_redirects", "/gb/en/a/ /gb/en/b/\n"),
        ("_redirects", "/gb/en/a/ https://example.com/\n"),
        ("z/guide.en-gb.md", page("a")),
    ],
    ids=["an alias", "a redirect", "a redirect to another site", "another page"],
)
def test_an_address_that_something_answers_is_not_lost(
    tmp_path: Path, name: str, text: str
) -> None:
    folder = two(tmp_path)
    (folder / "guides" / A).unlink()
    write(folder, name, text)
    assert lost(folder) == []


def test_a_removed_page_is_reported_at_its_old_path(tmp_path: Path) -> None:
    folder = two(tmp_path)
    git(folder, "rm", "--quiet", f"guides/{A}")
    commit(folder)
    ran = check(folder, "--against", "start", "--select", "lost-url")
    assert ran.status == 1
    assert ran.out == (
        f"guides/{A}:1:1 error lost-url\n"
        "  there was a page at `/gb/en/a/`, and now the address leads nowhere; give it a line in "
        "`_redirects`: the old address, a blank, the new one\n\n"
    )
    assert ran.err.endswith("2 pages checked: 1 error on 1 page\n")


def test_a_moved_page_is_found_again(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "guides/z").mkdir()
    git(folder, "mv", f"guides/{A}", "guides/z/guide.en-gb.md")
    assert lost(folder) == []
    write(folder, "z/guide.en-gb.md", page("other", TEXT))
    git(folder, "add", "--all")
    (found,) = lost(folder)
    assert found["path"] == "guides/z/guide.en-gb.md"
    assert found["fix"]["title"] == "add `aliases: a`"


def test_a_page_that_was_moved_without_telling_git_is_found_again(tmp_path: Path) -> None:
    text = "---\ntitle: A page without a slug\n---\n\nText.\n"
    folder = repository(tmp_path, {A: text})
    (folder / "guides/a").rename(folder / "guides/z")
    (found,) = lost(folder)
    assert found["path"] == "guides/z/guide.en-gb.md"
    assert found["fix"]["title"] == "add `aliases: a`"


def test_a_product_that_takes_the_place_of_a_guide_is_its_successor(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "guides" / A).unlink()
    write(folder, "a/product.en-gb.md", page("new"))
    (found,) = lost(folder)
    assert found["path"] == "guides/a/product.en-gb.md"


def test_another_slug_of_a_product_loses_the_addresses_below_it(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"p/product.en-gb.md": page("p"), f"p/{A}": page("a")})
    write(folder, "p/product.en-gb.md", page("q"))
    guide, product = lost(folder)
    assert guide["path"] == f"guides/p/{A}"
    assert guide["fix"]["title"] == "add `aliases: /gb/en/p/a/`"
    write(folder, f"p/{A}", with_fixes(folder, guide))
    write(folder, "p/product.en-gb.md", with_fixes(folder, product))
    assert lost(folder) == []


def test_older_addresses_of_a_lost_page_are_told_with_it(tmp_path: Path) -> None:
    folder = two(tmp_path, more="aliases: older\nlegacy_guide_number: 12\n")
    (folder / "guides" / A).unlink()
    (message,) = messages(folder)
    assert "nor do `/gb/en/older/`, `/gb/en/g12/`, which led there" in message


def test_a_redirect_that_was_taken_away_is_lost(tmp_path: Path) -> None:
    folder = two(tmp_path, more="aliases: older\n")
    write(folder, A, page("a", TEXT))
    (found,) = lost(folder)
    assert found["path"] == f"guides/{A}"
    assert found["message"].startswith("`/gb/en/older/` led to `/gb/en/a/`, and now leads nowhere")


def test_paths_restrict_what_is_told(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "guides" / A).unlink()
    write(folder, B, page("other"))
    assert [f["path"] for f in lost(folder)] == [f"guides/{A}", f"guides/{B}"]
    assert [f["path"] for f in lost(folder, "guides/b")] == [f"guides/{B}"]
    assert [f["path"] for f in lost(folder, "guides/home.en-gb.md")] == []


def test_pages_that_the_configuration_leaves_out_were_never_published(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"drafts/x/guide.en-gb.md": page("x"), A: page("a")})
    write_pages(folder, {"balise.toml": 'exclude = ["drafts/"]\n'})
    (folder / "guides/drafts/x/guide.en-gb.md").unlink()
    assert lost(folder) == []


def test_all_pages_may_be_gone(tmp_path: Path) -> None:
    folder = two(tmp_path)
    for name in (A, B, "home.en-gb.md"):
        (folder / "guides" / name).unlink()
    assert [f["path"] for f in lost(folder)] == [f"guides/{n}" for n in (A, B, "home.en-gb.md")]


def test_a_large_collection_is_compared(tmp_path: Path) -> None:
    names = [f"g{number}" for number in range(80)]
    folder = repository(tmp_path, {f"{n}/guide.en-gb.md": page(n, TEXT) for n in names})
    for name in names:
        write(folder, f"{name}/guide.en-gb.md", page(f"{name}-x", TEXT))
    assert len(lost(folder)) == 80


def test_an_anchor_that_has_gone_is_told_with_the_nearest_heading(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write(folder, A, page("a", TEXT.replace("Servers of mail", "Servers for your mail")))
    (found,) = lost(folder, rule="lost-anchor")
    assert found["severity"] == "warning"
    assert found["message"] == (
        "`#servers-of-mail` was the anchor of “Servers of mail” on this page, and now leads "
        'nowhere; where it should lead, write `<a name="servers-of-mail"></a>`'
    )
    assert found["start"]["line"] == 6
    assert [r["message"] for r in found["related"]] == ["nearest is `#servers-for-your-mail`"]
    assert found["related"][0]["start"]["line"] == 10


def test_an_anchor_made_by_hand_can_be_lost(tmp_path: Path) -> None:
    folder = two(tmp_path, '<a name="by-hand"></a>\n\nText.\n')
    write(folder, A, page("a", "Text.\n"))
    (message,) = messages(folder, "lost-anchor")
    assert message.startswith("`#by-hand` was the anchor on this page")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("### Servers of mail", "### Something else {#servers-of-mail}"),
        TEXT.replace("### Servers of mail", '<a name="servers-of-mail"></a>'),
        TEXT.replace("### Servers of mail", "### Servers of Mail: {#Servers_of_mail}"),
    ],
    ids=["an id", "an anchor made by hand", "another spelling"],
)
def test_an_anchor_that_still_means_something_is_not_lost(tmp_path: Path, text: str) -> None:
    folder = two(tmp_path)
    write(folder, A, page("a", text))
    assert lost(folder, rule="lost-anchor") == []


def test_anchors_of_a_moved_page_are_looked_for_on_it(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "guides/z").mkdir()
    git(folder, "mv", f"guides/{A}", "guides/z/guide.en-gb.md")
    write(folder, "z/guide.en-gb.md", page("a", TEXT.replace("Last", "Zenith")))
    git(folder, "add", "--all")
    (found,) = lost(folder, rule="lost-anchor")
    assert found["path"] == "guides/z/guide.en-gb.md"
    assert found["message"].startswith(
        "`#last` was the anchor of “Last” on this page, and now leads nowhere, nor does its older "
        "name `#last_1`"
    )


def test_anchors_of_a_removed_page_are_not_told_beside_its_address(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "guides" / A).unlink()
    assert lost(folder, rule="lost-anchor") == []


def test_both_options_may_name_different_commits(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write(folder, A, page("other", TEXT))
    commit(folder)
    write(folder, B, page("b", "[x](#none)\n"))
    ran = check(
        *(folder, "--changed-since", "HEAD", "--against", "start"),
        *("--select", "lost-url,unresolved-anchor", "--output-format", "json"),
    )
    assert [f["rule"] for f in json.loads(ran.out)] == ["lost-url", "unresolved-anchor"]


def test_without_against_these_rules_find_nothing(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write(folder, A, page("other", TEXT))
    assert findings(folder, "--select", "redirects,anchors") == []


def test_to_select_them_alone_without_against_is_a_mistake(tmp_path: Path) -> None:
    ran = check(two(tmp_path), "--select", "lost-url,lost-anchor")
    assert ran.status == 2
    assert ran.err == (
        "balise: `lost-anchor` and `lost-url` can only compare with a commit: name it with "
        "`--against`\n"
    )


def test_a_line_that_is_gone_from_a_table_is_told_at_the_beginning_of_that(tmp_path: Path) -> None:
    lines = "/gb/en/old/ /gb/en/a/\n/gb/en/older/ /gb/en/b/\n"
    folder = repository(tmp_path, {A: page("a"), B: page("b"), "_redirects": lines})
    write(folder, "_redirects", lines.splitlines(keepends=True)[0])
    (found,) = lost(folder)
    assert found["path"] == "guides/_redirects"
    assert found["start"] == found["end"] == {"line": 1, "column": 1, "offset": 0}
    assert found["message"].startswith("`/gb/en/older/` led to `/gb/en/b/`, and now leads nowhere;")


def test_a_line_of_a_table_that_is_gone_as_a_whole_is_told_at_its_beginning(tmp_path: Path) -> None:
    folder = repository(tmp_path, {A: page("a"), "_redirects": "# Old\n\n/gb/en/old/ /gb/en/a/\n"})
    (folder / "guides" / "_redirects").unlink()
    (found,) = lost(folder)
    assert found["path"] == "guides/_redirects"
    assert found["start"] == found["end"] == {"line": 1, "column": 1, "offset": 0}
    assert found["message"] == (
        "`/gb/en/old/` led to `/gb/en/a/`, and now leads nowhere; "
        "write it into `aliases` of the page or into `_redirects` again"
    )
