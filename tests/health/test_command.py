"""`balise health` as a user runs it: formats, files, options, statuses, in both layouts and without git."""

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.helpers.command import Ran, balise, write_pages
from tests.helpers.repositories import commit, git, page, repository
from tests.helpers.support import ROOT

BROKEN = "[nowhere](#nowhere)"
TITLE = "A <b>title</b> </script> & [more](x)"
PAGES = {
    "guides/home.en-gb.md": page("home"),
    "guides/home.de-de.md": page("home"),
    "guides/home.fr-fr.md": page("home"),
    "guides/web/product.en-gb.md": page("web"),
    "guides/web/product.de-de.md": page("web"),
    "guides/web/product.fr-fr.md": page("web"),
    "guides/web/mail/guide.en-gb.md": page("mail", "## \n\nText."),
    "guides/web/mail/guide.de-de.md": page("mail", f"{BROKEN} {BROKEN}"),
    "guides/web/mail/guide.fr-fr.md": f"---\ntitle: '{TITLE}'\nslug: mail\n---\n\nTexte.\n",
    "guides/web/ports/guide.en-gb.md": page("ports", "Text."),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "project", {"balise.toml": "", **PAGES})


def health(folder: Path, *arguments: str | Path) -> Ran:
    ran = balise("health", *arguments, cwd=folder)
    assert ran.status == 0, ran.err
    return ran


def as_json(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(health(folder, "--output-format", "json", *arguments).out)
    return found


def test_findings_do_not_change_the_status(project: Path) -> None:
    assert balise("check", cwd=project).status == 1
    health(project)


def test_the_text_has_the_figure_and_a_row_for_each_locale(project: Path) -> None:
    out = health(project).out
    assert out.startswith(
        "80 % healthy: 8 of 10 pages of 4 guides in 3 locales; 2 more are missing\n"
    )
    rows = [line.replace("structure differs", "differs").split() for line in out.splitlines()]
    head = next(row for row in rows if row[:1] == ["locale"])
    german = next(row for row in rows if row[:1] == ["de-de"])
    german.remove("%")
    told = dict(zip(head, german, strict=True))
    assert (told["healthy"], told["pages"], told["errors"], told["missing"]) == (
        "66",
        "3",
        "1",
        "1",
    )
    assert ["web/mail/guide", "2", "3", "2", "1", "0", "0"] in rows


def test_json_has_each_page_with_its_states(project: Path) -> None:
    found = as_json(project)
    assert found["version"] == 1
    assert found["total"]["pages"] == 10
    assert found["total"]["states"]["missing"] == 2
    guide = next(guide for guide in found["guides"] if guide["folder"] == "web/mail")
    assert guide["title"] == TITLE
    assert guide["above"] == ["web"]
    assert guide["pages"]["de-de"] == {
        "path": "guides/web/mail/guide.de-de.md",
        "title": "The mail",
        "states": ["errors"],
        "errors": 2,
        "warnings": 0,
        "infos": 0,
        "rules": {"unresolved-anchor": 2},
    }
    assert guide["pages"]["en-gb"]["states"] == ["warnings"]
    ports = next(guide for guide in found["guides"] if guide["folder"] == "web/ports")
    assert ports["missing"] == ["fr-fr", "de-de"]


def test_it_tells_what_a_check_tells(project: Path) -> None:
    found = json.loads(balise("check", "--output-format", "json", cwd=project).out)
    total = as_json(project)["total"]
    assert total["errors"] + total["warnings"] + total["infos"] == len(found)


def test_what_is_known_or_ignored_is_left_out(project: Path) -> None:
    assert as_json(project, "--ignore", "empty-heading")["total"]["warnings"] == 0
    balise("baseline", cwd=project)
    assert as_json(project)["total"]["share"] == 1


def test_paths_choose_the_guides(project: Path) -> None:
    assert [g["folder"] for g in as_json(project, "guides/web/ports")["guides"]] == ["web/ports"]


def test_a_file_takes_the_place_of_stdout_and_others_are_written_beside(project: Path) -> None:
    ran = health(
        project, "--output", "html=a.html", "--output", "markdown=a.md", "--badge", "a.svg"
    )
    assert ran.out.startswith("80 % healthy")
    assert (project / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (project / "a.md").read_text(encoding="utf-8").startswith("# Health of the guides: 80 %")
    badge = ElementTree.parse(project / "a.svg").getroot()  # noqa: S314 - our own
    assert badge.get("aria-label") == "guides: 80 % healthy"
    assert health(project, "--output-format", "json", "--output", "a.json").out == ""
    assert json.loads((project / "a.json").read_text(encoding="utf-8"))["version"] == 1


def test_markdown_of_a_locale_is_a_list_of_what_is_to_do(project: Path) -> None:
    out = health(project, "--output-format", "markdown", "--locale", "de-de").out
    assert out.startswith("# de-de: 66 % healthy\n")
    assert "- [ ] [The mail](guides/web/mail/guide.de-de.md): 2 errors\n" in out
    assert "- [ ] `guides/web/ports/guide.de-de.md`, from [The ports](guides/web/" in out
    assert "fr-fr" not in out


def test_markup_in_a_title_is_text_in_markdown(project: Path) -> None:
    (project / "guides/web/mail/guide.de-de.md").unlink()
    out = health(project, "--output-format", "markdown", "--locale", "de-de").out
    assert r"from [A \<b>title\</b> \</script> \& \[more\](x)](guides/web/mail/" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--locale", "de-dd"], "no page is in this locale; did you mean `de-de`?"),
        (["--output", "pdf=a.pdf"], "there is no format `pdf`"),
        (["--output", "html=missing/a.html"], "cannot be written"),
        (["--badge", "missing/a.svg"], "`--badge missing/a.svg`: cannot be written"),
        (["--history", "3"], "is in no git repository"),
        (["--history", "-1"], "-1"),
        (["nowhere"], "there is no such file or folder"),
        (["--select", "no-such-rule"], "there is no rule or group `no-such-rule`"),
    ],
)
def test_a_mistake_of_the_user_has_status_2(
    project: Path, arguments: list[str], reason: str
) -> None:
    ran = balise("health", *arguments, cwd=project)
    assert ran.status == 2
    assert reason in ran.err
    assert "Traceback" not in ran.err


def test_without_git_it_is_not_known_what_is_stale(project: Path) -> None:
    assert "stale" in as_json(project)["unknown"]
    assert "not known: stale" in health(project).out


def test_a_translation_behind_its_source_is_stale(tmp_path: Path) -> None:
    pages = {
        "mail/guide.en-gb.md": page("mail", "## One\n\nText.\n\n## Two\n\nText."),
        "mail/guide.de-de.md": page("mail", "## Eins\n\nText.\n\n## Zwei\n\nText."),
    }
    folder = repository(tmp_path / "project", pages)
    assert as_json(folder)["total"]["states"]["stale"] == 0
    more = "## One\n\nText.\n\n## Two\n\nText.\n\n## Three\n\n`new`\n\n## Four\n\nText."
    write_pages(folder / "guides", {"mail/guide.en-gb.md": page("mail", more)})
    commit(folder)
    found = as_json(folder)
    assert "stale" not in found["unknown"]
    guide = next(guide for guide in found["guides"] if guide["folder"] == "mail")
    assert "stale" in guide["pages"]["de-de"]["states"]
    assert guide["pages"]["de-de"]["messages"]["stale"].startswith("the source has changed")


def test_the_history_counts_the_pages_of_earlier_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-01-20T12:00:00Z")
    folder = repository(tmp_path / "project", {"mail/guide.en-gb.md": page("mail")})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-03-10T12:00:00Z")
    write_pages(folder / "guides", {"mail/guide.de-de.md": page("mail")})
    commit(folder)
    assert as_json(folder, "--history", "2")["history"] == [
        {"month": "2024-01", "guides": 2, "pages": {"en-gb": 2}},
        {"month": "2024-02", "guides": 2, "pages": {"en-gb": 2}},
        {"month": "2024-03", "guides": 2, "pages": {"de-de": 1, "en-gb": 2}},
    ]
    assert "2024-02" in health(folder, "--history", "1").out


def test_a_shallow_clone_has_no_history(tmp_path: Path) -> None:
    folder = repository(tmp_path / "project", {"mail/guide.en-gb.md": page("mail")})
    commit(folder)
    git(tmp_path, "clone", "--quiet", "--depth", "1", folder.as_uri(), "shallow")
    assert "stale" in as_json(tmp_path / "shallow")["unknown"]
    ran = balise("health", "--history", "1", cwd=tmp_path / "shallow")
    assert ran.status == 2
    assert "is a shallow clone; get more of its history" in ran.err


def test_a_collection_whose_navigation_is_one_file_is_grouped_by_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/layouts/index", tmp_path / "index")
    found = as_json(tmp_path / "index")
    titles = {area["title"] for area in found["areas"]}
    assert {"Web Cloud", "Noms de domaine"} <= titles
    guide = next(g for g in found["guides"] if g["folder"] == "web_cloud/domains/dnssec")
    assert set(guide["pages"]) == {"en-gb", "fr-fr"}
    assert set(guide["missing"]) == {"de-de", "es-es", "fr-ca"}


def test_several_collections_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_pages(tmp_path / name, {"home.en-gb.md": page("home")})
    assert {guide["folder"] for guide in as_json(tmp_path, "a", "b")["guides"]} == {"a", "b"}


def test_without_guides_there_is_nothing_to_tell(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guides/readme.md": "# Read me\n"})
    assert "there is no page of a guide" in health(tmp_path).out
    assert as_json(tmp_path)["guides"] == []
    assert "no pages" in _badge(tmp_path)
    health(tmp_path, "--output-format", "html")


def _badge(folder: Path) -> str:
    health(folder, "--badge", "badge.svg")
    return (folder / "badge.svg").read_text(encoding="utf-8")


def test_a_run_leaves_the_report_of_a_check_to_be_replayed(project: Path) -> None:
    balise("check", cwd=project)
    health(project)
    ran = balise("check", "--verbose", cwd=project)
    assert "nothing has changed since the last run" in ran.err
