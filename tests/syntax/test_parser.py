"""What the parser as a whole promises: it leaves plain CommonMark alone, and always comes back."""

from copy import deepcopy

import pytest
from markdown_it import MarkdownIt

from balise.syntax import MAX_NESTING, RenderContext, make_parser

PAGE = """---
title: A
---

# A

> [!warning] b
> - c `d`{.action}
>
>   > [!primary]
>   > [e](https://example.com/){.external} <https://example.com/>{.ref}

| f \\| g | h |
| ![i](1.png){.thumbnail width="400"} | &nbsp; |

j {#k}
------

[![l](2.png)](m "n")
-
"""

PLAIN = {
    "paragraphs": "a *b* **c** `d`\n\n<e@example.com> f\\\ng  \nh\n",
    "headings": "# a\n\n## b ##\n\nc\n===\n\nd\n---\n",
    "lists": "- a\n- b\n\n    c\n\n1. d\n   - e\n\n7) f\n",
    "quotations": "> a\nb\n> > c\n\n> d\n",
    "code": "    a\n\n```python\nb\n```\n\n~~~\n<c>\n~~~\n",
    "links": "[a](b \"c\") [d][e] [e] ![f](g)\n\n[e]: <h i> 'j'\n",
    "html": "<div>\n*a*\n</div>\n\nb <c d='e'>f</c> <!-- g -->\n",
    "tabs": "-\ta\n\n\tb\n\n>\tc\n",
    "rules and escapes": "***\n\n\\*a\\* &copy; &#35;\n\n- - -\n",
}

PATHOLOGICAL = {
    "opening brackets": "[" * 40_000,
    "opening images": "![" * 15_000,
    "nested links": "[a](" * 20_000,
    "quotations in quotations": ">" * 5_000 + " a",
    "callouts in callouts": "".join(f"{'> ' * n}[!note]\n" for n in range(1, 300)),
    "markers behind markers": "> [!" * 20_000,
    "lists in lists": "- " * 5_000 + "a",
    "emphasis that is never closed": "*a " * 50_000,
    "emphasis both ways": "*a **a " * 20_000,
    "runs of backticks, each longer": "".join("a" + "`" * n for n in range(1, 200)),
    "backticks alone": "` `` " * 10_000,
    "one line of five million characters": "a " * 2_500_000,
    "attribute lists that are never closed": "`a`{.b " * 20_000,
    "attribute lists behind each other": "`a`" + "{.b}" * 5_000,
    "one attribute list that never ends": "`a`{" + ".b " * 50_000,
    "closing marks of a heading": "## a" + " #" * 50_000 + " b",
    "pipes": "|" * 50_000 + "\n" + "|" * 50_000,
    "a table of ever shorter rows": "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|\n" * 5_000,
    "separators": "| a |\n" + "|" + "-|" * 50_000 + "x",
    "lines of one dash": "a\n-\n" * 5_000,
    "angle brackets": "<" * 50_000 + "<.a" * 10_000,
    "entities": "&amp" * 50_000,
    "references": "".join(f"[a{n}]: b\n" for n in range(5_000)) + "[a1]" * 5_000,
    "answers without a question": "> [!faq]\n" + ">> x\n" * 50_000,
    "quotations two deep": ">> x\n" * 50_000,
    "questions with answers in columns": "> [!faq]\n" + "> q\n>> a\n>>> b\n" * 10_000,
    "a question of many lines": "> [!faq]\n" + "> q\n" * 30_000,
    "lazy lines": "> [!faq]\n> q\n>> a\n" + "lazy\n" * 20_000,
    "lazy lines between bare ones": "> [!note]\n" + ">\nlazy\n" * 3_000,
    "tabs below tabs": "> [!tabs]\n" * 20_000,
    "tabs in tabs": "".join(f"{'>> ' * n}> [!tabs]\n{'>> ' * n}> t\n" for n in range(100)),
    "bare lines in tabs": "> [!tabs]\n" + ("> a\n" + ">\n" * 50 + ">> b\n") * 500,
    "calls of the API": "> [!api]\n" + "> @api {GET} /a\n" * 20_000,
    "lines that are nearly calls": "> [!api]\n" + "> @api {GET /a\n" * 20_000,
    "one call that never ends": "> [!api]\n> @api {GET} /" + "a " * 50_000,
    "slides": "> [!carousel]\n" + "> - ![a](b) c\n" * 10_000,
    "many pictures in a slide": "> [!carousel]\n> - " + "![a](b) " * 5_000,
    "halves of a product page": "> [!product-section]\n> a\n\n" * 5_000,
    "details that are not closed": "/// details\n" * 5_000,
    "details, each with more slashes": "".join(f"//{'/' * n} details\n" for n in range(1, 1_000)),
    "details one behind the other": "/// details | a\nb\n///\n" * 5_000,
    "a long title of details": "/// details |" + " a" * 100_000,
    "slashes": "/" * 100_000,
    "marks of footnotes": "[^1]" * 20_000 + "\n\n[^1]: a\n",
    "marks without a footnote": "[^1]" * 20_000,
    "footnotes in footnotes": "".join(f"[^{n}]: a[^{n + 1}]\n\n" for n in range(2_000)) + "[^0]",
    "abbreviations": "".join(f"*[a{n}]: b\n" for n in range(2_000)) + "a1 text " * 5_000,
    "abbreviations, each longer": "".join(f"*[{'a' * n}]: b\n" for n in range(1, 300))
    + "a" * 50_000,
    "abbreviations that are never closed": "*[" * 10_000,
    "includes": "{!> x !}\n" * 20_000,
    "includes on one line": "{!> x !}" * 20_000,
    "includes that are never closed": "{!>" * 50_000,
    "a long info string": "```{" + ".a " * 50_000 + "\nx\n```\n",
    "brackets in an info string": "``` " + "{ " * 50_000 + "x\nx\n```\n",
    "options in an info string": "```a " + "hl_lines=" * 20_000 + "\nx\n```\n",
    "lines to highlight": '```a hl_lines="' + "1-9999 " * 1_000 + '"\nx\n```\n',
    "definitions": "a\n" + ": b\n" * 20_000,
    "colons": ":\n" * 20_000,
    "glued headings": "#A\n\n" * 20_000,
}


def test_there_is_one_parser() -> None:
    assert make_parser() is make_parser()


@pytest.mark.parametrize("context", [RenderContext(), RenderContext(words={"warning": "Achtung"})])
def test_rendering_leaves_the_tokens_as_they_were(context: RenderContext) -> None:
    parser = make_parser()
    tokens = parser.parse(PAGE)
    before = deepcopy(tokens)
    parser.renderer.render(tokens, parser.options, {"context": context})
    assert tokens == before


def test_rendering_twice_gives_the_same_html() -> None:
    parser = make_parser()
    tokens = parser.parse(PAGE)
    first = parser.renderer.render(tokens, parser.options, {})
    assert parser.renderer.render(tokens, parser.options, {}) == first


def test_parsing_twice_gives_the_same_tokens() -> None:
    assert make_parser().parse(PAGE) == make_parser().parse(PAGE)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN.keys())
def test_plain_commonmark_means_what_it_means_elsewhere(text: str) -> None:
    assert make_parser().render(text) == MarkdownIt("commonmark").render(text)


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_hostile_input_is_read_and_closed_and_hides_nothing_behind_it(text: str) -> None:
    parser = make_parser()
    tokens = parser.parse(f"{text}\n\nThis is the end.\n")
    level = 0
    for token in tokens:
        level += token.nesting
        assert level >= 0
    assert level == 0
    assert "This is the end." in parser.renderer.render(tokens, parser.options, {})


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_input_that_breaks_off_is_closed(text: str) -> None:
    tokens = make_parser().parse(text[:3000])
    assert sum(token.nesting for token in tokens) == 0


def test_blocks_are_read_down_to_the_limit_of_nesting() -> None:
    html = make_parser().render("> " * MAX_NESTING + "here")
    assert html.count("<blockquote>") == MAX_NESTING
    assert "<p>here</p>" in html


def test_what_is_deeper_than_the_limit_is_text() -> None:
    html = make_parser().render("> " * MAX_NESTING + "> - here\n\nbelow\n")
    assert html.count("<blockquote>") == MAX_NESTING
    assert "<p>&gt; - here</p>" in html
    assert html.endswith("<p>below</p>\n")


def test_text_between_two_pages_is_not_mixed_up() -> None:
    parser = make_parser()
    parser.render("[a]: https://example.com/\n")
    assert parser.render("[a]") == "<p>[a]</p>\n"
