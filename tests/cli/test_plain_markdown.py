"""Trees that are not in the dialect, and what a configuration says of them."""

import json
from pathlib import Path

import pytest

from balise.rules import ALL_RULES
from tests.helpers.command import PICTURE, balise, write_pages

HOME = "---\ntitle: Home\n---\n\n"


def found(folder: Path, *arguments: str) -> list[tuple[str, str]]:
    """The rule and the message of each finding in a folder."""
    ran = balise("check", "--output-format", "json", *arguments, cwd=folder)
    return [(finding["rule"], finding["message"]) for finding in json.loads(ran.out)]


def found_on(tmp_path: Path, text: str, **others: str) -> list[str]:
    """The messages about `docs/guide/setup.md` with this text in a plain tree."""
    pages = {"docs/guide/setup.md": text, **PAGES, **others}
    write_pages(tmp_path, pages)
    options = ("--ignore", "foreign-syntax", "--output-format", "json")
    ran = balise("check", "docs", *options, cwd=tmp_path)
    return [f["message"] for f in json.loads(ran.out) if f["path"] == "docs/guide/setup.md"]


PAGES = {
    "docs/index.md": "# Index\n",
    "docs/guide/README.md": "# Guide\n\n## A & B\n\n## The `end` of it_all!\n\n## End\n\n## End\n",
    "docs/guide/run.md": "# Run\n\n### Named <small>once</small> { id=given }\n\n**x**{ #bold }\n",
    "docs/img/a.png": PICTURE,
    "docs/empty/a.txt": "-",
}


@pytest.mark.parametrize(
    "address",
    [
        "run.md",
        "run",
        "run/",
        "run.html",
        "run/#run",
        "run.md?x=1#run",
        "?q=word",
        "../guide/",
        "..",
        "../",
        "../empty/",
        "../index.md",
        "README.md#a--b",
        "README.md#the-end-of-it_all",
        "README.md#end-1",
        "README.md#end_1",
        "run.md#given",
        "run.md#bold",
        "run.md#fn:1",
        "/anything/",
        "/pages/x",
        "{{ site.url }}/x",
        "../../LICENSE",
        "https://docs.ovh.com/gb/en/nowhere/",
    ],
)
def test_a_link_that_leads_somewhere_is_no_finding(tmp_path: Path, address: str) -> None:
    assert found_on(tmp_path, f"[x](<{address}>)\n") == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("stop.md", "there is no file `stop.md` from here"),
        ("stop/", "there is no file `stop/` from here"),
        ("../img/b.png", "there is no file `../img/b.png` from here"),
        (
            "README.md#a-b-c",
            "`#a-b-c` is not an anchor of `README.md`; nearest is `#a--b` (line 3)",
        ),
        ("README.md#end-2", "`#end-2` is not an anchor of `README.md`"),
        ("run.md#Run", "`#Run` is not an anchor of `run.md`; nearest is `#run` (line 1)"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_finding(tmp_path: Path, address: str, message: str) -> None:
    assert found_on(tmp_path, f"[x]({address})\n") == [message]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="run.md">x</a>',
        '<a href="../run/">x</a>',
        '<a href="../run/#run">x</a>',
        '<a href="../tags/">x</a>',
        '<img src="../img/a.png">',
        '<img src="../../img/a.png">',
        '<img src="/img/b.png">',
    ],
)
def test_raw_html_counts_from_the_page_or_from_the_folder_that_a_site_makes_of_it(
    tmp_path: Path, html: str
) -> None:
    assert found_on(tmp_path, f"Text {html}\n") == []


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<img src="../img/b.png">', "the picture `../img/b.png` is not there"),
        ('<a href="../run/#stop">x</a>', "`#stop` is not an anchor of `run.md`"),
    ],
)
def test_raw_html_that_leads_nowhere_is_a_finding(tmp_path: Path, html: str, message: str) -> None:
    assert found_on(tmp_path, f"Text {html}\n")[0].startswith(message)


def test_a_markdown_link_does_not_count_from_the_folder_that_a_site_makes(tmp_path: Path) -> None:
    assert found_on(tmp_path, "![x](../../img/a.png)\n![y](../img/a.png)\n") == []
    assert found_on(tmp_path, "![x](../guide/img/a.png)\n") == [
        "the picture `../guide/img/a.png` is not there"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> [!NOTE]\n> Text\n",
        "> [!Caution]\n> Text\n",
        "---\ntags: [x]\nhide: toc\n---\n\n# Title\n",
        "[x](setup.md)\n",
        "[x](javascript:void)\n",
        "[x](run.md){ .md-button target=_blank }\n",
    ],
)
def test_what_is_a_slip_in_the_dialect_alone_is_no_finding(tmp_path: Path, text: str) -> None:
    assert found_on(tmp_path, text) == []


def test_only_rules_that_reach_plain_markdown_judge_it(tmp_path: Path) -> None:
    write_pages(tmp_path, {"docs/a.md": "# A\n\n> [!tip\n> x\n\n{.a}\n\n<b>\n\n[](b.md)\n"})
    every = ",".join(rule.name for rule in ALL_RULES)
    reach = {rule.name for rule in ALL_RULES if rule.reach != "dialect"}
    rules = {rule for rule, _ in found(tmp_path, "docs", "--select", every)}
    assert {"raw-html-unclosed", "unresolved-link"} <= rules <= reach


@pytest.mark.parametrize(
    "mark",
    [
        "docs/guide/guide.fr-fr.md",
        "docs/meta.yaml",
        "docs/index-translations.fr.yaml",
        "links/control-panel",
        "balise.toml",
    ],
)
def test_a_tree_with_a_mark_of_a_collection_is_in_the_dialect(tmp_path: Path, mark: str) -> None:
    text = "![y](../a.png){.blue}\n"
    write_pages(tmp_path, {"docs/index.md": "a\n", "docs/a.png": PICTURE, "docs/guide/b.md": text})
    unknown = ("unknown-attribute", "`.blue` has no meaning in an attribute list")
    assert unknown not in found(tmp_path, "docs")
    write_pages(tmp_path, {mark: ""})
    assert unknown in found(tmp_path, "docs")


def test_a_folder_called_guides_in_a_plain_tree_is_no_collection(tmp_path: Path) -> None:
    write_pages(tmp_path, {"index.md": "# A\n", "guides/a.md": "[x](../index.md)\n"})
    assert found(tmp_path, ".") == []
    assert found(tmp_path) == []


def test_a_configuration_chooses_plain_markdown(tmp_path: Path) -> None:
    pages = {"docs/a.md": "[x](b/#a-b)\n", "docs/b.md": "## A/B\n\n## A  b\n"}
    write_pages(tmp_path, {"balise.toml": 'guides = "docs"\n', **pages})
    assert [rule for rule, _ in found(tmp_path, "--select", "links")] == ["unresolved-link"]
    write_pages(tmp_path, {"balise.toml": 'guides = "docs"\ndialect = "github"\n'})
    assert found(tmp_path) == []


def test_a_configuration_chooses_the_dialect(tmp_path: Path) -> None:
    write_pages(tmp_path, {"docs/a.md": "> [!NOTE]\n>\n> x\n"})
    assert found(tmp_path, "docs") == []
    write_pages(tmp_path, {"balise.toml": 'dialect = "ovh"\n'})
    assert ("unknown-callout", "`[!NOTE]` is written `[!note]`") in found(tmp_path, "docs")


def test_markup_of_another_system_is_told_once_for_a_plain_tree(tmp_path: Path) -> None:
    pages = {"docs/a.md": "!!! note\n    x\n", "docs/b.md": "!!! tip\n    x\n\n=== 'Tab'\n    x\n"}
    write_pages(tmp_path, pages)
    message = (
        "`!!! note` is an admonition of Python-Markdown (MkDocs); it is read as plain Markdown"
    )
    assert found(tmp_path, "docs") == [("foreign-syntax", f"{message} (2 more places on 2 pages)")]


FOREIGN = "!!! note\n    [gone](gone.md)\n    ```text\n    2. x\n\n    ## <b>\n\nText **x\n"


def test_in_markup_of_another_system_only_rules_about_addresses_judge(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a/guide.fr-fr.md": f"---\ntitle: x\n---\n\n{FOREIGN}"})
    rules = [rule for rule, _ in found(tmp_path, "a")]
    assert rules == ["foreign-syntax", "unresolved-link", "unbalanced-emphasis"]


def test_an_anchor_of_a_page_with_text_from_elsewhere_is_taken_for_one(tmp_path: Path) -> None:
    pages = {"a/a.md": "[x](b.md#x) [y](c.md#x)\n", "a/b.md": "--8<-- 'x.md'\n", "a/c.md": "c\n"}
    write_pages(tmp_path, pages)
    assert ("unresolved-anchor", "`#x` is not an anchor of `c.md`") in found(tmp_path, "a")
    assert "b.md" not in str([m for r, m in found(tmp_path, "a") if r == "unresolved-anchor"])


@pytest.mark.parametrize(
    "anchor",
    ["cli-tab", "linux", "toc.slugify", "+toc.slugify"],
)
def test_anchors_that_other_systems_make_of_the_page_are_known(tmp_path: Path, anchor: str) -> None:
    text = '## Cli\n\n=== ":icon: Tab"\n    x\n\n=== "Linux"\n\n<!-- md:option toc.slugify -->\n'
    assert found_on(tmp_path, f"{text}\n[x](#{anchor})\n") == []


# What other tools make

DECLARED = """guides = "docs"
pages = ["reference/**", "/blog/*", "img/favicon.ico"]
anchors = ["__tabs_*", "cli.md#hatch-*", "made/**#*"]
"""


@pytest.mark.parametrize(
    "link",
    [
        "[x](reference/a/b.md#any)",
        "[x](reference/a/)",
        "[x](/blog/x.md)",
        "![x](img/favicon.ico)",
        "[x](#__tabs_1)",
        "[x](cli.md#hatch-run)",
        "[x](made/a.md#any)",
    ],
)
@pytest.mark.parametrize("dialect", ["ovh", "github"])
def test_what_is_declared_to_be_made_is_no_finding(tmp_path: Path, link: str, dialect: str) -> None:
    write_pages(
        tmp_path,
        {
            "balise.toml": f'{DECLARED}dialect = "{dialect}"\nselect = ["links", "anchors", "images"]\n',
            "docs/a.md": f"{link}\n",
            "docs/cli.md": "cli\n",
            "docs/made/a.md": "made\n",
        },
    )
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "link", ["[x](blogs/x.md)", "[x](#tabs_1)", "[x](made.md#hatch-run)", "![x](favicon.ico)"]
)
def test_what_is_not_declared_is_a_finding(tmp_path: Path, link: str) -> None:
    pages = {"balise.toml": DECLARED, "docs/a.md": f"{link}\n", "docs/made.md": "x\n"}
    write_pages(tmp_path, pages)
    assert [rule for rule, _ in found(tmp_path)][-1] in {
        "unresolved-link",
        "unresolved-anchor",
        "missing-image",
    }


def test_a_changed_declaration_counts_for_what_is_kept(tmp_path: Path) -> None:
    write_pages(tmp_path, {"balise.toml": DECLARED, "docs/a.md": "[x](reference/a.md)\n"})
    assert found(tmp_path) == []
    write_pages(tmp_path, {"balise.toml": 'guides = "docs"\n'})
    assert ("unresolved-link", "there is no file `reference/a.md` from here") in found(tmp_path)


def test_a_plain_tree_is_told_the_same_again(tmp_path: Path) -> None:
    write_pages(
        tmp_path,
        {
            "balise.toml": 'guides = "docs"\ndialect = "github"\npages = ["made.md"]\n',
            "docs/a.md": "> [!NOTE]\n> x\n\n[x](made.md) [y](gone.md)\n",
            "docs/b.md": "b\n",
        },
    )
    first = found(tmp_path)
    assert first == [("unresolved-link", "there is no file `gone.md` from here")]
    assert found(tmp_path) == first
    write_pages(tmp_path, {"docs/b.md": "other\n"})
    assert found(tmp_path) == first


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'dialect = "gihub"',
            "`dialect` must be `auto`, `ovh` or `github`, not `gihub`; did you mean `github`?",
        ),
        ('pages = "a"', '`pages` must be a list of patterns, not a text; write `["a"]`'),
        (
            'pages = ["!a"]',
            "`pages`: the pattern `!a` begins with `!`, which takes nothing back here",
        ),
        ('anchors = ["a#"]', "`anchors`: the pattern `a#` names no anchor; write `*` for any"),
        (
            'anchors = ["!a#b"]',
            "`anchors`: the pattern `!a` begins with `!`, which takes nothing back here",
        ),
    ],
)
def test_a_wrong_declaration_is_one_clear_line(tmp_path: Path, line: str, message: str) -> None:
    write_pages(tmp_path, {"balise.toml": f"{line}\n", "guides/a.md": "a\n"})
    ran = balise("check", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.splitlines()[0].endswith(message)
    assert len(ran.err.splitlines()) == 1


# Links to folders, in the dialect


def test_a_link_to_a_folder_names_a_page_in_it(tmp_path: Path) -> None:
    write_pages(
        tmp_path,
        {
            "guides/home.fr-fr.md": f"{HOME}[x](mail/imap/files) [y](mail/) [z](gone/)\n",
            "guides/mail/imap/files/guide.en-gb.md": "---\ntitle: x\nslug: imap\n---\n",
        },
    )
    assert [m for _, m in found(tmp_path, "--select", "unresolved-link")] == [
        "`mail/imap/files` is a folder; name a page in it, such as `mail/imap/files/guide.en-gb.md`",
        "`mail/` is a folder; name a page in it",
        "`gone/` is neither a file nor the address of a page from here",
    ]
