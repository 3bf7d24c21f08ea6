"""What holds for any input, however nasty: a property raises where it does not.

Each takes the bytes of a file and returns how much there was in it, for a fuzzer to look for more.
"""

import atexit
import difflib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import msgspec
from click.testing import CliRunner
from markdown_it.token import Token

from balise.base.errors import UserError
from balise.base.findings import Finding, in_order
from balise.base.ignore import Patterns
from balise.base.source import BOM, SourceFile, Span
from balise.check.report import Crash
from balise.check.run import page_rules, run_on_collection, run_on_page
from balise.check.severity import CATALOG
from balise.claims import Claims
from balise.cli.app import cli
from balise.collection import Collection
from balise.collection.generated import GeneratedPlaces
from balise.collection.layouts.tree import DATA_FILES, TreeLayout
from balise.config import Generated
from balise.config.loading import read_configuration
from balise.config.reading import mistakes_in
from balise.document import Document, ParsedPage, read_page
from balise.fix.passes import fix_text
from balise.fix.repair import BUG
from balise.render import PublishedFiles, render_page
from balise.render.outline import outline, words_in
from balise.render.words import interface_words
from balise.rules import ALL_RULES, RuleContext
from balise.syntax.unsafe_html import AllowedHtml
from balise.workspace.files import READERS
from balise.workspace.reading import facts_of
from balise.workspace.store import STORE_FOLDER
from tests.helpers.asking import is_answered
from tests.helpers.elements import VOID, ids
from tests.helpers.exact_places import assert_exact, facts_in
from tests.helpers.support import (
    AROUND,
    PAGE,
    PICTURES,
    SCHEMA,
    TEXTS,
    claims_around,
    collection_around,
    collection_with,
    context_of,
)

Property = Callable[[bytes], float]

RULES = [rule() for rule in ALL_RULES]
PATHS = ("guide.en-gb.md", "web/emails/", "web/emails/a b/product.fr-fr.md", "é/[x]/a.md", "a" * 99)


# Pages


def is_read(data: bytes) -> float:
    """A page is read, and every fact stands exactly at its place."""
    source = SourceFile.from_bytes(PAGE, data)
    document = read_page(source).document
    facts = list(facts_in(document))
    _assert_within((fact for fact in facts if isinstance(fact, Span)), source.text, "a fact")
    assert_exact(document, source.text)
    return len({type(fact) for fact in facts}) + len(facts) / (len(data) + 20)


def is_checked(data: bytes) -> float:
    """No rule fails on a page, and every place of a finding lies in a text."""
    source = SourceFile.from_bytes(PAGE, data)
    findings = _findings(source)
    lengths = {page.path: page.length for page in collection_around()[0]}
    lengths |= {name: file.length for name, file in collection_around()[1].items()}
    lengths[PAGE] = len(source.text)
    for finding in findings:
        assert finding.path == PAGE, f"{finding.rule} on another page: {finding.path}"
        for path, span in (
            (finding.path, finding.span),
            *((r.path, r.span) for r in finding.related),
        ):
            inside = 0 <= span.start <= span.end <= lengths[path]
            assert inside, f"{finding.rule} outside of {path}: {span}"
        if finding.fix:
            _assert_within((e.span for e in finding.fix.edits), source.text, finding.rule)
    told = Counter((f.rule, f.span, f.message) for f in findings)
    assert not told or max(told.values()) == 1, f"told twice: {told.most_common(1)}"
    return len({finding.rule for finding in findings})


def is_fixed(data: bytes) -> float:
    """Fixes settle, stay where their findings are, and leave the rest as it was, on the disk too."""
    source = SourceFile.from_bytes(PAGE, data)
    if source.undecodable:
        assert _fixed_on_disk(data)[0] == data, "a file that is not text was written"
        return 0
    fixable: dict[bool, list[str]] = {True: [], False: []}
    rules: set[str] = set()

    def check(text: str) -> list[Finding]:
        changed = SourceFile(PAGE, text)
        findings = _findings(changed)
        for finding in findings:
            if finding.fix:
                _assert_near(finding, changed)
                fixable[finding.fix.safe] += _texts_about(finding, text)
                rules.add(finding.rule)
        return findings

    for unsafe in (False, True):
        fixed = fix_text(source.text, check, unsafe=unsafe)
        assert fixed.settled, f"{' '.join(sorted(rules))} do not settle: {fixed.applied[-3:]}"
        if not unsafe:
            _assert_says_the_same(source.text, fixed.text, fixable[True])
    if not rules and "balise:" not in source.text:
        return 0
    once, said = _fixed_on_disk(data)
    for line in said.splitlines():
        assert BUG not in line, f"{REFUSED.sub(' ', line)}: {_changed(data, once)}"
    if once != data:
        twice, _ = _fixed_on_disk(once)
        assert twice == once, f"fixed again: {_changed(once, twice)}"
        assert data.startswith(BOM) == once.startswith(BOM), "the byte order mark"
    return len(rules)


def is_rendered(data: bytes) -> float:
    """HTML is balanced and runs nothing, but for what an author writes as raw HTML.

    Of that too, a safe site prints nothing that runs.
    """
    source = SourceFile.from_bytes(PAGE, data)
    page = read_page(source)
    html = _html(ParsedPage(page.document, _without_html(page.tokens)))
    _assert_balanced(html)
    lists = (found for heading in page.document.headings for found in heading.attributes)
    by_hand = {anchor.name for anchor in page.document.anchors}
    by_hand |= {item.value for found in lists for item in found.items if item.kind == "id"}
    repeated = {id_ for id_, count in Counter(ids(html)).items() if count > 1} - by_hand
    assert not repeated, f"ids that are there twice: {sorted(repeated)}"
    as_written, safe = _html(page), _html(page, AllowedHtml())
    assert "\0" not in as_written, "a NUL is printed"
    assert _html(page) == as_written, "a page is printed otherwise the second time"
    reader = _Harmless()
    reader.feed(safe)
    reader.close()
    return len({token.type for token in page.tokens}) - len(data) / 1000


# Other files


def is_configuration(data: bytes) -> float:
    """A file is a configuration, or a mistake of its user; one line a mistake."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "balise.toml")
        file.write_bytes(data)
        try:
            config = read_configuration(file, CATALOG).config
        except UserError as error:
            for line in error.lines:
                assert line.isprintable(), f"not one line: {line!r}"
                assert not line.endswith("."), f"ends with a full stop: {line!r}"
                assert line.startswith(f"{file}:"), f"has no place: {line!r}"
            return len(error.lines)
    ask_generated(config.generated)
    Patterns.of(Path("/a"), config.include, config.exclude).excludes("/a/guide.en-gb.md")
    Patterns.matching(Path("/a"), tuple(config.per_path)).matches("/a/guide.en-gb.md")
    page = read_page(SourceFile(PAGE, "[a](https://ovh.com/a/g12) [b](/pages/b) [c](legacy:7)\n"))
    collection = Collection.of("", [page.document, *collection_around()[0]], urls=config.urls)
    assert not _crashes_in(collection, page.document)
    return 1


def is_data(data: bytes) -> float:
    """Each data file may hold anything."""
    found = 0
    for name in (*DATA_FILES, SCHEMA, SCHEMA.replace("json", "yml")):
        source = SourceFile.from_bytes(name, data)
        kind = TreeLayout().data_kind(name)
        assert kind
        document = READERS[kind](source)
        spans = (fact for fact in facts_in(document) if isinstance(fact, Span))
        _assert_within(spans, source.text, name)
        pages, around = collection_around()
        collection = Collection.of("", pages, data={**around, name: document})
        crashes: list[Crash] = []
        findings = run_on_collection(collection, RULES, crashes)
        assert not crashes, crashes
        here = [f.span for f in findings if f.path == name]
        _assert_within(here, source.text, name)
        for page in pages[:3]:
            assert not _crashes_in(collection, page)
        found += len(document.data) + len(here)
    return found


def is_pattern(data: bytes) -> float:
    """Each line may be a pattern, wherever there are some."""
    text = data.decode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, ".gitignore")
        file.write_bytes(data)
        matched = 0
        for patterns in Patterns.of_gitignore(file):
            matched += sum(patterns.excludes(f"{folder}/{path}") for path in PATHS)
    for line in text.splitlines():
        table = {"pages": [line], "anchors": [f"{line}#{line}", line]}
        settings = {
            key: value
            for key, value in table.items()
            if not list(mistakes_in({key: value}, CATALOG))
        }
        ask_generated(msgspec.convert(settings, Generated))
    return matched


FILES: Mapping[str, Mapping[str, Property]] = {
    "pages": {
        "parse": is_read,
        "rules": is_checked,
        "fixes": is_fixed,
        "render": is_rendered,
        "editor": is_answered,
    },
    "configurations": {"configuration": is_configuration},
    "data": {"data": is_data},
    "patterns": {"patterns": is_pattern},
}
"""Kinds of files, each with its properties by name."""


# What they have in common


def _findings(source: SourceFile) -> list[Finding]:
    facts = facts_of(source)
    context = context_of(facts.document, facts.claims)
    crashes: list[Crash] = []
    rules = page_rules(RULES, context.collection)
    findings = in_order(run_on_page(context, rules, crashes))
    assert not crashes, crashes
    return findings


def _crashes_in(collection: Collection, page: Document) -> list[Crash]:
    """The rules that fail on a page of a collection."""
    crashes: list[Crash] = []
    context = RuleContext(page, Claims(), collection, claims_around())
    run_on_page(context, page_rules(RULES, collection), crashes)
    return crashes


def ask_generated(generated: Generated) -> None:
    """Whether there are places that other tools make."""
    places = GeneratedPlaces("", generated)
    for path in PATHS:
        places.has_page(path)
        places.has_anchor(path, "an-anchor_1")


def _assert_within(spans: Iterable[Span], text: str, what: str) -> None:
    outside = [s for s in spans if not 0 <= s.start <= s.end <= len(text)]
    assert not outside, f"{what} is outside of the text: {outside[:3]}"


def _assert_near(finding: Finding, source: SourceFile) -> None:
    """The edits of a fix lie on the lines of its finding, those around, or in the same part of the text.

    Parts are separated by blank lines.
    """
    first, last = (source.position(at).line for at in (finding.span.start, finding.span.end))
    lines = len(source.line_starts)
    while first > 1 and source.line(first - 1).strip():
        first -= 1
    while last < lines and source.line(last + 1).strip():
        last += 1
    for edit in finding.fix.edits if finding.fix else ():
        start, end = (source.position(at).line for at in (edit.span.start, edit.span.end))
        near = first - 1 <= start <= end <= last + 1
        assert near, f"{finding.rule} on lines {first}-{last} edits lines {start}-{end}"


@cache
def _project() -> Path:
    """A project with the collection around a page, without the page; it is there up to the end."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(AROUND, folder, dirs_exist_ok=True)
    for name in (*PICTURES, *TEXTS):
        Path(folder, name).parent.mkdir(exist_ok=True)
        Path(folder, name).touch()
    groups = ", ".join(f'"{group}"' for group in CATALOG.groups)
    Path(folder, "balise.toml").write_text(f'guides = "."\nselect = [{groups}]\n', "utf-8")
    return Path(folder)


def _fixed_on_disk(data: bytes) -> tuple[bytes, str]:
    """A page after `balise check --fix`, and what was said."""
    folder = _project()
    page = folder / PAGE
    page.write_bytes(data)
    before = _times_of_others(folder, page)
    ran = CliRunner().invoke(cli, ["check", "--fix", str(page)], catch_exceptions=False)
    changed = before.items() ^ _times_of_others(folder, page).items()
    assert not changed, f"other files are written: {sorted(changed)}"
    return page.read_bytes(), ran.output


def _times_of_others(folder: Path, page: Path) -> dict[str, int]:
    """When the other files in a folder were written, but for what is kept between runs."""
    files = (file for file in folder.rglob("*") if STORE_FOLDER not in file.parts and file != page)
    return {str(file): file.stat().st_mtime_ns for file in files if file.is_file()}


def _texts_about(finding: Finding, text: str) -> list[str]:
    """What a fix may change: the text of its finding with the lists behind it; and what it writes."""
    behind = LISTS.match(text, finding.span.end)
    end = behind.end() if behind else finding.span.end
    edits = finding.fix.edits if finding.fix else ()
    return [text[finding.span.start : end], *(edit.text for edit in edits)]


def _assert_says_the_same(before: str, after: str, about: Sequence[str]) -> None:
    """No word is lost or new that no fix is about, and no link or picture is lost."""
    old, new = (outline(_html(read_page(SourceFile(PAGE, text)))) for text in (before, after))
    words = Counter(old.words), Counter(new.words)
    others = {*(words[0] - words[1]), *(words[1] - words[0])}
    others -= set(words_in(" ".join((*about, *interface_words("en").values()))))
    changed = _changed(before.encode(), after.encode())
    assert not others, f"words of others differ: {sorted(others)}; changed: {changed}"
    assert old.marks <= new.marks, f"a link or picture is lost: {changed}"


def _changed(before: bytes, after: bytes) -> list[str]:
    """The lines that are in one of the two alone."""
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    differences = list(difflib.unified_diff(old, new, n=0))[2:]
    return [line[1:] for line in differences if line[0] in "+-"]


def _html(page: ParsedPage, allowed: AllowedHtml | None = None) -> str:
    files = PublishedFiles({PAGE: "a/"}, html=allowed)
    return render_page(page, collection_with(page.document), files).html


def _without_html(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without what their author has written as HTML."""
    bare = deepcopy(list(tokens))
    for token in bare:
        for part in (token, *(token.children or ())):
            if part.type in ("html_block", "html_inline"):
                part.content = ""
    return bare


class _Harmless(HTMLParser):
    """Fails on what runs scripts, or shows what is no part of the page."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in RUNS, f"there is a <{tag}>"
        for name, value in attrs:
            assert not name.startswith("on"), f"<{tag}> has {name}"
            runs = name in ("href", "src", "action", "srcdoc") and SCRIPT.match(value or "")
            assert not runs, f"<{tag}> leads to {value}"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


class _Balanced(_Harmless):
    """Fails on an element too that is closed in the wrong place or never, and has an attribute twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        assert tag != "style", "there is a <style>"
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice: {names}"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()


RUNS = frozenset({"script", "iframe", "frame", "object", "embed", "applet", "base", "meta", "form"})
REFUSED = re.compile(r"^.*the fix of |, so it was not made.*$|^.*?: |[;:].*$")
"""What is not the same for all refused fixes of a rule."""
LISTS = re.compile(r"(?:[ \t]*\{[^{}\n]*\})*")
SCRIPT = re.compile(r"[\0-\x20]*(javascript|vbscript|data(?!:image/))[\t\r\n]*:", re.IGNORECASE)


def _assert_balanced(html: str) -> None:
    reader = _Balanced()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
