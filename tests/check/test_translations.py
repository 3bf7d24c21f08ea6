"""Translations that do not know what their source says today, by the history of both."""

import shutil
import subprocess
from pathlib import Path

import pytest

from balise.cli.live_check import LiveRequest
from balise.cli.request import CheckRequest, RuleSelection
from tests.helpers.command import balise
from tests.helpers.repositories import check, commit, findings, git, repository

SOURCE, GERMAN, FRENCH = "mail/guide.en-gb.md", "mail/guide.de-de.md", "mail/guide.fr-fr.md"
SOURCE_IS_ENGLISH = '[translations]\nsource-locale = "en-gb"\n'
TEXT = """\
## Settings

Incoming mail (IMAP) has port 993, outgoing mail (SMTP) has port 465.

## Next

See the [list](https://example.com/list).
"""
GERMAN_TEXT = """\
## Einstellungen

Eingehende E-Mails (IMAP) haben Port 993, ausgehende (SMTP) haben Port 465.

## Weiter

Siehe die [Liste](https://example.com/list).
"""
STALE, UNKNOWN = "stale-translation", "unknown-source-commit"


def page(text: str, more: str = "") -> str:
    return f"---\ntitle: Ports\nslug: ports\n{more}---\n\n{text}"


def two(folder: Path, **more: str) -> Path:
    """A guide and its translation, which came with one commit."""
    files = {SOURCE: page(TEXT), GERMAN: page(GERMAN_TEXT), **more}
    repository(folder, files)
    write(folder, "../balise.toml", SOURCE_IS_ENGLISH)
    commit(folder)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    file = folder / "guides" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / "guides" / name).read_text(encoding="utf-8")
    assert old in text
    write(folder, name, text.replace(old, new))


def change_source(folder: Path, old: str = "465", new: str = "587") -> Path:
    edit(folder, SOURCE, old, new)
    commit(folder)
    return folder


def told(folder: Path, *arguments: str, rule: str = STALE) -> list[str]:
    """The page and what is said of it, of each finding; the day left out."""
    found = findings(folder, "--select", "translations", *arguments)
    return [
        f"{f['path'].removeprefix('guides/')} {f['message'].partition(': ')[2]}"
        for f in found
        if f["rule"] == rule
    ]


def test_a_fact_that_changed_in_the_source_is_told_with_both_places(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    (found,) = findings(folder, "--select", STALE)
    assert found["message"].endswith(": port 465 became 587 in “Settings”")
    assert (found["path"], found["start"]["line"]) == (f"guides/{GERMAN}", 2)
    (related,) = found["related"]
    assert (related["path"], related["start"]["line"]) == (f"guides/{SOURCE}", 6)
    assert found["severity"] == "info"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("has port", "uses port"),
        ("## Settings\n", "## Setting\n"),
        ("https://example.com/list", "https://example.org/all"),
        ("See the", "See  the"),
    ],
    ids=["a word", "a better heading", "another address", "a blank"],
)
def test_changes_without_a_fact_are_no_news(tmp_path: Path, old: str, new: str) -> None:
    assert told(change_source(two(tmp_path), old, new)) == []


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("## Limits\n\nNone.\n\n## Next\n", "heading “Limits” is new"),
        ("```sh\nmailq --all\n```\n\n## Next\n", "words of code `mailq` and `--all` are new"),
        ("```text\n42\n```\n\n## Next\n", "1 block of code is new in “Settings”"),
        ("Up to 50 MB.\n\n## Next\n", "quantity 50 MB is new in “Settings”"),
        ("Press `Save`{.action}.\n\n## Next\n", "label `Save` is new in “Settings”"),
        ("![save](images/save.png)\n\n## Next\n", "picture `save` is new in “Settings”"),
        ("> [!warning]\n>\n> Never!\n\n## Next\n", "1 callout is new in “Settings”"),
        ("|a|b|\n|---|---|\n|c|d|\n\n## Next\n", "1 table is new"),
        (f"{'Many words more. ' * 20}\n\n## Next\n", "its text is "),
    ],
)
def test_each_kind_of_fact_is_told(tmp_path: Path, new: str, message: str) -> None:
    (found,) = told(change_source(two(tmp_path), "## Next\n", new))
    assert found.startswith(f"{GERMAN} {message}")


def test_what_the_translation_says_already_it_does_not_lack(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "balise.toml").write_text(f"{SOURCE_IS_ENGLISH}bulk-commit-files = 1\n", "utf-8")
    edit(folder, GERMAN, "465", "587")
    edit(folder, FRENCH if (folder / "guides" / FRENCH).exists() else SOURCE, "465", "587")
    commit(folder)
    assert told(folder) == []


def test_a_commit_of_many_pages_is_no_translation(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    for name in (SOURCE, GERMAN):
        edit(folder, name, "example.com", "example.org")
    commit(folder)
    assert told(folder) == []
    (folder / "balise.toml").write_text(f"{SOURCE_IS_ENGLISH}bulk-commit-files = 1\n", "utf-8")
    assert told(folder) == [f"{GERMAN} port 465 became 587 in “Settings”"]


def test_the_commit_that_creates_a_translation_always_counts(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "balise.toml").write_text(f"{SOURCE_IS_ENGLISH}bulk-commit-files = 1\n", "utf-8")
    assert told(change_source(folder)) == [f"{GERMAN} port 465 became 587 in “Settings”"]


def test_a_page_that_is_being_worked_on_has_no_finding(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    assert told(folder) != []
    edit(folder, GERMAN, "Siehe", "Seht")
    assert told(folder) == told(folder, "--no-cache") == []
    edit(folder, GERMAN, "Seht", "Siehe")
    assert told(folder) == told(folder, "--no-cache") != []


def test_a_page_that_was_moved_is_the_same(tmp_path: Path) -> None:
    folder = two(tmp_path)
    git(folder, "mv", "guides/mail", "guides/email")
    commit(folder)
    edit(folder, SOURCE.replace("mail/", "email/"), "465", "587")
    commit(folder)
    assert len(told(folder)) == 1


def test_the_page_that_was_committed_first_is_the_source(tmp_path: Path) -> None:
    folder = repository(tmp_path, {GERMAN: page(GERMAN_TEXT)})
    write(folder, SOURCE, page(TEXT))
    commit(folder)
    edit(folder, GERMAN, "465", "587")
    commit(folder)
    assert told(folder) == [f"{SOURCE} port 465 became 587 in “Einstellungen”"]


def test_a_commit_that_the_page_names_counts(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    ran = balise("translated", f"guides/{GERMAN}", cwd=folder)
    assert (ran.status, ran.err) == (0, "1 page written\n")
    head = git(folder, "log", "-1", "--format=%H", "--", f"guides/{SOURCE}").strip()
    text = (folder / "guides" / GERMAN).read_text(encoding="utf-8")
    assert text == page(GERMAN_TEXT, f"default_lang_commit: {head}\n")
    assert told(folder) == []
    change_source(folder, "993", "143")
    assert told(folder) == [f"{GERMAN} port 993 became 143 in “Settings”"]


def test_a_commit_in_a_mapping_counts(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    start = git(folder, "rev-parse", "--short", "start").strip()
    write(folder, GERMAN, page(GERMAN_TEXT, f"l10n:\n  sourceCommit: '{start}'\n"))
    (found,) = findings(folder, "--select", STALE)
    assert found["message"].startswith(f"the source has changed since commit {start}: port 465")
    balise("translated", f"guides/{GERMAN}", cwd=folder)
    assert told(folder) == []


def test_the_id_of_a_text_counts(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    blob = git(folder, "rev-parse", f"start:guides/{SOURCE}").strip()
    write(folder, GERMAN, page(GERMAN_TEXT, f"default_lang_commit: {blob}\n"))
    assert len(told(folder)) == 1


@pytest.mark.parametrize("value", ["0123456789", "main", "'--all'", "{a: b}"])
def test_a_commit_that_there_is_not_is_told(tmp_path: Path, value: str) -> None:
    folder = change_source(two(tmp_path))
    write(folder, GERMAN, page(GERMAN_TEXT, f"default_lang_commit: {value}\n"))
    assert told(folder) == []
    unknown = findings(folder, "--select", UNKNOWN)
    assert [f["start"]["line"] for f in unknown] == ([4] if value != "{a: b}" else [])


def test_a_commit_of_another_branch_counts(tmp_path: Path) -> None:
    folder = two(tmp_path)
    git(folder, "checkout", "--quiet", "-b", "other")
    edit(folder, SOURCE, "993", "143")
    commit(folder)
    other = git(folder, "rev-parse", "HEAD").strip()
    git(folder, "checkout", "--quiet", "main")
    write(folder, GERMAN, page(GERMAN_TEXT, f"default_lang_commit: {other}\n"))
    assert told(folder) == []


def test_a_change_of_the_source_fails_nobody_who_left_the_translation_alone(tmp_path: Path) -> None:
    folder = two(tmp_path)
    (folder / "balise.toml").write_text(
        f'{SOURCE_IS_ENGLISH}[per-locale.de.severity]\n{STALE} = "error"\n', "utf-8"
    )
    commit(folder)
    git(folder, "tag", "before")
    change_source(folder)
    assert check(folder, "--select", STALE).status == 1
    for option in ("--changed-since", "--new-since"):
        ran = check(folder, "--select", STALE, option, "before")
        assert (ran.status, "info stale-translation" in ran.out) == (0, True)


def test_a_new_commit_is_noticed_though_no_page_has_changed(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    edit(folder, GERMAN, "Siehe", "Seht")
    assert told(folder) == []
    commit(folder)
    assert told(folder) == told(folder, "--no-cache") == []
    git(folder, "reset", "--quiet", "--hard", "HEAD~1")
    assert told(folder) == told(folder, "--no-cache") != []


def test_a_shallow_clone_and_a_folder_without_git_say_nothing(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path / "full"))
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{folder}", "shallow")
    assert told(tmp_path / "shallow") == []
    ran = balise("translated", f"guides/{GERMAN}", cwd=tmp_path / "shallow")
    assert ran.status == 2
    assert "is a shallow clone; get more of its history" in ran.err
    git(folder, "archive", "--format", "tar", "--output", str(tmp_path / "a.tar"), "HEAD")
    (tmp_path / "plain").mkdir()
    subprocess.run(["tar", "-xf", "../a.tar"], cwd=tmp_path / "plain", check=True)
    assert told(tmp_path / "plain") == []


def test_the_folder_of_the_repository_may_have_any_name(tmp_path: Path) -> None:
    assert len(told(change_source(two(tmp_path / "a\x0c b\u2028")))) == 1


def test_a_history_that_comes_later_is_noticed_though_no_page_has_changed(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path / "full"))
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{folder}", "clone")
    clone = tmp_path / "clone"
    assert told(clone) == []
    git(clone, "fetch", "--quiet", "--unshallow")
    assert told(clone) == told(folder) != []
    shutil.rmtree(clone / ".git")
    git(clone, "init", "--quiet")
    assert told(clone) == []
    git(clone, "fetch", "--quiet", str(folder), "main")
    git(clone, "reset", "--quiet", "FETCH_HEAD")
    assert told(clone) == told(folder)


@pytest.mark.parametrize("setting", ["log.showRoot", "log.showSignature", "diff.relative"])
def test_what_the_user_has_told_git_changes_nothing(tmp_path: Path, setting: str) -> None:
    folder = two(tmp_path)
    git(folder, "config", setting, "false" if setting == "log.showRoot" else "true")
    assert told(change_source(folder)) == [f"{GERMAN} port 465 became 587 in “Settings”"]


@pytest.mark.parametrize("name", ["a\x01b", "a\x0cb", "a\u2028b", "-a", "é"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    german, source = f"{name}/guide.de-de.md", f"{name}/guide.en-gb.md"
    folder = two(tmp_path, **{german: page(GERMAN_TEXT, "translated: true\n")})
    write(folder, source, page(TEXT, "original: true\n"))
    commit(folder)
    edit(folder, german, "Siehe", "Seht")
    commit(folder)
    edit(folder, source, "465", "587")
    commit(folder)
    assert len(told(folder)) == 1


def live_check(folder: Path) -> LiveRequest:
    request = CheckRequest(paths=(folder / "guides",), rules=RuleSelection(select=(STALE,)))
    live = LiveRequest.open(request)
    assert live is not None
    return live


def told_after(live: LiveRequest, folder: Path, *names: str) -> list[str]:
    """The pages that are told to be stale after some pages were written, while a check is kept open."""
    report = live.result({str(folder / "guides" / name) for name in names}).report
    return [Path(finding.path).name for finding in report.findings]


def test_a_commit_that_is_named_while_pages_are_watched_takes_nothing_from_others(
    tmp_path: Path,
) -> None:
    folder = change_source(two(tmp_path, **{FRENCH: page(GERMAN_TEXT)}))
    named = git(folder, "rev-parse", "HEAD").strip()
    change_source(folder, "993", "143")
    live = live_check(folder)
    write(folder, GERMAN, page(GERMAN_TEXT, f"default_lang_commit: {named}\n"))
    edit(folder, SOURCE, "143", "220")
    assert told_after(live, folder, GERMAN, SOURCE) == ["guide.de-de.md", "guide.fr-fr.md"]


def test_a_commit_while_pages_are_watched_is_noticed_with_the_next_change(tmp_path: Path) -> None:
    folder = change_source(two(tmp_path))
    live = live_check(folder)
    edit(folder, GERMAN, "Siehe", "Seht")
    assert told_after(live, folder, GERMAN) == []
    commit(folder)
    change_source(folder, "993", "143")
    assert told_after(live, folder, SOURCE) == ["guide.de-de.md"]


def test_a_locale_with_one_page_and_a_guide_with_one_are_nobodys_translation(
    tmp_path: Path,
) -> None:
    folder = repository(tmp_path, {SOURCE: page(TEXT), "dns/guide.de-de.md": page(GERMAN_TEXT)})
    assert told(change_source(folder)) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (SOURCE, "it is a source itself, so there is no commit to write"),
        ("dns/guide.de-de.md", "it has no source, so there is no commit to write"),
    ],
)
def test_only_translations_can_be_marked(tmp_path: Path, name: str, reason: str) -> None:
    folder = two(tmp_path, **{"dns/guide.de-de.md": page(GERMAN_TEXT)})
    ran = balise("translated", f"guides/{name}", cwd=folder)
    assert (ran.status, ran.err) == (2, f"0 pages written\nbalise: guides/{name}: {reason}\n")


def test_a_source_that_is_not_committed_yet_is_nothing_to_be_up_to_date_with(
    tmp_path: Path,
) -> None:
    folder = two(tmp_path)
    edit(folder, SOURCE, "465", "587")
    before = (folder / "guides" / GERMAN).read_bytes()
    ran = balise("translated", "guides", cwd=folder)
    assert ran.status == 2
    assert f"its source, {SOURCE}, has changes that are not committed yet" in ran.err
    assert (folder / "guides" / GERMAN).read_bytes() == before


@pytest.mark.parametrize("key", ["default_lang_commit:", "l10n:\n  sourceCommit:"])
def test_a_key_without_a_value_gets_one(tmp_path: Path, key: str) -> None:
    folder = two(tmp_path)
    write(folder, GERMAN, page(GERMAN_TEXT, f"{key}\n"))
    head = git(folder, "log", "-1", "--format=%H", "--", f"guides/{SOURCE}").strip()
    assert balise("translated", f"guides/{GERMAN}", cwd=folder).status == 0
    text = (folder / "guides" / GERMAN).read_text(encoding="utf-8")
    assert text == page(GERMAN_TEXT, f"{key.rstrip()} {head}\n")


@pytest.mark.parametrize("value", ["\n  - a", "|\n  a", "'a\n  b'", "{\n  a: b}"])
def test_a_value_of_several_lines_is_left_to_the_writer(tmp_path: Path, value: str) -> None:
    folder = two(tmp_path)
    text = page(GERMAN_TEXT, f"default_lang_commit: {value}\nother: 1\n")
    write(folder, GERMAN, text)
    ran = balise("translated", f"guides/{GERMAN}", cwd=folder)
    assert (ran.status, "is more than one line; write" in ran.err) == (2, True)
    assert (folder / "guides" / GERMAN).read_text(encoding="utf-8") == text


def test_a_page_without_front_matter_cannot_be_marked(tmp_path: Path) -> None:
    folder = two(tmp_path, **{FRENCH: "No front matter.\n"})
    ran = balise("translated", "guides", cwd=folder)
    assert ran.status == 2
    assert f"guides/{FRENCH}: has no front matter that could be written to\n" in ran.err
    assert "default_lang_commit" in (folder / "guides" / GERMAN).read_text(encoding="utf-8")


def test_the_line_that_is_written_keeps_the_bytes_around_it(tmp_path: Path) -> None:
    folder = two(tmp_path)
    file = folder / "guides" / GERMAN
    before = b"\xef\xbb\xbf" + page(GERMAN_TEXT).replace("\n", "\r\n").encode()
    file.write_bytes(before)
    commit(folder)
    balise("translated", f"guides/{GERMAN}", cwd=folder)
    after = file.read_bytes()
    lines = [line for line in after.split(b"\r\n") if not line.startswith(b"default_lang_commit: ")]
    assert b"\r\n".join(lines) == before
    assert after != before
