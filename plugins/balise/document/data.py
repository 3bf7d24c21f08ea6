"""Data files of a collection -> entries with their places: `links.yml`, `_redirects` and the like."""

import re

import yaml

from balise.base.source import SourceFile, Span
from balise.document.front_matter import LOADER
from balise.document.model import DataEntry, Document, Problem

MAX_DEPTH = 20
FIELD = re.compile(r"\S+")
PLAIN_LINE = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]*+): ([A-Za-z0-9](?:[A-Za-z0-9_./()-]|[ ](?=[A-Za-z0-9_./()]))*+)[ ]*+\n"
)
"""A line that means in YAML what it looks like."""


class _UnsupportedFormError(Exception):
    """Valid YAML of a form that no data file has."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


def read_data(source: SourceFile) -> Document:
    """The entries of a YAML file, flat: `a: {b: c}` is `("a", "b")` -> `c`; items of lists count from 0.

    Never raises: what is no YAML, or nested too deep, is a `Problem`, and the entries before it
    count.
    """
    entries: list[DataEntry] = []
    problems: list[Problem] = []
    try:
        if not _read_plain_lines(source.text, entries):
            entries.clear()
            _read_yaml(source.text, entries)
    except _UnsupportedFormError as error:
        problems.append(Problem("data-syntax", error.span, error.reason))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = min(mark.index, len(source.text)) if mark else 0
        detail = " ".join(str(error.problem or error.context or "").split())
        problems.append(Problem("data-syntax", Span(at, at), detail))
    except yaml.YAMLError as error:
        problems.append(Problem("data-syntax", Span(0, 0), str(error)))
    return data_document(source, entries, problems)


def read_redirects(source: SourceFile) -> Document:
    """The entries of a `_redirects` file: a line of `from to`, maybe with a status behind it.

    The form is that of Netlify and Cloudflare Pages; `#` begins a comment.
    """
    entries: list[DataEntry] = []
    problems: list[Problem] = []
    at = 0
    for line in source.text.splitlines(keepends=True):
        fields = [] if line.lstrip().startswith("#") else list(FIELD.finditer(line))
        if len(fields) in (2, 3):
            spans = [Span(at + f.start(), at + f.end()) for f in fields]
            entries.append(DataEntry((fields[0][0],), fields[1][0], spans[0], spans[1]))
        elif fields:
            detail = "a line is the old address, a blank, and the new one"
            place = Span(at + fields[0].start(), at + fields[-1].end())
            problems.append(Problem("data-syntax", place, detail))
        at += len(line)
    return data_document(source, entries, problems)


def data_document(
    source: SourceFile, entries: list[DataEntry], problems: list[Problem]
) -> Document:
    """The document of a data file with these entries."""
    return Document(
        source.path,
        tuple(source.line_starts),
        len(source.text),
        newline=source.newline,
        data=tuple(entries),
        problems=tuple(problems),
    )


def _read_plain_lines(text: str, entries: list[DataEntry]) -> bool:
    """Whether all lines are `key: value` of the plainest kind, as nearly all are; YAML takes ten times as long."""
    at = 0
    while at < len(text):
        line = PLAIN_LINE.match(text, at)
        if line is None:
            return False
        entries.append(DataEntry((line[1],), line[2], Span(*line.span(1)), Span(*line.span(2))))
        at = line.end()
    return True


def _read_yaml(text: str, entries: list[DataEntry]) -> None:
    """Walk YAML's flat stream of events: neither depth nor a bomb of aliases costs more."""
    keys: list[tuple[str, Span]] = []
    # For each open collection: the number of the next item, or None in a mapping.
    counters: list[int | None] = []
    pending: tuple[str, Span] | None = None
    for event in yaml.parse(text, Loader=LOADER):
        start, end = event.start_mark, event.end_mark
        place = Span(start.index, max(start.index, end.index)) if start and end else Span(0, 0)
        if isinstance(event, yaml.CollectionEndEvent):
            counters.pop()
            if keys:
                keys.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        in_mapping = bool(counters) and counters[-1] is None
        if in_mapping and pending is None:
            pending = (str(getattr(event, "value", "")), place)
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnsupportedFormError("a key must be plain text", place)
            continue
        if in_mapping:
            key, pending = pending or ("", place), None
        elif counters:
            number = counters[-1] or 0
            counters[-1] = number + 1
            key = (str(number), place)
        else:
            key = None
        if isinstance(event, yaml.CollectionStartEvent):
            if len(counters) >= MAX_DEPTH:
                raise _UnsupportedFormError("this is nested too deep", place)
            counters.append(None if isinstance(event, yaml.MappingStartEvent) else 0)
            if key is not None:
                keys.append(key)
            continue
        if isinstance(event, yaml.AliasEvent):
            raise _UnsupportedFormError("`*` aliases are not read", place)
        if key is None:
            raise _UnsupportedFormError("this is plain text, not lines of `key: value`", place)
        names = (*(name for name, _ in keys), key[0])
        above = tuple(span for _, span in keys)
        entries.append(DataEntry(names, str(getattr(event, "value", "")), key[1], place, above))
