"""`balise check --changed-since`: only what a change can matter to is reported."""

from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, write_pages
from tests.helpers.platforms import with_links
from tests.helpers.repositories import check, commit, findings, git, page, repository

WRONG = "See [it](#nothing-there)."
"""A mistake on every page, so that the pages with findings are the pages that are checked."""

A, B, C = "a/guide.en-gb.md", "b/guide.en-gb.md", "c/guide.en-gb.md"


def three(folder: Path, **texts: str) -> Path:
    """Three guides with a mistake each; `texts` stand on them as well."""
    pages = {
        f"{name}/guide.en-gb.md": page(name, f"{WRONG}\n\n{texts.get(name, '')}") for name in "abc"
    }
    return repository(folder, pages)


def checked(folder: Path, *arguments: str, since: str = "start") -> list[str]:
    """The pages with the mistake that every page has, from the folder of guides."""
    found = findings(folder, "--changed-since", since, *arguments)
    return [
        f["path"].removeprefix("guides/")
        for f in found
        if f["message"].startswith("`#nothing-there`")
    ]


def change(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / "guides" / name
        file.write_text(file.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")


def test_nothing_is_reported_where_nothing_has_changed(tmp_path: Path) -> None:
    ran = check(three(tmp_path), "--changed-since", "start")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "balise: no page is concerned by changes since start\n"


def test_committed_staged_unstaged_and_untracked_pages_have_changed(tmp_path: Path) -> None:
    folder = three(tmp_path)
    change(folder, A)
    commit(folder)
    change(folder, B)
    git(folder, "add", "--all")
    change(folder, C)
    write_pages(folder / "guides", {"d/guide.en-gb.md": page("d", WRONG)})
    assert checked(folder) == [A, B, C, "d/guide.en-gb.md"]
    assert checked(folder, since="HEAD") == [B, C, "d/guide.en-gb.md"]


def test_ignored_pages_have_not_changed(tmp_path: Path) -> None:
    folder = three(tmp_path)
    write_pages(folder, {".git/info/exclude": "/guides/d\n"})
    write_pages(folder / "guides", {"d/guide.en-gb.md": page("d", WRONG)})
    assert checked(folder) == []


@pytest.mark.parametrize("cache", [(), ("--no-cache",)], ids=["with a cache", "without"])
def test_a_page_that_links_to_a_changed_page_is_checked(
    tmp_path: Path, cache: tuple[str, ...]
) -> None:
    folder = three(tmp_path, a="[b](../b/guide.en-gb.md)")
    checked(folder, *cache)
    change(folder, B)
    assert checked(folder, *cache) == [A, B]


def test_a_page_that_links_to_a_removed_page_is_checked(tmp_path: Path) -> None:
    folder = three(tmp_path, a="[b](../b/guide.en-gb.md)", c="[b](/gb/en/b/)")
    git(folder, "rm", "--quiet", "--", f"guides/{B}")
    assert checked(folder) == [A, C]


def test_a_page_that_links_to_an_address_that_has_gone_is_checked(tmp_path: Path) -> None:
    folder = three(tmp_path, a="[b](/gb/en/b/)")
    write_pages(folder / "guides", {B: page("other", WRONG)})
    assert checked(folder) == [A, B]


def test_a_renamed_page_and_those_that_link_to_its_old_path_are_checked(tmp_path: Path) -> None:
    folder = three(tmp_path, a="[b](../b/guide.en-gb.md)")
    (folder / "guides/z").mkdir()
    git(folder, "mv", f"guides/{B}", "guides/z/guide.en-gb.md")
    assert checked(folder) == [A, "z/guide.en-gb.md"]


def test_a_page_with_a_changed_or_removed_picture_is_checked(tmp_path: Path) -> None:
    folder = three(tmp_path, a="![x](images/x.png)", b="![y](images/y.png)")
    write_pages(folder / "guides", {"a/images/x.png": PICTURE, "b/images/y.png": PICTURE})
    commit(folder)
    write_pages(folder / "guides", {"a/images/x.png": PICTURE + "2"})
    (folder / "guides/b/images/y.png").unlink()
    assert checked(folder, since="HEAD") == [A, B]


def test_a_page_that_includes_a_changed_file_is_checked_by_any_way(tmp_path: Path) -> None:
    folder = three(tmp_path, a="{!> b/guide.en-gb.md !}", b="{!> notes.md !}")
    write_pages(folder / "guides", {"notes.md": "Some notes.\n"})
    commit(folder)
    change(folder, "notes.md")
    assert checked(folder, since="HEAD") == [A, B]


def test_a_page_with_code_from_a_changed_file_is_checked(tmp_path: Path) -> None:
    folder = three(tmp_path, a="```\n{!> examples/redis !}\n```")
    write_pages(folder / "guides", {"examples/redis": "import redis\n"})
    commit(folder)
    change(folder, "examples/redis")
    assert checked(folder, since="HEAD") == [A]


def test_translations_of_a_changed_page_are_checked(tmp_path: Path) -> None:
    folder = repository(
        tmp_path,
        {
            name: page("a", WRONG)
            for name in ("a/guide.en-gb.md", "a/guide.de-de.md", "b/guide.de-de.md")
        },
    )
    change(folder, A)
    assert checked(folder) == ["a/guide.de-de.md", A]


def test_a_page_that_has_got_another_address_is_checked(tmp_path: Path) -> None:
    product = "---\ntitle: P\nslug: {}\n---\n\n# P\n"
    folder = repository(
        tmp_path,
        {
            "p/product.en-gb.md": product.format("p"),
            f"p/{A}": page("a", WRONG),
            B: page("b", WRONG),
        },
    )
    write_pages(folder / "guides", {"p/product.en-gb.md": product.format("q")})
    assert checked(folder) == [f"p/{A}"]


def test_a_page_whose_address_a_new_page_takes_is_checked(tmp_path: Path) -> None:
    folder = three(tmp_path)
    write_pages(folder / "guides", {"aa/guide.en-gb.md": page("b")})
    found = findings(folder, "--changed-since", "start", "--select", "duplicate-url")
    assert [f["path"] for f in found] == [f"guides/{B}"]


def test_a_page_with_a_key_of_a_changed_table_is_checked(tmp_path: Path) -> None:
    folder = three(tmp_path, a="[shop](/links/shop)", b="[help](/links/help)")
    write_pages(
        folder / "guides", {"links.yml": "shop: https://a.example\nhelp: https://h.example\n"}
    )
    commit(folder)
    write_pages(
        folder / "guides", {"links.yml": "shop: https://b.example\nhelp: https://h.example\n"}
    )
    assert checked(folder, since="HEAD") == [A]


def test_paths_restrict_further(tmp_path: Path) -> None:
    folder = three(tmp_path)
    change(folder, A, B)
    assert checked(folder, "guides/b", "guides/c") == [B]
    assert checked(folder, f"guides/{A}", f"guides/{C}") == [A]


def test_a_changed_page_is_judged_within_its_whole_collection(tmp_path: Path) -> None:
    folder = three(tmp_path, b="[c](../c/guide.en-gb.md)")
    change(folder, B)
    assert findings(folder, "--changed-since", "start", "--select", "unresolved-link") == []


def test_of_the_collection_only_new_findings_are_reported(tmp_path: Path) -> None:
    folder = three(tmp_path)
    write_pages(folder / "guides", {"_redirects": "/old/ /gb/en/none/\n/older/ /gb/en/b/\n"})
    commit(folder)
    change(folder, A)
    arguments = ("--changed-since", "HEAD", "--select", "broken-redirect")
    assert findings(folder, *arguments) == []
    (folder / "guides" / B).unlink()
    (found,) = findings(folder, *arguments)
    assert "`/older/` leads nowhere" in found["message"]


def test_only_pages_that_changed_are_mended(tmp_path: Path) -> None:
    folder = repository(
        tmp_path, {name: page(name[0], "[x](https://e.example/){.extrenal}") for name in (A, B)}
    )
    change(folder, A)
    changed = (folder / "guides" / A).read_text(encoding="utf-8")
    check(folder, "--changed-since", "start", "--select", "unknown-attribute", "--fix")
    assert (folder / "guides" / A).read_text(encoding="utf-8") != changed
    assert git(folder, "status", "--porcelain", "--", "guides/b") == ""


def test_names_may_have_blanks_accents_quotes_and_line_ends(tmp_path: Path) -> None:
    names = [
        'a b "c"/guide.en-gb.md',
        "été/guide.en-gb.md",
        "x\ny/guide.en-gb.md",
        "日本/guide.en-gb.md",
    ]
    folder = repository(tmp_path, {name: page(f"s{i}", WRONG) for i, name in enumerate(names)})
    change(folder, *names)
    assert sorted(checked(folder)) == sorted(names)
    commit(folder)
    assert sorted(checked(folder)) == sorted(names)


def test_the_working_folder_may_be_below_the_top(tmp_path: Path) -> None:
    folder = three(tmp_path, a="[b](../b/guide.en-gb.md)")
    change(folder, B)
    ran = check(
        folder,
        "--changed-since",
        "start",
        "--select",
        "unresolved-anchor",
        ".",
        cwd=folder / "guides",
    )
    assert ran.err == "2 pages checked: 2 errors on 2 pages\n"
    ran = check(folder, "--changed-since", "start", str(folder / "guides/b"), cwd=tmp_path.parent)
    assert f"{folder.name}/guides/{B}:6:5 error unresolved-anchor" in ran.out


@with_links
def test_the_guides_may_be_reached_through_a_symbolic_link(tmp_path: Path) -> None:
    folder = three(tmp_path / "real", a="[b](../b/guide.en-gb.md)")
    change(folder, B)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    ran = check(folder, "--changed-since", "start", cwd=tmp_path / "link")
    assert "2 pages checked" in ran.err


def test_stdin_cannot_be_compared(tmp_path: Path) -> None:
    ran = check(three(tmp_path), "-", "--changed-since", "start")
    assert ran.status == 2
    assert ran.err == "balise: `-` (stdin) is no file that could be compared with a commit\n"


def test_a_suppression_on_a_page_that_is_not_concerned_is_not_called_unused(tmp_path: Path) -> None:
    quiet = "<!-- balise: ignore[anchors] for now -->\n\n" + WRONG
    folder = repository(tmp_path, {A: page("a", WRONG), B: page("b", quiet)})
    change(folder, A)
    found = findings(folder, "--changed-since", "start")
    assert {f["path"] for f in found} == {f"guides/{A}"}


def test_a_page_whose_suggestions_come_from_all_titles_is_not_concerned_by_another_title(
    tmp_path: Path,
) -> None:
    folder = three(tmp_path, a="[Set up a program](/gb/en/nowhere/)")
    write_pages(folder / "guides", {B: page("b", WRONG).replace("The b", "Another title")})
    assert checked(folder) == [B]
