"""`balise check --new-since`: only what a commit did not have is reported."""

from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, balise, write_pages
from tests.helpers.repositories import check, commit, findings, git, page, repository

OLD, NEW = "See [it](#old-mistake).", "See [it](#new-mistake)."
A, B, Z = "a/guide.en-gb.md", "b/guide.en-gb.md", "z/guide.en-gb.md"


def told(folder: Path, *arguments: str, since: str = "start") -> list[str]:
    """Path, line and the address that is wrong, of each finding about anchors."""
    found = findings(folder, "--new-since", since, "--select", "unresolved-anchor", *arguments)
    return [
        f"{f['path'].removeprefix('guides/')}:{f['start']['line']} {f['message'].split('`')[1]}"
        for f in found
    ]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "guides" / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def two(folder: Path, a: str = OLD, b: str = OLD) -> Path:
    """Two guides with a mistake each."""
    return repository(folder, {A: page("a", a), B: page("b", b)})


@pytest.mark.parametrize("cache", [(), ("--no-cache",)], ids=["with a cache", "without"])
def test_of_an_edited_page_only_what_the_edit_brought_is_reported(
    tmp_path: Path, cache: tuple[str, ...]
) -> None:
    folder = two(tmp_path)
    edit(folder, A, OLD, f"Moved down.\n\n{OLD}\n\n{NEW}")
    assert told(folder, *cache) == [f"{A}:10 #new-mistake"]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    folder = two(tmp_path)
    edit(folder, A, OLD, f"{OLD}\n\n{NEW}")
    ran = check(folder, "--new-since", "start", "--select", "unresolved-anchor")
    assert ran.status == 1
    assert ran.err == (
        "2 findings left out that there were at start\n3 pages checked: 1 error on 1 page\n"
    )


def test_where_nothing_is_new_all_is_well(tmp_path: Path) -> None:
    ran = check(two(tmp_path), "--new-since", "start", "--select", "unresolved-anchor")
    assert (ran.status, ran.out) == (0, "")


def test_one_mistake_more_on_a_line_like_others_is_new(tmp_path: Path) -> None:
    folder = two(tmp_path, a=f"{OLD}\n\n{OLD}")
    edit(folder, A, f"{OLD}\n\n", f"{OLD}\n\n{OLD}\n\n")
    assert told(folder) == [f"{A}:10 #old-mistake"]


def test_of_two_mistakes_on_a_line_the_new_one_is_told(tmp_path: Path) -> None:
    links = "[first](../b/guide.en-gb.md#here) [second](../b/guide.en-gb.md#nowhere)"
    folder = two(tmp_path, a=links, b="## Here")
    edit(folder, B, "## Here", "## There")
    assert told(folder) == [f"{A}:6 #here"]


def test_a_mistake_that_is_told_in_other_words_now_counts_for_one_of_then(tmp_path: Path) -> None:
    link = "See [it](#firts)."
    folder = two(tmp_path, a=f"## First\n\n{link}")
    edit(folder, A, "## First", "## Firsts")
    assert told(folder) == []
    edit(folder, A, link, f"{link}\n\n{link}")
    assert told(folder) == [f"{A}:10 #firts"]


def test_a_heading_that_was_removed_is_told_on_the_pages_that_link_to_it(tmp_path: Path) -> None:
    folder = two(tmp_path, a=f"{OLD}\n\n[b](../b/guide.en-gb.md#here)", b=f"{OLD}\n\n## Here")
    edit(folder, B, "## Here", "")
    assert told(folder) == [f"{A}:8 #here"]


@pytest.mark.parametrize("add", [True, False], ids=["told to git", "not told to git"])
def test_the_mistakes_of_a_file_that_was_renamed_are_old(tmp_path: Path, *, add: bool) -> None:
    folder = two(tmp_path)
    (folder / "guides/a").rename(folder / "guides/z")
    if add:
        git(folder, "add", "--all")
    assert told(folder) == []


def test_a_file_that_was_renamed_and_edited_has_the_mistakes_of_the_edit(tmp_path: Path) -> None:
    folder = two(tmp_path, a=f"{OLD}\n\n" + "Some text that stays.\n\n" * 9)
    git(folder, "mv", "guides/a", "guides/z")
    edit(folder, Z, OLD, f"{OLD}\n\n{NEW}")
    commit(folder)
    assert told(folder) == [f"{Z}:8 #new-mistake"]
    assert told(folder, f"guides/{Z}") == [f"{Z}:8 #new-mistake"]


def test_all_mistakes_of_a_new_page_are_new(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write_pages(folder / "guides", {Z: page("z", OLD)})
    assert told(folder) == [f"{Z}:6 #old-mistake"]


def test_links_to_a_removed_page_and_to_a_removed_picture_are_told(tmp_path: Path) -> None:
    text = f"{OLD}\n\n[b](../b/guide.en-gb.md)\n\n![x](images/x.png)"
    folder = two(tmp_path, a=text)
    write_pages(folder / "guides", {"a/images/x.png": PICTURE})
    commit(folder)
    (folder / "guides/a/images/x.png").unlink()
    (folder / "guides" / B).unlink()
    found = findings(folder, "--new-since", "HEAD", "--select", "links,images")
    assert {(f["rule"], f["path"]) for f in found} == {
        ("unresolved-link", f"guides/{A}"),
        ("missing-image", f"guides/{A}"),
    }


def test_of_a_data_file_what_is_new_in_it_is_told(tmp_path: Path) -> None:
    folder = two(tmp_path)
    write_pages(folder / "guides", {"_redirects": "/old/ /gb/en/none/\n"})
    commit(folder)
    write_pages(
        folder / "guides", {"_redirects": "# More\n/older/ /gb/en/no/\n/old/ /gb/en/none/\n"}
    )
    (found,) = findings(folder, "--new-since", "HEAD", "--select", "broken-redirect")
    assert "`/older/` leads nowhere" in found["message"]


def test_the_configuration_of_today_counts_for_both(tmp_path: Path) -> None:
    folder = repository(tmp_path, {A: page("a", "[x](http://a.example/)")})
    write_pages(folder, {"balise.toml": 'extend-select = ["insecure-link"]\n'})
    assert findings(folder, "--new-since", "start", "--select", "insecure-link") == []


def test_a_finding_that_was_suppressed_is_new_where_the_comment_is_gone(tmp_path: Path) -> None:
    comment = "<!-- balise: ignore[anchors] for now -->\n\n"
    folder = two(tmp_path, a=comment + OLD)
    edit(folder, A, comment, "")
    assert told(folder) == [f"{A}:6 #old-mistake"]


def test_a_suppression_silences_what_is_new(tmp_path: Path) -> None:
    folder = two(tmp_path)
    edit(folder, A, OLD, f"{OLD}\n\n<!-- balise: ignore[anchors] for now -->\n\n{NEW}")
    assert told(folder) == []


def test_what_the_baseline_knows_is_left_out_as_well(tmp_path: Path) -> None:
    folder = two(tmp_path)
    edit(folder, A, OLD, f"{OLD}\n\n{NEW}")
    assert balise("baseline", cwd=folder).status == 0
    edit(folder, B, OLD, f"{OLD}\n\n{OLD}")
    assert told(folder) == [f"{B}:8 #old-mistake"]
    assert told(folder, "--no-baseline") == [f"{A}:8 #new-mistake", f"{B}:8 #old-mistake"]


def test_the_commit_that_counts_is_that_where_the_branch_began(tmp_path: Path) -> None:
    folder = two(tmp_path)
    git(folder, "checkout", "--quiet", "-b", "topic")
    edit(folder, A, OLD, f"{OLD}\n\n{NEW}")
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    edit(folder, B, OLD, "Mended.")
    commit(folder)
    git(folder, "checkout", "--quiet", "topic")
    assert told(folder, since="main") == [f"{A}:8 #new-mistake"]
    ran = check(folder, "--changed-since", "main", "--select", "unresolved-anchor")
    assert ran.err == "1 page checked: 2 errors on 1 page\n"


def test_paths_and_changed_pages_restrict_further(tmp_path: Path) -> None:
    folder = two(tmp_path)
    edit(folder, A, OLD, f"{OLD}\n\n{NEW}")
    commit(folder)
    edit(folder, B, OLD, f"{OLD}\n\n{NEW}")
    assert told(folder, "guides/a") == [f"{A}:8 #new-mistake"]
    assert told(folder, "--changed-since", "HEAD") == [f"{B}:8 #new-mistake"]


def test_a_check_without_it_tells_all_afterwards(tmp_path: Path) -> None:
    folder = two(tmp_path)
    edit(folder, A, OLD, f"{OLD}\n\n{NEW}")
    told(folder)
    assert len(findings(folder, "--select", "unresolved-anchor")) == 3


def test_the_text_on_stdin_cannot_be_compared(tmp_path: Path) -> None:
    ran = check(two(tmp_path), "-", "--new-since", "start")
    assert ran.status == 2
    assert ran.err == "balise: `-` (stdin) is no file that could be compared with a commit\n"


def test_it_says_nothing_of_fixes(tmp_path: Path) -> None:
    ran = check(two(tmp_path), "--new-since", "start", "--fix")
    assert ran.status == 2
    assert ran.err == (
        "balise: `--new-since` is about findings, not about fixes: with `--fix` or `--diff`, "
        "`--changed-since` names the pages to mend\n"
    )
