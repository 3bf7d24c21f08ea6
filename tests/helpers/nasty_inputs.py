"""What a fuzzer tries: files of the dialect's own pieces and of those of data files, spliced and damaged."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from hypothesis import strategies as st

from balise.config.settings import Config, Urls
from balise.syntax.parser import BLOCK_TYPES
from tests.helpers.hostile import HOSTILE
from tests.helpers.support import ROOT, dot_cases

Inputs = st.SearchStrategy[bytes]

LONGEST = 300
"""Characters of a line of a real guide that is taken as a piece."""
GUIDES = 200
"""Real guides that pieces are taken from."""

CHARACTERS = (
    *"> -*#|`![](){}.<>:=\\&;\"'/@+_~^%$,?0a1éİß",
    *("\n", "\r", "\r\n", "\t", "\0", "\ufeff", "\u2028", "\x0b", "\x0c", "\x85", "\xa0"),
    *("\u202e", "\u200f", "\u200b", "\u0301", "\U0001f600", "\U00020000", "مرحبا", "\ufffd"),
)
"""What has a meaning to some parser, or trips one: blanks, directions, accents, outside of the basic plane."""

PIECES = (
    *(f"> [!{name}]" for name in sorted(BLOCK_TYPES)),
    *("> [!product-section(right)]", "> [!nothing] text", "> [!note", "> text", ">> text", ">>> text", ">"),
    *("> @api {GET} /me/{id}", "> @api v1 /me GET /x", "> - ![a](images/step-1.png) words", "> title"),
    *("/// details | Title", "/// details", "///", "////", "<details>", "</details>", "<summary>a"),
    *("```", "~~~", "````python", '```py {.a hl_lines="1-9"}', "    code", "`a`{.action}", "``a`", "`"),
    *("{.thumbnail}", "{#here}", '{width="400"}', "<.external>", "{.a #b c='d'}", "{: .a}", "{.a", "{.}"),
    *("# One", "## Two {#here}", "## One_1", "###Three", "#### <a name='x'></a>Four ##", "Five\n===", "Six\n---", "##"),
    *("|a|b|", "|---|:-:|", "|---|", "| IMAP | 993 | SSL |", r"|a\|b|`c|d`|", "||", "|", "a|b\n-|-"),
    *("- a", "  - b", "1. a", "7) b", "-", "-\ttab", "   1.", "a\n-", "+ [ ] x", "term\n:   meaning", ": x"),
    *("[a](b)", "[a](/pages/web/emails/setup){.external}", "[a](#here)", "[a](legacy:12)", "[a] (b)", "[a] (https://example.com/)", "[a] (https://example.com/]b)", "[]()"),
    *("[a]({ovh_www}/x)", "[a](/links/web)", "[a](javascript:alert(1))", "[a][b]", "[b]: c 'd'", "[a](<b", "[a]("),
    *("https://docs.ovh.com/gb/en/emails/", "<https://example.com/>", "http://[x", "[a](//%zz)", "[a](https://h:x/)"),
    *("![a](images/step-1.png){.thumbnail}", "![](x.png)", "![a](IMAGES/menu.PNG)", "![a](data:image/png,a)", "!["),
    *("[![a](images/Menu.png)](b)", "[a [b](c) d](e)", "[^1]", "[^1]: note", "^[x]", "*[HTML]: words", "HTML"),
    *("<a name='x'></a>", '<a id="here"></a>', "<div>", "</div>", "<!--", "-->", "<script>a</script>", "<br/>", "<a "),
    *("<img src=x onerror=y>", "<iframe src='//x.org'>", "<a href='javascript:x'>", "<![CDATA[", "<?php", "<pre>", "</p>", "&nbsp;", "&#0;", "&#x"),
    *("<!-- balise: ignore[empty-link] why -->", "<!-- balise: ignore -->", "<!-- balise: ignore[ -->", "<!-- balise: off"),
    *("<!-- balise: ignore-file[links] -->", "{!> snippets/contact.md !}", "{!> guide.en-gb.md !}", "{!> ../../x !}", "{!"),
    *("---", "title: a", "slug: 'a", "legacy_guide_number: 7", "aliases: [a, /b/]", "a: &x [*x]", "? {a: b}", "...", "***"),
    *("The port 993 with SSL enabled.", "Le port SMTP est 465, sans SSL.", "ssl0.ovh.net", "port 99999", "10 GB, 1.2.3.4"),
    *("{{ a }}", "{% include x %}", "{% a", "{{% a", "[url=a", "<<a", "[b]x[/b]", "!!! note", "::: warning", ":::", "=== \"x\"", "```{note}", "$a$", "**a", "_b"),
)  # fmt: skip

COUNTED = "§"
"""What stands for a number in a part of a text that is repeated."""
COUNTED_PIECES = (
    *("## T§", "# A_§", "## T§ {#t§}", "[a](#t§)", "[b](#nowhere-§)", "[^§]", "[^§]: note", "*[ab§]: x", "ab§"),
    *("<a name='x§'></a>", "[a](x§.md)", "![a](images/x§.png)", "[a§]: b", "[a§]", "`a`{.a§}", "IMAP port §"),
    *("> [!tabs]\n> T§\n>> a", "> [!faq]\n> Q§\n>> a", "> @api {GET} /a/§", "<!-- balise: ignore[a§] -->", "/// details | §"),
)  # fmt: skip
"""Pieces that are each another one where they are repeated."""

FRONT = (
    "---\ntitle: A\nslug: a\nsection: B\n---\n",
    "---\ntitle: A\n---",
    "---\n",
    "---\n\ttitle: [\n---\n",
    "---\r\ntitle: A\r\n---\r\n",
)
PREFIXES = ("", "", "", "> ", ">", "> > ", "- ", "  ", "    ", "1. ", "\t", "| ", "## ", ">> ")
ENDS = ("\n", "\n", "\n", "\n\n", "\r\n", "\r", "", " ")

VALUES = (
    *("1", "-0.5", "true", "1979-05-27", '""', "[]", "{}", "[[]]", '"guides"', '"*.md"', '["*.md"]', '["#"]', '["!"]'),
    *('["a#b"]', '["[", "**", "\\\\"]', '["empty-link"]', '"error"', '{ links = "off" }', '{ "a/**" = { ignore = ["x"] } }'),
    *('"{locale}{products}/"', '"{"', '"{number}"', '["*/g{number}"]', '["{number}{number}"]', '["g"]', '"https://[x/"'),
    *('"https://docs.ovh.com/"', '"\\u0000"', '"../../a"', '"~"', '"balise.toml"', "'''\na'''", '"\\uD800"', "nan", "9" * 400),
    *('{ links = "error", text = "nothing" }', "{ a = { b = { c = 1 } } }", '["\U0001f600", "é/", "a b"]', '"{zone.x}/"'),
    *('"{zone!r:>9}/"', '"{}/"', '"{0}/"', '"{locale:{slug}}/"', '"{number[0]}/"', '["{number:9}/"]', '"{{}}/"', '["https://[x/{area}-{full_slug}"]', '"http:///"'),
)  # fmt: skip

DATA = (
    *("a:", "  fr-fr: https://example.com/", "b: c", "- x", "  - y", "[a, b]", "{a: b}", "*x", "&x", "!!python/none", "|", ">"),
    *("mail:", "  ports:", "    imap:", "      tls: 993", "      none: 143, 99999", "  hosts:", "    incoming: ssl0.ovh.net"),
    *("  pages: web/emails", "  locales: fr-fr, ", "    outgoing: ", "? a", ": b", "---", "...", "%YAML 9.9", "# note", '"', "'"),
    *("/a/ /b/", "/b/ /a/ 301", "/gb/en/emails/setup/ /x/", "/a /a", "* /b", "http://[ /x", "/a https://[", "/%zz/ //", "/a/ /b/#%"),
    *("/../ /x", ": /x", "/a", "/a /b 301 more", "https://docs.ovh.com/a/ https://docs.ovh.com/b/", "{[}]", "<<: *x"),
)  # fmt: skip

PATTERN = (
    *("*", "**", "/", "?", "[", "]", "!", "\\", "#", "[a-z]", "[!a]", "[]]", "[z-a]", "[[:alpha:]]", "**/", "/**", "***"),
    *("a", "web", "emails", ".md", "*.md", "guide.*", "/web/emails/", "\\ ", " ", "\t", "{a,b}", "$", "^", "(", "|", "+", "é"),
    *("\n", "\n", "\r\n", "\0", "\U0001f600", "\\\n", "!\n", "#\n", "[\n", "**/**/", "*a"),
)  # fmt: skip


@cache
def examples() -> Sequence[str]:
    """The examples of rules and of constructs."""
    files = (
        *(ROOT / "tests" / "rules").glob("fixtures/*.md"),
        *(ROOT / "tests" / "syntax").glob("fixtures/*.md"),
    )
    return [case.given for file in sorted(files) for case in dot_cases(file)]


def lines_of_guides(folder: Path) -> Sequence[str]:
    """Different lines of real guides, which are spread over all of them."""
    files = sorted(folder.rglob("*.md"))
    some = files[:: max(1, len(files) // GUIDES)]
    lines = {line for file in some for line in file.read_text("utf-8", "replace").splitlines()}
    return sorted(line for line in lines if 0 < len(line) <= LONGEST)


def _damaged(text: str, damage: Sequence[tuple[str, int, int, str]]) -> str:
    """A text after each of some accidents: what, from where, how much, and what with."""
    for kind, at, length, piece in damage:
        start = at % (len(text) + 1)
        part = text[start : start + length]
        if kind == "cut":
            text = text[:start] + text[start + length :]
        elif kind == "double":
            text = text[:start] + part + text[start:]
        elif kind == "move":
            text = text[start + length :] + part + text[:start]
        else:
            text = text[:start] + piece + text[start:]
    return text


def _damages(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, int, int, str]]]:
    kinds = st.sampled_from(("put", "cut", "double", "move"))
    return st.lists(st.tuples(kinds, st.integers(0, 2000), st.integers(1, 40), pieces), max_size=4)


def _files(parts: st.SearchStrategy[str], pieces: st.SearchStrategy[str]) -> Inputs:
    """Files of some parts, after some accidents; some have a byte order mark, or are not UTF-8."""
    texts = st.builds(
        _damaged, st.lists(parts, min_size=3, max_size=20).map("".join), _damages(pieces)
    )
    before = st.sampled_from((b"", b"", b"", b"\xef\xbb\xbf"))
    after = st.sampled_from((b"", b"", b"", b"", b"", b"\xff\xe9", b"\n\xc3", b"\r"))
    return st.builds(lambda a, b, c: a + b.encode() + c, before, texts, after)


CHARACTER = st.sampled_from(CHARACTERS)
SHORT = st.one_of(CHARACTER, st.lists(CHARACTER, max_size=6).map("".join), st.text(max_size=8))


def spliced(files: Sequence[bytes]) -> Inputs:
    """The beginning of a file and the end of another, after some accidents."""
    texts = st.sampled_from([file.decode("utf-8", "replace") for file in files])
    two = st.builds(
        lambda a, b, at: a[: at % (len(a) + 1)] + b[at % (len(b) + 1) :],
        texts,
        texts,
        st.integers(0, 2000),
    )
    return st.builds(_damaged, two, _damages(SHORT)).map(str.encode)


def _pieces(lines: Sequence[str]) -> st.SearchStrategy[str]:
    sources = [st.sampled_from(("a", *PIECES)), st.sampled_from(PIECES), SHORT]
    return st.one_of([*sources, st.sampled_from(lines)] if lines else sources)


def _lines(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(PREFIXES), pieces, st.sampled_from(ENDS)).map("".join)


def pages(lines: Sequence[str] = ()) -> Inputs:
    """Pages of the dialect's pieces, of examples, and of the given lines."""
    pieces = _pieces(lines)
    line = _lines(pieces)
    small = [make(60) for make in HOSTILE.values()]
    whole = st.sampled_from([*examples(), *small]).map(lambda text: f"{text}\n")
    return _files(st.one_of(line, line, line, whole, whole, st.sampled_from(FRONT)), pieces)


@dataclass(frozen=True)
class Repeated:
    """A text that can be of any size: a part of it stands there again and again, with its number."""

    before: str
    part: str
    after: str

    def text(self, size: int) -> str:
        """About as many characters."""
        number = size // len(self.part) + 1
        if COUNTED in self.part:
            middle = "".join(self.part.replace(COUNTED, str(i)) for i in range(number))
        else:
            middle = self.part * number
        return self.before + middle + self.after

    def data(self, size: int) -> bytes:
        """The same as a file."""
        return self.text(size).encode()


def _repeated(parts: st.SearchStrategy[str]) -> st.SearchStrategy[Repeated]:
    around = st.lists(parts, max_size=2).map("".join)
    return st.builds(
        Repeated, around, st.lists(parts, min_size=1, max_size=3).map("".join), around
    ).filter(lambda made: made.part)


def repeated_pages(lines: Sequence[str] = ()) -> st.SearchStrategy[Repeated]:
    """Pages of any size, of the same pieces."""
    counted = st.sampled_from(COUNTED_PIECES).map(lambda piece: f"{piece}\n\n")
    whole = st.sampled_from(examples()).map(lambda text: f"{text}\n")
    return _repeated(st.one_of(_lines(_pieces(lines)), counted, whole))


def repeated_pieces() -> Sequence[Repeated]:
    """Each piece again and again, and each in front of a text without end."""
    again = [Repeated("", f"{piece}\n\n", "") for piece in (*PIECES, *COUNTED_PIECES)]
    return [*again, *(Repeated(piece, "a ", "") for piece in PIECES)]


def repeated_patterns() -> st.SearchStrategy[Repeated]:
    """Patterns of any size."""
    return _repeated(st.one_of(st.sampled_from(PATTERN), CHARACTER))


def repeated_stars() -> Sequence[Repeated]:
    """Each piece of a pattern again and again, alone and with letters between, which end otherwise."""
    alone = [Repeated("", piece, "") for piece in PATTERN]
    return [*alone, *(Repeated("", f"{piece}a", "b") for piece in PATTERN)]


def configurations() -> Inputs:
    """TOML, or nearly, with the names of settings and values of every kind."""
    names = st.sampled_from([*_names(Config), *_names(Urls)])
    values = st.sampled_from(VALUES)
    heads = st.sampled_from(
        (
            "[urls]",
            "[severity]",
            "[rules.empty-alt]",
            "[per-path.'*']",
            "[rules]",
            "[[a]]",
            "[per-locale.fr]",
        )
    )
    lines = st.one_of(
        st.tuples(names, st.just(" = "), values).map("".join),
        heads,
        st.tuples(SHORT, st.just("="), values).map("".join),
    )
    return _files(lines.map(lambda line: f"{line}\n"), SHORT)


def every_setting() -> Sequence[bytes]:
    """Each setting with each value, in a file of its own."""
    tables = (("", Config), ("[urls]\n", Urls))
    return [
        f"{head}{name} = {value}\n".encode()
        for head, kind in tables
        for name in _names(kind)
        for value in VALUES
    ]


def _names(kind: type[msgspec.Struct]) -> Sequence[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def data_files() -> Inputs:
    """Tables of addresses, of facts and of redirects, mixed."""
    pieces = st.one_of(st.sampled_from(DATA), SHORT)
    parts = st.tuples(pieces, st.sampled_from(("\n", "\n", "\r\n", " ", ""))).map("".join)
    return _files(parts, pieces)


def patterns() -> Inputs:
    """Lines of a `.gitignore`, which are patterns of pages and of anchors as well."""
    pieces = st.one_of(st.sampled_from(PATTERN), st.sampled_from(PATTERN), SHORT)
    return _files(pieces, pieces)
