"""Raw HTML on a site that is to be safe, and on one that prints what is written."""

import pytest

from balise.base.source import SourceFile
from balise.document import read_page
from balise.render import PublishedFiles, render_page
from balise.syntax.unsafe_html import AllowedHtml
from tests.helpers.support import PAGE, collection_with

UNSAFE = [
    "<script>go()</script>\n",
    "<div>\n<img/onerror=go()>\n</div>\n",
    "text <b onclick=go()>b</b>\n",
    '<iframe src="https://www.example.com/"></iframe>\n',
    "<div onclick='go()\n\ntext\n",
]


def html_of(text: str, allowed: AllowedHtml | None) -> str:
    page = read_page(SourceFile(PAGE, text))
    return render_page(page, collection_with(page.document), PublishedFiles({}, html=allowed)).html


@pytest.mark.parametrize("text", UNSAFE)
def test_a_safe_site_leaves_out_what_is_unsafe(text: str) -> None:
    html = html_of(text, AllowedHtml())
    assert "go()" not in html
    assert "<iframe" not in html


@pytest.mark.parametrize("text", UNSAFE)
def test_any_other_site_prints_what_is_written(text: str) -> None:
    assert text.split("\n", 1)[0] in html_of(text, None)


def test_a_tag_that_never_ends_takes_nothing_of_a_safe_page_into_it() -> None:
    assert html_of("<div\n\ntext\n", AllowedHtml()) == "<p>text</p>\n"


def test_what_is_allowed_is_printed_on_a_safe_site() -> None:
    text = '<iframe src="https://www.example.com/"></iframe>\n\n<form action="/a"></form>\n'
    assert html_of(text, AllowedHtml(["form"], ["www.example.com"])) == html_of(text, None)


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b>\n", '<table class="a"><tr><td>a</td></tr></table>\n', "<!-- <script> -->\n"],
)
def test_what_shows_text_is_printed_on_a_safe_site(text: str) -> None:
    assert html_of(text, AllowedHtml()) == html_of(text, None)


@pytest.mark.parametrize(
    "address", ["java&Tab;script:go()", " &#1;javascript:go()", "JaVaScRiPt:go()"]
)
def test_an_address_that_a_browser_reads_as_a_script_is_never_printed(address: str) -> None:
    assert "go()" not in html_of(f'<a href="{address}">a</a> <img src="{address}">\n', None)
