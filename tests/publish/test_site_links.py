"""The built site has no dead link or anchor that `balise check` does not report, and none too many."""

import json
import re
from pathlib import Path

import pytest

from tests.helpers.command import balise, mkdocs, write_pages
from tests.helpers.once import Once
from tests.helpers.site_links import dead_links

MKDOCS = """
site_name: Trial
theme: {name: material, font: false}
plugins: [balise]
nav: [index.md]
"""
HOME = "---\ntitle: Home\n---\n"
MAIL = """---
title: Mail
slug: mail
legacy_guide_number: g12
aliases: [old-mail, /gb/en/very/old/]
---

## Set up

### First step

### Second step

## Set up

<a name="by-hand"></a>
"""
COURRIER = MAIL.replace("slug: mail", "slug: courrier").replace("Set up", "Installer")
ONLY_FRENCH = "---\ntitle: Seul\nslug: seul\nlegacy_guide_number: 77\n---\n\n## Ici\n"
LINKS = {
    # alive
    "here": "#here",
    "here with a dot": "./#here",
    "an older spelling": "#HERE",
    "a file": "../mail/guide.en-gb.md#second-step",
    "a file of a prefix": "{filename}../mail/guide.en-gb.md",
    "an address": "../mail/#set-up_1",
    "an id of the old renderer": "https://docs.ovh.com/gb/en/p/mail/#set-up_2",
    "an anchor by hand": "/pages/p/mail#by-hand",
    "by position": "../mail/#set_up_partie_2_second_step",
    "published": "http://docs.ovh.com/gb/en/p/mail",
    "a number": "{legacy}12#second-step",
    "an old address": "https://www.ovh.co.uk/g12.mail#first-step",
    "a product": "/products/p",
    "a key": "/links/status",
    "a variable": "{ovh_www}/mail/",
    "moved": "https://docs.ovh.com/gb/en/p/old-mail/#first-step",
    "moved long ago": "/gb/en/very/old/",
    "a redirect": "../../moved/",
    "a redirect by number": "https://docs.ovh.com/gb/en/g12/",
    "in French only": "{legacy}77#ici",
    "the slug of another language": "https://docs.ovh.com/gb/en/p/courrier/",
    "a file that is no page": "files/notes.txt",
    "above": "../",
    "the home": "https://docs.ovh.com/gb/en/",
    # dead
    "no anchor": "#nowhere",
    "no anchor there": "../mail/#nowhere",
    "no anchor on a numbered page": "{legacy}12#nowhere",
    "no page": "../nothing/",
    "no published page": "https://docs.ovh.com/gb/en/p/nothing/",
    "no file": "../mail/guide.de-de.md",
    "no number": "{legacy}99",
    "no folder": "/pages/p/nothing",
    "no product": "/products/nothing",
    "no key": "/links/nothing",
    "outside": "../../../../../etc/passwd",
    "one computer": "file:///C:/guide.md",
    "a share": "//server/share",
}
PAGES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# Manual\n\n## Part\n\n[up](#part) [dead](#none) [no page](none.md)\n",
    "guides/home.en-gb.md": HOME,
    "guides/home.fr-fr.md": HOME,
    "guides/links.yml": "status: https://status.example.com/\n",
    "guides/_redirects": "/gb/en/moved/ /gb/en/p/mail/#set-up\n/gb/en/away/ https://example.com/\n",
    "guides/p/product.en-gb.md": "---\ntitle: P\nslug: p\n---\n",
    "guides/p/product.fr-fr.md": "---\ntitle: P\nslug: p\n---\n",
    "guides/p/mail/guide.en-gb.md": MAIL,
    "guides/p/mail/guide.fr-fr.md": COURRIER,
    "guides/p/alone/guide.fr-fr.md": ONLY_FRENCH,
    "guides/p/links/files/notes.txt": "Notes.",
    "guides/p/links/guide.en-gb.md": "---\ntitle: Links\nslug: links\n---\n\n## Here\n\n"
    + "\n".join(f"- [{text}]({address})" for text, address in LINKS.items())
    + '\n\n<a href="../mail/guide.en-gb.md#first-step">html</a> <a href="#none">dead html</a>\n',
}
RULES = "unresolved-link,unresolved-anchor"


def build(folder: Path) -> None:
    ran = mkdocs("build", "--quiet", cwd=write_pages(folder, PAGES))
    assert ran.status == 0, ran.err


@pytest.fixture(scope="module")
def project(once: Once) -> Path:
    return once("links", build)


def found_by_check(folder: Path, path: str) -> set[str]:
    """The texts of the links that `balise check` says are dead."""
    ran = balise("check", path, "--select", RULES, "--output-format", "json", cwd=folder)
    texts = set()
    for finding in json.loads(ran.out):
        source = (folder / finding["path"]).read_text(encoding="utf-8")
        link = source[finding["start"]["offset"] : finding["end"]["offset"]]
        match = re.match(r"\[([^\]]+)\]", link)
        texts.add(match[1] if match else "dead html")
    return texts


def test_what_check_calls_dead_is_dead_on_the_site_and_nothing_else(project: Path) -> None:
    on_site = {link.text for link in dead_links(project / "site") if "gb/en" in link.page}
    assert on_site == found_by_check(project, "guides")


def test_the_same_is_true_of_the_manual(project: Path) -> None:
    on_site = {link.text for link in dead_links(project / "site") if link.page == "index.html"}
    assert on_site == found_by_check(project, "docs") == {"dead", "no page"}


def test_every_form_of_a_live_link_is_relative_on_the_site(project: Path) -> None:
    html = (project / "site/gb/en/p/links/index.html").read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    hrefs = {
        text: href for href, text in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>([^<]+)<', article)
    }
    assert hrefs["an older spelling"] == "#here"
    assert hrefs["a number"] == "../mail/#second-step"
    assert hrefs["by position"] == "../mail/#second-step"
    assert hrefs["moved"] == "../mail/#first-step"
    assert hrefs["a redirect"] == "../mail/#set-up"
    assert hrefs["a redirect by number"] == "../mail/"
    assert hrefs["in French only"] == "../../../../fr/p/seul/#ici"
    assert hrefs["html"] == "../mail/#first-step"
    assert hrefs["a variable"] == "https://www.ovh.co.uk/mail/"


def test_a_link_into_another_language_says_so(project: Path) -> None:
    html = (project / "site/gb/en/p/links/index.html").read_text(encoding="utf-8")
    assert re.search(r'<a [^>]*hreflang="fr" class="other-language">in French only</a>', html)


def test_every_old_address_leads_to_the_page_of_today(project: Path) -> None:
    for old, new in {
        "gb/en/p/old-mail": "../mail/",
        "gb/en/very/old": "../../p/mail/",
        "gb/en/g12": "../p/mail/",
        "fr/g12": "../p/courrier/",
        "gb/en/moved": "../p/mail/",
        "gb/en/away": "https://example.com/",
    }.items():
        html = (project / "site" / old / "index.html").read_text(encoding="utf-8")
        assert f'content="0; url={new}"' in html


def test_web_servers_get_the_redirects_as_tables(project: Path) -> None:
    netlify = (project / "site/_redirects").read_text(encoding="utf-8").splitlines()
    assert "/gb/en/p/old-mail/ /gb/en/p/mail/ 301" in netlify
    assert "/gb/en/moved/ /gb/en/p/mail/#set-up 301" in netlify
    nginx = (project / "site/redirects.map").read_text(encoding="utf-8").splitlines()
    assert '"/gb/en/away/" "https://example.com/";' in nginx
    apache = (project / "site/redirects.conf").read_text(encoding="utf-8").splitlines()
    rule = 'RewriteRule "^(?:/)?gb/en/moved/$" "/gb/en/p/mail/#set-up" [R=301,L,NE,QSD]'
    assert rule in apache


def test_the_site_of_this_project_has_no_dead_link(own_site: Path) -> None:
    assert dead_links(own_site) == []
