"""A collection in the layout `tree` becomes one of `index`, and a reader finds all that there was."""

import json
import re
from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, Ran, balise, write_pages
from tests.helpers.repositories import IDENTITY, check, commit, git
from tests.helpers.support import ROOT

SITE = "https://docs.ovh.com"


def page(title: str, *lines: str, text: str = "") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", text])


LINKS = f"""\
[file](../setup/guide.en-gb.md#here)
[address]({SITE}/gb/en/emails/setup/#the-%74op)
[number]({{legacy}}12#here)
[alias]({SITE}/gb/en/emails/old-setup/)
[other language]({SITE}/fr/emails/configurer/)
[other file](../setup/guide.fr-fr.md)
[product]({SITE}/gb/en/emails/)
[place on a product]({SITE}/gb/en/emails/#prices)
[universe]({SITE}/gb/en/web/)
[home]({SITE}/gb/en/)
[site]({{ovh_www}}/mail)
[key]({{forum}})
[key](/links/forum)
[dead]({SITE}/gb/en/nowhere/)
[here](#here)
<{SITE}/gb/en/emails/setup/>
"""

SETUP = "\ufeff" + page(
    "Set up",
    "slug: setup",
    "excerpt: >",
    "  All about",
    "  it",
    "section: Getting started",
    "order: 2",
    "legacy_guide_number: 12",
    "aliases:",
    "  - old-setup",
    "  - /gb/en/g/x/",
    "updated: 2019-01-01",
    text="## Here\n\n## The top\n\nNo end",
).replace("\n", "\r\n")

FILES = {
    "home.en-gb.md": page("Home"),
    "home.fr-fr.md": page("Accueil"),
    "web/universe.en-gb.md": page("Web", "slug: web", "order: 1", "color: green"),
    "web/universe.fr-fr.md": page("La toile", "slug: web", "order: 1"),
    "web/mail/product.en-gb.md": page(
        "Mail",
        "slug: emails",
        "sections: Getting started, Advanced",
        "img: mail.png",
        text="## Prices\n\n![a](images/a.png) [set up](setup/guide.en-gb.md)\n",
    ),
    "web/mail/images/a.png": PICTURE,
    "web/mail/product.fr-fr.md": page(
        "Courriel", "slug: emails", "excerpt: Tout", "sections: Premiers pas, Avancé"
    ),
    "web/mail/setup/guide.en-gb.md": SETUP,
    "web/mail/setup/guide.fr-fr.md": page(
        "Configurer", "slug: configurer", "section: Premiers pas", "order: 1", text="## Ici\n"
    ),
    "web/mail/limits/guide.en-gb.md": page(
        "Limits", "slug: limits", "section: Advanced", text=f"## Here\n\n{LINKS}"
    ),
    "web/mail/start/guide.en-gb.md": page(
        "Start", "slug: start", "section: Getting started", "order: 1", text="A\n"
    ),
    "web/mail/start/guide.fr-fr.md": page(
        "Débuter", "slug: debuter", "section: Premiers pas", "order: 2", "hidden: true", text="A\n"
    ),
    "web/mail/secret/guide.en-gb.md": page("Secret", "slug: Limits", "hidden: true", text="A\n"),
    "cloud/universe.en-gb.md": page("Cloud", "slug: cloud", "order: 2"),
    "cloud/telecom/universe.en-gb.md": page("Telecom", "slug: telecom"),
    "cloud/telecom/phone/product.en-gb.md": page("Phone", "slug: phone", "section: Lines"),
    "cloud/telecom/phone/call/guide.en-gb.md": page("Call", "slug: call", text="A\n"),
    "cloud/telecom/phone/call/guide.fr-ca.md": page("Appeler", "slug: appeler", text="A\n"),
    "links.yml": "forum:\n  default: https://forum.example.org/\n  fr-fr: https://forum.example.org/fr/\n",
    "_redirects": "/gb/en/ancient/ /gb/en/emails/setup/\n",
}


def project_in(folder: Path, files: dict[str, str]) -> Path:
    write_pages(folder / "pages", files)
    write_pages(folder, {"balise.toml": "", ".gitignore": ".balise_cache/\n"})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return folder


def migrate(folder: Path, *arguments: str) -> Ran:
    return balise("migrate", "--to", "index", *arguments, cwd=folder, stdin=b"", **IDENTITY)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The project after its migration, and what the command said."""
    folder = project_in(tmp_path_factory.mktemp("project"), FILES)
    ran = migrate(folder, "--yes")
    assert ran.status == 0, ran.err
    return folder, ran


@pytest.fixture(scope="module")
def pages(done: tuple[Path, Ran]) -> Path:
    return done[0] / "pages"


def text(file: Path) -> str:
    return file.read_bytes().decode()


def links_of(file: Path) -> dict[str, str]:
    return dict(re.findall(r"\[([^]]+)\]\(([^)]*)\)", text(file)))


def redirects(pages: Path) -> dict[str, str]:
    return dict(line.split() for line in text(pages / "_redirects").splitlines())


def test_the_index_has_everything_in_its_order(pages: Path) -> None:
    assert text(pages / "index.md") == (
        "+ Web\n"
        "    + [Mail](products/emails)\n"
        "        + [Mail](web/mail/overview)\n"
        "        + [Secret](web/mail/secret)\n"
        "        + [Getting started](emails-getting-started)\n"
        "            + [Start](web/mail/start)\n"
        "            + [Set up](web/mail/setup)\n"
        "        + [Advanced](emails-advanced)\n"
        "            + [Limits](web/mail/limits)\n"
        "+ Cloud\n"
        "    + [Telecom](products/telecom)\n"
        "        + [Phone](products/phone)\n"
        "            + [Call](cloud/telecom/phone/call)\n"
    )


def test_labels_stand_where_they_differ_from_the_english_ones(pages: Path) -> None:
    assert text(pages / "index-translations.fr-fr.yaml") == (
        "web: La toile\nemails: Courriel\nemails-getting-started: Premiers pas\n"
    )
    assert not (pages / "index-translations.en-gb.yaml").exists()


def test_a_language_without_a_page_borrows_the_label_of_its_nearest_one(pages: Path) -> None:
    labels = text(pages / "index-translations.fr-ca.yaml")
    assert labels == "web: La toile\nemails: Courriel\n"


def test_pages_of_homes_universes_and_products_are_gone(pages: Path) -> None:
    left = [file.name for file in pages.rglob("*.md")]
    assert [name for name in left if name.startswith(("home", "universe", "product"))] == []
    assert not (pages / "links.yml").exists()


def test_a_guide_has_an_article_that_is_the_same_each_time(pages: Path) -> None:
    article = text(pages / "web/mail/setup/meta.yaml")
    assert article == "id: f63304ff-a554-5411-bb52-57457d997879\nfull_slug: setup\n"


def test_a_guide_that_is_hidden_everywhere_says_so_once(pages: Path) -> None:
    assert "flag: hidden\n" in text(pages / "web/mail/secret/meta.yaml")
    assert "hidden" not in text(pages / "web/mail/secret/guide.en-gb.md")


def test_a_page_that_is_hidden_in_its_language_only_stays_so(pages: Path) -> None:
    assert "flag" not in text(pages / "web/mail/start/meta.yaml")
    assert "\nhidden: true\n" in text(pages / "web/mail/start/guide.fr-fr.md")


def test_two_guides_of_one_slug_have_two_full_ones(pages: Path) -> None:
    assert "full_slug: limits\n" in text(pages / "web/mail/limits/meta.yaml")
    assert "full_slug: emails-limits\n" in text(pages / "web/mail/secret/meta.yaml")


def test_only_the_lines_that_stand_elsewhere_now_are_taken_off(pages: Path) -> None:
    expected = "\ufeff" + page(
        "Set up",
        "excerpt: >",
        "  All about",
        "  it",
        "updated: 2019-01-01",
        text="## Here\n\n## The top\n\nNo end",
    ).replace("\n", "\r\n")
    assert text(pages / "web/mail/setup/guide.en-gb.md") == expected


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("file", "/pages/web/mail/setup#here"),
        ("address", "/pages/web/mail/setup#the-%74op"),
        ("number", "/pages/web/mail/setup#here"),
        ("alias", "/pages/web/mail/setup"),
        ("other language", f"{SITE}/fr/web/mail/setup/"),
        ("other file", "../setup/guide.fr-fr.md"),
        ("product", "/products/emails"),
        ("place on a product", "/pages/web/mail/overview#prices"),
        ("universe", f"{SITE}/gb/en/universes/web/"),
        ("home", f"{SITE}/gb/en/"),
        ("site", "https://www.ovh.co.uk/mail"),
        ("key", "/links/forum"),
        ("dead", f"{SITE}/gb/en/nowhere/"),
        ("here", "#here"),
    ],
)
def test_a_link_is_written_as_the_layout_has_it(pages: Path, link: str, address: str) -> None:
    assert links_of(pages / "web/mail/limits/guide.en-gb.md")[link] == address


def test_an_address_that_is_its_own_text_stays_an_absolute_one(pages: Path) -> None:
    assert f"\n<{SITE}/gb/en/web/mail/setup/>" in text(pages / "web/mail/limits/guide.en-gb.md")


def test_addresses_by_key_get_a_file_each(done: tuple[Path, Ran]) -> None:
    lines = text(done[0] / "links/forum").splitlines()
    assert "- [en-gb](https://forum.example.org/)" in lines
    assert "- [fr-fr](https://forum.example.org/fr/)" in lines


def test_the_text_of_a_product_is_its_first_guide(pages: Path) -> None:
    assert text(pages / "web/mail/overview/guide.en-gb.md") == page(
        "Mail",
        text="## Prices\n\n![a](/pages/web/mail/images/a.png) [set up](/pages/web/mail/setup)\n",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/gb/en/emails/setup/", "/gb/en/web/mail/setup/"),
        ("/fr/emails/configurer/", "/fr/web/mail/setup/"),
        ("/gb/en/emails/old-setup/", "/gb/en/web/mail/setup/"),
        ("/gb/en/g/x/", "/gb/en/web/mail/setup/"),
        ("/gb/en/g12/", "/gb/en/web/mail/setup/"),
        ("/fr/g12/", "/fr/web/mail/setup/"),
        ("/gb/en/emails/", "/gb/en/web/mail/overview/"),
        ("/fr/emails/", "/fr/products/emails/"),
        ("/gb/en/web/", "/gb/en/universes/web/"),
        ("/gb/en/telecom/", "/gb/en/products/telecom/"),
        ("/gb/en/ancient/", "/gb/en/emails/setup/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(pages: Path, old: str, new: str) -> None:
    assert redirects(pages)[old] == new


def test_nothing_is_lost_or_dead_afterwards(done: tuple[Path, Ran]) -> None:
    ran = check(done[0], "--against", "HEAD", "--output-format", "json")
    before = ["other-locale-link", "other-locale-link", "unresolved-link"]
    assert [f["rule"] for f in json.loads(ran.out) if f["severity"] != "info"] == before


def test_what_is_lost_is_told_with_its_places(done: tuple[Path, Ran]) -> None:
    lost = done[1].out.partition("\nlost\n")[2]
    assert "     1  `color` of a page that is made from now on\n" in lost
    assert "     1  `img` of a page that is made from now on\n        pages/web/mail/" in lost
    assert "     1  `excerpt` of a page that is made from now on\n" in lost
    assert "     1  a universe in another one is a product now\n" in lost
    assert "     1  a product was in a section, and only guides can be\n" in lost


def test_there_is_nothing_left_to_do(done: tuple[Path, Ran]) -> None:
    ran = migrate(done[0])
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "the guides are in the layout `index` already: nothing to do\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_in(tmp_path / "project", FILES)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix() and ".balise_cache" not in str(path)
    }


def test_nothing_is_written_without_being_asked_for(project: Path) -> None:
    before = files_in(project)
    ran = migrate(project, "--diff")
    assert ran.status == 0
    assert "\n-slug: limits\n" in ran.out
    assert "nothing is written: `--yes` writes into pages" in ran.err
    assert files_in(project) == before


def test_the_diff_is_a_patch_that_makes_the_same(project: Path, pages: Path) -> None:
    patch = migrate(project, "--diff").out
    write_pages(project.parent, {"patch": patch[patch.index("--- ") :]})
    git(project, "apply", "--whitespace=nowarn", "../patch")
    assert files_in(project / "pages") == files_in(pages)


def test_the_result_can_be_had_in_a_new_folder(project: Path, pages: Path) -> None:
    before = files_in(project / "pages")
    ran = migrate(project, "--output", "new")
    assert ran.status == 0, ran.err
    assert files_in(project / "pages") == before
    assert files_in(project / "new" / "pages") == files_in(pages)
    assert (project / "new" / "links" / "forum").is_file()


def test_guides_that_are_not_committed_are_not_written_over(project: Path) -> None:
    write_pages(project / "pages", {"web/mail/limits/guide.en-gb.md": page("New")})
    before = files_in(project)
    ran = migrate(project, "--yes")
    assert ran.status == 2
    assert ran.err == (
        "balise: pages/web/mail/limits/guide.en-gb.md: is not committed as it is (1 such file); "
        "commit it, use `--output` to have the result in another folder, or `--force`\n"
    )
    assert files_in(project) == before
    assert migrate(project, "--yes", "--force").status == 0


@pytest.mark.parametrize(
    ("files", "arguments", "told"),
    [
        ({"pages/web/mail/setup/meta.yaml": "x: y\n"}, ["--yes"], "pages/web/mail/setup/meta.yaml"),
        ({"links": "mine"}, ["--yes"], "links: is in the way"),
        ({"new/mine": ""}, ["--output", "new"], "`--output new`: is there already"),
        ({}, ["--output", "pages/new"], "`--output pages/new`: lies in the folder of the guides"),
        ({}, ["--output", "new", "--yes"], "`--yes` and `--output` exclude each other"),
    ],
)
def test_what_is_in_the_way_stays(
    project: Path, files: dict[str, str], arguments: list[str], told: str
) -> None:
    write_pages(project, files)
    commit(project)
    before = files_in(project)
    ran = migrate(project, *arguments)
    assert ran.status == 2
    assert ran.err.startswith(f"balise: {told}")
    assert ran.err.count("\n") == 1
    assert files_in(project) == before


def test_plain_markdown_has_no_layout(tmp_path: Path) -> None:
    write_pages(tmp_path, {"pages/a.md": "# A\n"})
    ran = migrate(tmp_path)
    assert ran.status == 2
    assert ran.err == "balise: pages: there is no collection in it\n"


def test_guides_with_texts_on_their_homes_keep_all_addresses_and_tell_what_is_lost(
    tmp_path: Path,
) -> None:
    guides = {
        path.relative_to(ROOT / "guides").as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "guides").rglob("*.md")
    }
    folder = project_in(tmp_path / "project", guides)
    ran = migrate(folder, "--yes")
    assert ran.status == 0
    assert (
        "     3  the text of a home is a guide, so its address has the anchors no more\n" in ran.out
    )
    assert (folder / "pages/overview/guide.en-gb.md").is_file()
    ran = check(folder, "--against", "HEAD", "--select", "redirects")
    assert (ran.status, ran.out) == (0, "")


def test_the_text_of_a_page_that_is_not_utf_8_stays_as_it_is(project: Path) -> None:
    bad = page("Bad", "slug: bad").encode() + b"caf\xe9 [a](../setup/guide.en-gb.md)\n"
    (project / "pages/web/mail/bad").mkdir()
    (project / "pages/web/mail/bad/guide.en-gb.md").write_bytes(bad)
    commit(project)
    ran = migrate(project, "--yes")
    assert ran.status == 0
    assert "     1  a page that is not UTF-8 stays as it is\n" in ran.out
    assert (project / "pages/web/mail/bad/guide.en-gb.md").read_bytes() == bad


def test_a_page_that_would_be_gone_has_to_be_readable(project: Path) -> None:
    (project / "pages/web/mail/product.fr-fr.md").write_bytes(b"---\ntitle: caf\xe9\n---\n\nA\n")
    ran = migrate(project, "--yes", "--force")
    assert ran.status == 2
    assert ran.err == (
        "balise: pages/web/mail/product.fr-fr.md: cannot be read as UTF-8, so what it says would be "
        "lost; save it as UTF-8\n"
    )


def test_the_text_of_a_hidden_product_is_told_as_lost(project: Path) -> None:
    text = page("Beta", "slug: beta", "hidden: true", text="Soon\n")
    write_pages(
        project / "pages",
        {"web/beta/product.en-gb.md": text, "web/beta/a/guide.en-gb.md": page("A", text="A\n")},
    )
    ran = migrate(project)
    told = "     1  the text of a hidden product is gone\n        pages/web/beta/product.en-gb.md\n"
    assert told in ran.out


def test_names_of_a_section_in_two_languages_are_one_if_the_same_guides_are_in_it(
    tmp_path: Path,
) -> None:
    one = {"en-gb": "First steps", "fr-fr": "Premiers pas"}
    files = {"home.fr-fr.md": page("Accueil"), "a/product.fr-fr.md": page("A", "slug: a")}
    for locale, section in one.items():
        files[f"a/one/guide.{locale}.md"] = page("One", f"section: {section}", text="A\n")
    files["a/two/guide.fr-fr.md"] = page("Deux", "section: Premiers pas", text="A\n")
    files["a/two/guide.it-it.md"] = page("Due", "section: Altro", text="A\n")
    files["a/three/guide.it-it.md"] = page("Tre", "section: Altro", text="A\n")
    folder = project_in(tmp_path / "project", files)
    ran = migrate(folder, "--yes")
    assert text(folder / "pages/index.md") == (
        "+ [A](products/a)\n"
        "    + [First steps](a-first-steps)\n"
        "        + [Deux](a/two)\n"
        "        + [One](a/one)\n"
        "        + [Tre](a/three)\n"
    )
    labels = {p.name[19:24]: text(p) for p in (folder / "pages").glob("index-*")}
    assert labels == {
        "fr-fr": "a-first-steps: Premiers pas\n",
        "it-it": "a-first-steps: Altro\n",
    }
    assert "lost" not in ran.out
