"""Scripts in titles, excerpts, descriptions, attributes and pictures: none of them runs on a page."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.helpers.browsing import in_browser
from tests.helpers.command import mkdocs, write_pages
from tests.publish.test_build import PAGES

pytestmark = in_browser

EVIL = "</title><script>run()</script><img src=x onerror=run()>\"'onfocus=run() autofocus"
QUOTED = EVIL.replace("'", "''")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="run()"><script>run()</script></svg>'
GUIDE = f"""---
title: '{QUOTED}'
excerpt: '{QUOTED}'
description: '{QUOTED}'
section: '{QUOTED}'
slug: boese
---

## Ein `{EVIL}`{{.action}}

![{EVIL}](images/a.svg){{.thumbnail}}

![x](images/a.svg){{.thumbnail width="9\\"onload=run()"}}

[x](javascript:run()){{.external}} [y](https://example.com/"onmouseover=run())

> [!tabs]
> {EVIL}
>> a
> b
>> b

> [!faq]
>
> {EVIL}
>> a
"""
# In Markdown raw HTML is the author's own; here it is written so that it is text.
TEXT = GUIDE.replace("<script", "\\<script").replace("<img", "\\<img").replace("</t", "\\</t")
FRONT, _, BODY = GUIDE.partition("\n---\n")
HOSTILE = {
    **PAGES,
    "guides/web/mails/boese/guide.fr-fr.md": f"{FRONT}\n---\n{TEXT.partition(chr(10) + '---' + chr(10))[2]}",
    "guides/web/mails/boese/guide.en-gb.md": f"{FRONT}\n---\n\nText.\n",
    "guides/web/mails/boese/images/a.svg": SVG,
}  # fmt: skip


def test_no_script_of_an_author_runs(
    page: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    folder = write_pages(tmp_path, HOSTILE)
    ran = mkdocs("build", "--quiet", cwd=folder)
    assert ran.status == 0, ran.err
    site = served(folder / "site")
    page.add_init_script("window.ran = 0; window.run = () => { window.ran += 1 }")
    for path in ("fr/emails/boese/", "fr/emails/", "fr/emails/autre/", "fr/", "fr/web/"):
        page.goto(f"{site}{path}")
        assert page.evaluate("window.ran") == 0, path
    page.goto(f"{site}fr/emails/boese/")
    assert page.title().startswith("</title><script>")
    page.locator("a.lightbox").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("window.ran") == 0
