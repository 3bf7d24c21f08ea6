"""Front matter -> entries with the place of every key and value.

YAML is read as a flat stream of events, so neither deep nesting nor a bomb of aliases costs more
than its length. Where it is not valid YAML the lines that read `key: value` still count: a page
keeps its title and address when one of its lines is wrong.
"""

import re
from collections.abc import Callable

import yaml
from msgspec.structs import replace

from balise.base.source import Span
from balise.document.model import FrontMatter, FrontMatterEntry, Problem, ValueKind
from balise.document.source_map import SourceMap

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RESOLVER = yaml.resolver.Resolver()
KINDS: dict[str, ValueKind] = {
    "tag:yaml.org,2002:int": "integer",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "boolean",
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:timestamp": "date",
}
MARK = "\ufeff"
PLAIN_LINE = re.compile(
    r"^([A-Za-z_][\w-]*+)[ \t]*+:[ \t]++((?=\S)[^ \t\n]++(?:[ \t]++[^ \t\n]++)*+)[ \t]*+$",
    re.MULTILINE,
)


class _NotAMappingError(yaml.YAMLError):
    """The front matter is valid YAML of another form."""


OPENING = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:")
"""What begins a front matter, if it has no end; a line `---` alone may be a rule across the page."""


def read_front_matter(
    source_map: SourceMap, line_range: tuple[int, int] | None
) -> tuple[FrontMatter | None, list[Problem]]:
    """The front matter on lines `[first, last)` (fences included) and what is wrong with it."""
    if line_range is None:
        if OPENING.match(source_map.text) is None:
            return None, []
        return None, [Problem("front-matter-unclosed", source_map.lines_span(0, 1))]
    first, last = line_range
    span = source_map.lines_span(first, last)
    whole = "\n".join(source_map.lines[first + 1 : last - 1])
    # The YAML reader passes over byte order marks at the start, and does not count them.
    text = whole.lstrip(MARK)
    start = source_map.starts[first + 1] + len(whole) - len(text)

    def place(first: int, last: int) -> Span:
        return Span(source_map.offset(start + first), source_map.offset(start + max(first, last)))

    try:
        entries = _entries(text, place)
    except yaml.YAMLError as error:
        entries = _plain_entries(text, place)
        return FrontMatter(span, tuple(entries)), [_yaml_problem(error, text, start, source_map)]
    return FrontMatter(span, tuple(entries)), _repeated(entries)


def _entries(text: str, place: Callable[[int, int], Span]) -> list[FrontMatterEntry]:
    entries: list[FrontMatterEntry] = []
    depth = 0
    key: tuple[str, Span] | None = None
    items: list[tuple[str, Span]] = []
    nested = False
    for event in yaml.parse(text, Loader=LOADER):
        start_mark, end_mark = event.start_mark, event.end_mark
        if isinstance(event, yaml.NodeEvent):
            if depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                raise _NotAMappingError(_other_form(event))
            if depth == 1 and start_mark and end_mark:
                span = place(start_mark.index, end_mark.index)
                if key is None:
                    key = (str(getattr(event, "value", "")), span)
                else:
                    entries.append(FrontMatterEntry(*key, *_value(event), span))
                    key = None
            elif depth == 2 and isinstance(event, yaml.ScalarEvent) and start_mark and end_mark:
                items.append((event.value, place(start_mark.index, end_mark.index)))
            elif depth == 2 and isinstance(event, yaml.CollectionStartEvent):
                nested = True
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 1 and key is None and end_mark:
                last = entries.pop()
                whole = Span(last.value_span.start, place(0, end_mark.index).end)
                flat = last.kind == "list" or (last.kind == "mapping" and not nested)
                entries.append(replace(last, value_span=whole, items=tuple(items) if flat else ()))
                items.clear()
                nested = False
    return entries


def _other_form(event: yaml.NodeEvent) -> str:
    if isinstance(event, yaml.SequenceStartEvent):
        return "this is a list, not lines of `key: value`"
    if re.match(r"[A-Za-z_][\w-]*:\S", str(getattr(event, "value", ""))):
        return "a space is missing behind the `:`"
    return "this is plain text, not lines of `key: value`"


def _value(event: yaml.NodeEvent) -> tuple[str, ValueKind]:
    if isinstance(event, yaml.SequenceStartEvent):
        return "", "list"
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        return str(getattr(event, "value", "")), "reference"
    if not isinstance(event, yaml.ScalarEvent):
        return "", "mapping"
    tag = event.tag or RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]  # the stubs leave it out
    return event.value, KINDS.get(tag, "text")


def _plain_entries(text: str, place: Callable[[int, int], Span]) -> list[FrontMatterEntry]:
    return [
        FrontMatterEntry(m[1], place(*m.span(1)), m[2].strip("'\""), "text", place(*m.span(2)))
        for m in PLAIN_LINE.finditer(text)
    ]


def _yaml_problem(error: yaml.YAMLError, text: str, start: int, source_map: SourceMap) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if error.problem == "found unexpected end of stream":
            mark = error.context_mark or mark
        index = mark.index if mark else 0
        detail = " ".join(str(error.problem or error.context or "").split())
    elif isinstance(error, _NotAMappingError):
        index, detail = 0, str(error)
    else:
        index = getattr(error, "position", 0)
        detail = "a character that YAML does not allow"
    index = max(0, min(index, len(text) - 1))
    # An error is noticed at the line after it more often than not: never point past the text.
    while index > 0 and text[index] == "\n":
        index -= 1
    at = source_map.offset(start + index) if text else source_map.offset(start) - 1
    return Problem("front-matter-syntax", Span(at, at + 1), detail)


def _repeated(entries: list[FrontMatterEntry]) -> list[Problem]:
    seen: set[str] = set()
    problems: list[Problem] = []
    for entry in entries:
        if entry.key in seen:
            problems.append(Problem("front-matter-repeated-key", entry.key_span, entry.key))
        seen.add(entry.key)
    return problems
