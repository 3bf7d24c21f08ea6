"""A page as plain Markdown, which any program understands."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection
from balise.document import read_page
from balise.render import PageText, PublishedFiles, render_markdown

PATH = "guides/web/guide.en-gb.md"
OTHER = "guides/mail/guide.en-gb.md"


def markdown(text: str, **included: str) -> str:
    """The page as Markdown, among another guide, a picture and the files `included`."""
    sources = {PATH: text, OTHER: "---\ntitle: Mail\n---\n\n## Ports\n"}
    sources |= {f"guides/{name}": written for name, written in included.items()}
    pages = {
        path: PageText(t, read_page(SourceFile(path, t)).document) for path, t in sources.items()
    }
    documents = [page.document for path, page in pages.items() if path.endswith(".en-gb.md")]
    files = ["guides/web/images/1.png", *(f"guides/{name}" for name in included)]
    collection = Collection.of("guides", documents, files=files)
    published = PublishedFiles(
        {PATH: "web/", OTHER: "mail/", "guides/web/images/1.png": "guides/web/images/1.png"},
        text=lambda path: sources.get(path),
        address=lambda url, own: f"https://docs.example.org/{url}",
    )
    return render_markdown(pages[PATH], collection, published, pages.get, "en")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("---\ntitle: T\n---\n\nText.\n", "Text.\n"),
        ("## A {#a}\n", "## A\n"),
        ("#Title\n\nText.\n", "# Title\n\nText.\n"),
        ("`Next`{.action} and **Next**{.action}\n", "`Next` and **Next**\n"),
        ("[m](../mail/guide.en-gb.md#ports){.ref}\n", "[m](https://docs.example.org/mail/#ports)\n"),
        ("## A\n\n[a](#a)\n", "## A\n\n[a](https://docs.example.org/web/#a)\n"),
        ("[m][1]\n\n[1]: ../mail/guide.en-gb.md\n", "[m](https://docs.example.org/mail/)\n\n[1]: ../mail/guide.en-gb.md\n"),
        ("[x](https://x.example){.external}\n", "[x](https://x.example)\n"),
        ("[x](javascript:alert(1))\n", "[x]()\n"),
        ("![p](images/1.png){.thumbnail}\n", "![p](https://docs.example.org/guides/web/images/1.png)\n"),
        ('<img src="images/1.png">\n', '<img src="https://docs.example.org/guides/web/images/1.png">\n'),
        ("|a|b|\n|1|2|\n", "|a|b|\n| --- | --- |\n|1|2|\n"),
        ("text\n-\n", "text\n\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("`[not](#a)`\n\n```\n{!x!} [no](#a){.b}\n```\n", "`[not](#a)`\n\n```\n{!x!} [no](#a){.b}\n```\n"),
        ("<!-- balise: ignore-page[links] why -->\n\nText.\n", "Text.\n"),
    ],
)  # fmt: skip
def test_what_only_the_dialect_knows_is_plain(written: str, expected: str) -> None:
    assert markdown(written).rstrip() == expected.rstrip()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("> [!warning]\n>\n> Text.\n", "> **Warning**\n>\n> Text.\n"),
        ("> [!warning]\n> Text.\n", "> **Warning**\n>\n> Text.\n"),
        ("> [!warning] Text.\n", "> **Warning**\n>\n> Text.\n"),
        ("> [!warning]\nText.\n", "> **Warning**\n>\n> Text.\n"),
        ("1. > [!hint]\n   > Text.\n", "1. > **Hint**\n   >\n   > Text.\n"),
        ("> [!nonsense]\n> Text.\n", "> **Note**\n>\n> Text.\n"),
    ],
)
def test_a_callout_is_a_quotation_with_its_title(written: str, expected: str) -> None:
    assert markdown(written) == expected


def test_tabs_have_their_titles_in_bold_each_above_what_it_heads() -> None:
    written = "> [!tabs]\n> A\n>> One.\n> **B**\n>> Two.\n"
    expected = "> \n>\n> **A**\n>> One.\n>\n> **B**\n>> Two.\n"
    assert markdown(written) == expected


def test_a_question_is_in_bold_above_its_answer() -> None:
    assert markdown("> [!faq]\n>\n> Why?\n>> Because.\n").endswith("> **Why?**\n>> Because.\n")


def test_a_call_of_the_api_is_code_with_a_link_to_the_console() -> None:
    written = "> [!api]\n>\n> @api {GET} /me/{id}\n"
    link = "https://eu.api.ovh.com/console/#/me/%7Bid%7D#GET"
    assert markdown(written).endswith(f"> - `GET /me/{{id}}` ([API console]({link}))\n")


def test_what_can_be_opened_is_open_below_its_title() -> None:
    assert markdown("/// details | More\n\nText.\n\n///\n") == "**More**\n\n\nText.\n"


def test_an_included_page_stands_in_place_with_its_links_resolved() -> None:
    note = "---\ntitle: N\n---\n\nSee [m](../mail/guide.en-gb.md){.ref}.\n\nEnd.\n"
    written = "> {!> common/note.md !}\n"
    expected = "> See [m](https://docs.example.org/mail/).\n> \n> End.\n"
    assert markdown(written, **{"common/note.md": note}) == expected


def test_code_of_a_file_stands_in_its_fence() -> None:
    written = "```\n{!> code/a !}\n```\n"
    assert markdown(written, **{"code/a": "one\ntwo\n"}) == "```\none\ntwo\n```\n"


def test_a_page_that_includes_itself_ends() -> None:
    assert "This part of the page is missing" in markdown("{!> web/guide.en-gb.md !}\n")
