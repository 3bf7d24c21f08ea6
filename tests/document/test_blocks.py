"""What the facts say of the lines of blocks, and where each of those lines stands."""

from typing import TypeVar

import pytest

from balise.base.source import SourceFile, Span
from balise.document import (
    ApiBlock,
    BaseBlock,
    Block,
    Callout,
    Carousel,
    Details,
    Document,
    Faq,
    MarkerBlock,
    ProductSection,
    Tabs,
    UnknownBlock,
    read_document,
)

AnyBlock = TypeVar("AnyBlock", bound=BaseBlock)


def as_a(kind: type[AnyBlock], block: Block) -> AnyBlock:
    """The block, which must be of that kind."""
    assert isinstance(block, kind)
    return block


def block_of(text: str) -> Block:
    """The first block of a text."""
    return read_document(SourceFile("guide.en-gb.md", text)).blocks[0]


def marker_block_of(text: str) -> MarkerBlock:
    """The first block of a text, which begins with a marker."""
    return as_a(MarkerBlock, block_of(text))


def written(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_without_a_bracket_stand_where_they_begin(end: str) -> None:
    text = end.join(["- 😀", "", "  > [!note]", "  > One", "  - Two ", "    - Three"])
    assert written(text, marker_block_of(text).lazy) == ["- Two", "  - Three"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_a_first_line_below_a_bare_one_is_swallowed(end: str) -> None:
    text = end.join(["😀", "", "> [!note]", "> One", ">", "Two", ">", "Three"])
    swallowed = marker_block_of(text).swallowed
    assert swallowed is not None
    assert written(text, (swallowed,)) == ["Two"]
    assert marker_block_of(end.join(["> [!note]", ">", "One", ">", "Two"])).swallowed is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_malformed_call_stands_where_it_is_written(end: str) -> None:
    text = end.join(["> [!note]", "> > [!api]", "> > @api GET /me ", "> > @api {GET} /me"])
    blocks = read_document(SourceFile("guide.en-gb.md", text)).blocks
    assert written(text, as_a(ApiBlock, blocks[1]).malformed) == ["@api GET /me"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_bare_line_between_tabs_is_its_last_bracket(end: str) -> None:
    text = end.join(["> [!note]", "> > [!tabs]", "> > One", "> > ", "> >> Two"])
    blocks = read_document(SourceFile("guide.en-gb.md", text)).blocks
    (bare,) = as_a(Tabs, blocks[1]).bare_lines
    assert bare.start == text.index("> > " + end) + 2
    assert written(text, (bare,)) == [">"]


def test_a_title_stands_where_it_is_written_and_a_missing_one_at_the_first_line() -> None:
    text = "> [!tabs]\n>> One\n> **Two**\n>> Three\n"
    spans = tuple(tab.title_span for tab in as_a(Tabs, block_of(text)).tabs)
    assert written(text, spans) == [">> One", "**Two**"]


def test_a_quotation_in_another_begins_at_its_own_bracket() -> None:
    text = "> One\n> > Two\n>\n> >\n"
    quotes = read_document(SourceFile("guide.en-gb.md", text)).quotes
    assert [text[quote.span.start :].split("\n")[0] for quote in quotes] == [
        "> One",
        "> Two",
        ">",
    ]
    assert [quote.empty for quote in quotes] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "ends_bare", "blank_below"),
    [
        ("> [!note]\n> One\n>\n\nTwo", True, True),
        ("> [!note]\n> One\n\nTwo", False, True),
        ("> [!note]\n> One\n## Two", False, False),
        ("> [!note]\n> One", False, False),
        ("> [!note]", False, False),
    ],
)
def test_how_a_block_ends(text: str, ends_bare: bool, blank_below: bool) -> None:
    block = marker_block_of(text)
    assert (block.ends_bare, block.blank_below) == (ends_bare, blank_below)


def test_a_collapsible_block_with_a_title_and_nothing_else_is_empty() -> None:
    assert block_of("/// details | More\n///").empty
    assert not block_of("/// details | More\nText\n///").empty


LINE_ENDS = ["\n", "\r\n", "\r"]
PREFIXES = {"alone": "", "in a quotation": "> ", "in a list item": "  ", "behind": "> > "}


@pytest.fixture(params=LINE_ENDS, ids=["LF", "CRLF", "CR"])
def line_end(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=list(PREFIXES.values()), ids=list(PREFIXES))
def prefix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def page(prefix: str, line_end: str, *lines: str) -> str:
    """A page that begins with other text, and then has `lines` in some container."""
    opening = "- x\n" if prefix.isspace() else ""
    text = f"😀\n\n{opening}{prefix}\n".replace(" \n", "\n") if opening else "😀\n\n"
    return (text + "".join(f"{prefix}{line}\n" for line in lines)).replace("\n", line_end)


def read(text: str) -> Document:
    return read_document(SourceFile("guide.en-gb.md", text))


def of_type(text: str, name: str) -> Block:
    """The block of a type, whatever case it is written in."""
    (found,) = [b for b in read(text).blocks if b.type.strip().casefold() == name]
    return found


def note(text: str) -> Callout:
    """The `[!note]` of a text."""
    return as_a(Callout, of_type(text, "note"))


def at(text: str, span: Span) -> str:
    """What stands in `text` at `span`, its line ends as LF."""
    return text[span.start : span.end].replace("\r\n", "\n").replace("\r", "\n")


def line_of(text: str, piece: str) -> int:
    """The line, from 1, on which `piece` first stands."""
    before = text[: text.index(piece)].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("warning", Callout),
        ("Primary", Callout),
        ("faq", Faq),
        ("TABS", Tabs),
        ("api", ApiBlock),
        ("carousel", Carousel),
        ("product-section(right)", ProductSection),
        ("nobody", UnknownBlock),
        ("no>body", UnknownBlock),
    ],
)
def test_a_block_its_marker_and_its_type_are_where_they_say(
    name: str, kind: type[MarkerBlock], prefix: str, line_end: str
) -> None:
    text = page(prefix, line_end, f"> [!{name}]", "> one", "> two")
    block = as_a(kind, of_type(text, name.casefold()))
    assert block.type == name
    assert at(text, block.marker) == f"[!{name}]"
    assert at(text, block.span) == f"> [!{name}]\n{prefix}> one\n{prefix}> two"
    assert block.line == line_of(text, "[!")
    assert block.behind is None
    assert block.lazy == ()
    assert not block.empty


def test_blanks_around_a_type_are_part_of_it_as_written() -> None:
    text = ">   [! note ]  \n> a\n"
    block = of_type(text, "note")
    assert (block.type, at(text, block.marker)) == (" note ", "[! note ]")


def test_text_behind_a_marker_is_where_it_says(prefix: str, line_end: str) -> None:
    text = page(prefix, line_end, ">[!note]  some *text* ", "> one")
    behind = note(text).behind
    assert behind
    assert at(text, behind) == "some *text*"


def test_a_block_directly_below_a_line_of_text_says_so() -> None:
    assert of_type("a\n> [!note]\n> b\n", "note").below_text
    assert of_type("> a\n> > [!note]\n> > b\n", "note").below_text
    assert not of_type("a\n\n> [!note]\n> b\n", "note").below_text
    assert not of_type("> a\n>\n> > [!note]\n> > b\n", "note").below_text
    assert not of_type("> [!note]\n> b\n", "note").below_text


@pytest.mark.parametrize(
    "name", ["note", "faq", "tabs", "api", "carousel", "product-section", "nobody"]
)
def test_a_block_of_nothing_but_its_marker_is_empty(name: str) -> None:
    assert of_type(f"> [!{name}]\n", name).empty
    assert of_type(f"> [!{name}]\n>\n", name).empty
    assert not of_type(f"> [!{name}]\n> a\n", name).empty
    assert not of_type(f"> [!{name}] a\n", name).empty


def test_the_panels_of_tabs(prefix: str, line_end: str) -> None:
    text = page(
        prefix, line_end,
        "> [!tabs]", ">", "> **One** `x`", ">> a", ">", "> > b", "> Two", ">> c",
    )  # fmt: skip
    one, two = as_a(Tabs, of_type(text, "tabs")).tabs
    assert (one.title, one.empty) == ("One x", False)
    assert (two.title, two.empty) == ("Two", False)
    assert at(text, one.title_span) == "**One** `x`"
    assert at(text, two.title_span) == "Two"
    assert at(text, one.span).splitlines()[-1] == f"{prefix}> > b"
    assert at(text, two.span) == f"{prefix}> Two\n{prefix}>> c"
    assert (one.line, two.line) == (line_of(text, "**One"), line_of(text, "Two"))


def test_a_panel_without_a_title_and_one_with_nothing_else() -> None:
    text = "> [!tabs]\n>> a\n> One\n"
    first, second = as_a(Tabs, of_type(text, "tabs")).tabs
    assert (first.title, at(text, first.title_span), first.empty) == (None, ">> a", False)
    assert (second.title, at(text, second.title_span), second.empty) == ("One", "One", True)


def test_bare_lines_in_front_of_the_first_title_and_behind_the_last_panel_do_not_count() -> None:
    tabs = as_a(Tabs, of_type("> [!tabs]\n>\n> One\n>> a\n>\n", "tabs"))
    assert tabs.bare_lines == ()


def test_the_entries_of_questions(prefix: str, line_end: str) -> None:
    text = page(
        prefix, line_end,
        ">[!faq]", ">> Read this.", ">", "> Why *me*?", ">> a", ">>> b", ">", "> When?",
    )  # fmt: skip
    orphan, why, when = as_a(Faq, of_type(text, "faq")).entries
    assert [entry.question for entry in (orphan, why, when)] == [None, "Why me?", "When?"]
    assert [entry.empty for entry in (orphan, why, when)] == [False, False, True]
    assert at(text, orphan.question_span) == (prefix + ">> Read this.").lstrip(" ")
    assert at(text, why.question_span) == "Why *me*?"
    assert why.line == line_of(text, "Why")
    assert at(text, why.span).splitlines()[:2] == [f"{prefix}> Why *me*?", f"{prefix}>> a"]


def test_a_question_over_two_lines_is_one_text() -> None:
    text = "> [!faq]\n> Why\nme?\n>> a\n"
    block = as_a(Faq, of_type(text, "faq"))
    (entry,) = block.entries
    assert (entry.question or "").split() == ["Why", "me?"]
    assert at(text, entry.question_span) == "Why\nme?"
    assert [at(text, span) for span in block.lazy] == ["me?"]


@pytest.mark.parametrize(
    ("written", "verb", "path", "zone", "version", "section"),
    [
        ("@api {GET} /me/{id}", "GET", "/me/{id}", "", "", ""),
        ("@api {post} /me", "POST", "/me", "", "", ""),
        ("@api(CA) {PUT} /a?b=c", "PUT", "/a?b=c", "CA", "", ""),
        ("@api(eu){delete}/a", "DELETE", "/a", "EU", "", ""),
        ("@api {v1} /cloud GET /cloud/project", "GET", "/cloud/project", "", "v1", "/cloud"),
        ("@api {v2} /iam patch /iam/policy", "PATCH", "/iam/policy", "", "v2", "/iam"),
        ("@api {v1} GET /hosting/web/", "GET", "/hosting/web/", "", "v1", "/hosting"),
        ("@api(US) {v1}get /me", "GET", "/me", "US", "v1", "/me"),
        ("@api {v2} /vmwareCloudDirector", "", "", "", "v2", "/vmwareCloudDirector"),
    ],
)
def test_a_call_of_the_api(
    written: str, verb: str, path: str, zone: str, version: str, section: str
) -> None:
    for text in (f"> [!api]\n>\n> {written}  \n", f"> > [!API]\r\n> > {written}\r\n"):
        (call,) = as_a(ApiBlock, of_type(text, "api")).calls
        assert at(text, call.span) == written
        assert call.line == line_of(text, "@")
        assert (call.verb, call.path, call.zone) == (verb, path, zone)
        assert (call.version, call.section) == (version, section)


@pytest.mark.parametrize(
    "written",
    [
        *("@api {FETCH} /a", "@api {GET}", "@api GET /a", "@api {GET /a", "@API {GET} /a"),
        *("@api {v1}", "@api {v1} GET", "@api {v1} /a FETCH /b", "@api {v1} /a /b"),
        "@api {v1} GET b",
    ],
)
def test_a_line_that_is_nearly_a_call_is_no_part(written: str) -> None:
    text = f"> [!api]\n> {written}\n> and text\n"
    block = as_a(ApiBlock, of_type(text, "api"))
    assert block.calls == ()
    assert [at(text, span) for span in block.malformed] == [written]


def test_the_pictures_of_a_carousel(prefix: str, line_end: str) -> None:
    text = page(
        prefix, line_end,
        "> [!carousel]", ">", "> - ![one *a*](1.png)", "> ![x](2.png) **two** b", "> - ![](3.png)",
    )  # fmt: skip
    slides = as_a(Carousel, of_type(text, "carousel")).slides
    assert [s.caption for s in slides] == ["one a", "two b", None]
    assert at(text, slides[0].content_span) == "![one *a*](1.png)"
    assert at(text, slides[1].content_span) == "![x](2.png) **two** b"
    images = read(text).images
    assert [at(text, i.span) for i in images] == ["![one *a*](1.png)", "![x](2.png)", "![](3.png)"]
    assert [s.line for s in slides] == [line_of(text, f"{n}.png") for n in (1, 2, 3)]


def test_details(line_end: str) -> None:
    for prefix in ("", "> "):
        text = page(prefix, line_end, "/// details | A *title*", "a", "///", "", "b")
        block = as_a(Details, of_type(text, "details"))
        assert (block.title, block.closed, block.empty) == ("A *title*", True, False)
        assert at(text, block.marker) == "/// details | A *title*"
        assert at(text, block.span) == f"/// details | A *title*\n{prefix}a\n{prefix}///"
        assert block.line == line_of(text, "///")


def test_details_that_are_not_closed_and_that_have_no_title() -> None:
    block = as_a(Details, of_type("/// details\na\n", "details"))
    assert (block.title, block.closed) == ("", False)


def test_details_in_details_are_two_blocks_in_the_order_of_the_page() -> None:
    text = "/// details | One\n/// details | Two\na\n///\nb\n"
    outer, inner = (as_a(Details, block) for block in read(text).blocks)
    assert (outer.title, outer.closed) == ("One", False)
    assert (inner.title, inner.closed) == ("Two", True)
    assert at(text, inner.span) == "/// details | Two\na\n///"


def test_parts_belong_to_the_block_that_they_stand_in() -> None:
    text = "> [!tabs]\n> A\n>> > [!api]\n>> > @api {GET} /a\n> B\n>> > [!faq]\n>> > Q\n>> >> a\n"
    tabs, api, faq = read(text).blocks
    assert [tab.title for tab in as_a(Tabs, tabs).tabs] == ["A", "B"]
    assert [call.path for call in as_a(ApiBlock, api).calls] == ["/a"]
    assert [entry.question for entry in as_a(Faq, faq).entries] == ["Q"]


def test_includes(prefix: str, line_end: str) -> None:
    text = page(prefix, line_end, "{!> shared/a b.md !}  ", "", "{! c.md !}")
    includes = read(text).includes
    assert [i.path for i in includes] == ["shared/a b.md", "c.md"]
    assert [at(text, i.span) for i in includes] == ["{!> shared/a b.md !}", "{! c.md !}"]


def test_includes_of_code(prefix: str, line_end: str) -> None:
    text = page(prefix, line_end, "```php", "  {!> shared/a b !}  ", "{!c!}", "{!>d!} e", "```")
    (include,) = read(text).includes
    assert (include.path, include.code) == ("shared/a b", True)
    assert at(text, include.span) == "{!> shared/a b !}"


def test_an_include_in_an_example_of_markdown_is_none() -> None:
    assert read("```markdown\n{!> a.md !}\n```\n\n~~~ {.md}\n{!> a.md !}\n~~~\n").includes == ()


def test_an_include_within_text_or_code_is_none() -> None:
    assert read("a {!> b.md !}\n\n    {!> c.md !}\n\n`{!> d.md !}`\n").includes == ()


def test_fences(line_end: str) -> None:
    for prefix in ("", "> ", "> > "):
        text = page(prefix, line_end, '```{.py hl_lines="2"}', "a", "```", "", "~~~~", "b")
        closed, unclosed = read(text).fences
        assert (closed.info, closed.closed) == ('{.py hl_lines="2"}', True)
        assert (unclosed.info, unclosed.closed) == ("", False)
        assert at(text, closed.span) == f'```{{.py hl_lines="2"}}\n{prefix}a\n{prefix}```'
        assert at(text, unclosed.span) == f"~~~~\n{prefix}b"
        assert (closed.line, unclosed.line) == (line_of(text, "```"), line_of(text, "~~~~"))


def test_code_in_a_panel_is_a_fence_where_it_stands() -> None:
    text = "> [!tabs]\n> A\n>> ```sh\n>> # a\n>> ```\n"
    (fence,) = read(text).fences
    assert (fence.info, fence.closed) == ("sh", True)
    assert at(text, fence.span) == "```sh\n>> # a\n>> ```"


def test_a_plain_quotation_is_no_block_and_a_block_no_quotation(line_end: str) -> None:
    text = page("", line_end, "> a", "b", "", "> [!note]", "> c")
    document = read(text)
    (quote,) = document.quotes
    assert at(text, quote.span) == "> a\nb"
    assert (quote.line, quote.empty) == (3, False)
    assert [b.type for b in document.blocks] == ["note"]


def test_html_tags_in_text_and_alone(prefix: str, line_end: str) -> None:
    text = page(prefix, line_end, "a <B class='b'>c</B>", "", '<div id="d">', "e</div>")
    tags = read(text).html_tags
    assert [(t.name, t.closing) for t in tags] == [
        ("b", False), ("b", True), ("div", False), ("div", True),
    ]  # fmt: skip
    assert [at(text, t.span) for t in tags] == ["<B class='b'>", "</B>", '<div id="d">', "</div>"]


@pytest.mark.parametrize(
    ("markdown", "kind", "residue"),
    [
        ("`a` {.action} b", "detached-attribute", " {.action}"),
        ("`a`{action} b", "malformed-attribute", "{action}"),
        ("a [b] (http://c.d/) e", "space-before-target", "[b] (http://c.d/)"),
        ("a {{% b %}} c", "template", "{{% b %}}"),
        ("a [b]c", "bbcode", "[b]"),
        ("a **b c", "emphasis", "**"),
        ("a ``b` c", "backtick", "``"),
    ],
)
def test_markup_that_became_text(
    markdown: str, kind: str, residue: str, prefix: str, line_end: str
) -> None:
    text = page(prefix, line_end, "first", f"{markdown} last")
    found = [(r.kind, r.text, at(text, r.span)) for r in read(text).residues]
    assert (kind, residue, residue) in found


def test_code_is_no_residue() -> None:
    assert read("`{{% a %}} **b`\n\n    a **b\n\n```\n{{% a %}}\n```\n").residues == ()


def test_a_block_in_another_block_or_in_a_quotation_is_nested() -> None:
    text = (
        "> [!a]\n> x\n\n> > [!b]\n> > x\n>\n> > [!c]\n> > x\n\n"
        "> [!d]\n> x\n>\n> > [!e]\n> > x\n>\n> > [!f]\n> > x\n\n/// details | g\n> [!h]\n> x\n///\n"
    )
    assert "".join(b.type.strip() for b in read(text).blocks if b.nested) == "bcef"


@pytest.mark.parametrize(
    ("above", "mark"),
    [("", ""), ("", "> "), ("", "> > "), ("- text\n", "  "), ("- text\n  - more\n\n", "    ")],
)
def test_every_line_of_code_stands_where_it_says(above: str, mark: str, line_end: str) -> None:
    lines = ["get  --all", "", "  x = y ", "get --all"]
    fenced = "".join(f"{mark}{line}\n" for line in ["```", *lines, "```"])
    text = (above + fenced).replace("\n", line_end)
    (fence,) = read(text).fences
    assert fence.code.text.split("\n") == lines
    start = 0
    for line in lines:
        assert not line or at(text, fence.code.span(start, start + len(line))) == line
        start += len(line) + 1


def test_code_without_a_line_is_empty() -> None:
    assert [fence.code.text for fence in read("```\n```\n\n```").fences] == ["", ""]
