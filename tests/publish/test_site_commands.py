"""`balise build` and `balise serve`: MkDocs' commands under balise's name."""

from pathlib import Path

from tests.helpers.built_files import files
from tests.helpers.command import Ran, balise, mkdocs, write_pages
from tests.publish.test_build import PAGES
from tests.publish.test_serve import serving

START = "from balise.cli import main\nmain()\n"
WITHOUT_MKDOCS = "raise ModuleNotFoundError('No module named mkdocs', name='mkdocs')\n"


def build(*options: str, cwd: Path) -> Ran:
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return balise("build", *options, cwd=cwd, stdin=b"", **quiet)


def test_a_site_is_built_from_any_folder_of_the_project(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    ran = build("--quiet", cwd=tmp_path / "guides/web/mails")
    assert (ran.status, ran.out) == (0, "")
    built = files(tmp_path / "site")
    assert mkdocs("build", "--quiet", cwd=tmp_path).status == 0
    assert built == files(tmp_path / "site")
    assert "fr/emails/autre/index.html" in built


def test_a_build_takes_the_options_of_mkdocs(tmp_path: Path) -> None:
    write_pages(tmp_path / "project", PAGES)
    out = str(tmp_path / "elsewhere")
    file = str(tmp_path / "project/mkdocs.yml")
    ran = build("--config-file", file, "--site-dir", out, "--no-color", cwd=tmp_path)
    assert ran.status == 0
    assert "INFO    -  Documentation built" in ran.err
    assert "fr/emails/autre/index.html" in files(tmp_path / "elsewhere")


def test_a_strict_build_with_findings_ends_with_status_1(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    ran = build("--strict", cwd=tmp_path)
    assert ran.status == 1
    assert "findings, see above" in ran.err
    assert not (tmp_path / "site").exists()


def test_a_strict_build_without_guides_ends_with_status_1_as_well(tmp_path: Path) -> None:
    settings = "site_name: Trial\ntheme: {name: material, font: false}\nnav: [gone.md]\n"
    write_pages(tmp_path, {"mkdocs.yml": settings, "docs/index.md": "# One\n"})
    assert build("--strict", cwd=tmp_path).status == 1
    assert build(cwd=tmp_path).status == 0


def test_a_mistake_in_the_settings_ends_with_status_2(tmp_path: Path) -> None:
    write_pages(tmp_path, {**PAGES, "balise.toml": "guide = 'guides'\n"})
    ran = build(cwd=tmp_path)
    assert ran.status == 2
    assert "did you mean `guides`?" in ran.err
    write_pages(tmp_path, {"balise.toml": "", "mkdocs.yml": "theme: {name: material}\n"})
    assert build(cwd=tmp_path).status == 2
    assert build("--strict", "--config-file", "gone.yml", cwd=tmp_path).status == 2


def test_where_there_is_no_site_a_line_says_what_to_do(tmp_path: Path) -> None:
    for command in ("build", "serve"):
        ran = balise(command, cwd=tmp_path)
        assert ran.status == 2
        assert ran.err == (
            "balise: there is no mkdocs.yml in this folder or above it: go to the folder of the "
            "site, or name the file with `--config-file`\n"
        )


def test_without_mkdocs_a_line_says_what_to_install(tmp_path: Path) -> None:
    write_pages(tmp_path, {"none/mkdocs/__init__.py": WITHOUT_MKDOCS})
    for command in ("build", "serve"):
        ran = balise(command, cwd=tmp_path, PYTHONPATH=str(tmp_path / "none"))
        assert ran.status == 2
        assert ran.err == (
            f"balise: `balise {command}` needs the package mkdocs: install `balise[site]`, "
            "which brings all of it\n"
        )


def test_a_port_that_is_none_is_told_in_a_line(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    ran = balise("serve", "--quiet", "--dev-addr", "127.0.0.1:99999", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.splitlines()[-1] == "balise: 127.0.0.1:99999: a port is a number up to 65535"
    assert "Traceback" not in ran.err


def test_the_site_is_served_from_any_folder_and_follows_changes(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    with serving(tmp_path / "guides/web", start=START) as served:
        assert "Texte." in served.html("fr/emails/autre/")
        page = tmp_path / "guides/web/mails/autre/guide.fr-fr.md"
        page.write_text(page.read_text(encoding="utf-8").replace("Texte", "Nouveau"), "utf-8")
        served.after_change("fr/emails/autre/", "Nouveau")
