"""A description of the team's API -> its calls: `GET /path`, with nothing else of what it says of them.

Two forms are read, as JSON or as YAML: OpenAPI (`paths`, 3.1, section 4.8.8), and that of OVH's own API
(`apis`, each with a `path` and its `operations`).
"""

import re
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import field

from balise.base.source import SourceFile, Span
from balise.document.data import data_document, read_data
from balise.document.model import DataEntry, Document, Problem

VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH"})
MAX_YAML = 1_000_000
"""Characters of YAML that are read: that takes a hundred times as long as JSON."""
BYTE = re.compile(r" \(byte ([0-9]++)\)$")
NO_SCHEMA = (
    "an API is described by `paths`, as in OpenAPI, or by `apis` with `path` and `operations`"
)

Calls = dict[str, set[str]]
"""Path -> its verbs, in upper case."""


class _Operation(msgspec.Struct):
    verb: str = field(default="", name="httpMethod")


class _Route(msgspec.Struct):
    path: str = ""
    operations: list[_Operation] = field(default_factory=list)


class _Schema(msgspec.Struct):
    paths: dict[str, msgspec.Raw] | None = None
    apis: list[_Route] | None = None


JSON = msgspec.json.Decoder(_Schema)
PATH_ITEM = msgspec.json.Decoder(dict[str, msgspec.Raw])
EXTENSION = "x-"
"""How the names begin of what somebody has added to OpenAPI (3.1, section 4.9)."""


def read_api_schema(source: SourceFile) -> Document:
    """The calls that a schema describes, an entry a path: its verbs are the value, with blanks between.

    Never raises: what is no schema is a `Problem`. Entries have no places.
    """
    calls: Calls = {}
    problem: Problem | None = None
    if source.path.endswith(".json"):
        try:
            calls = _calls_of(JSON.decode(source.text))
        except (msgspec.MsgspecError, RecursionError) as error:
            problem = _problem(str(error), source.text)
    elif len(source.text) > MAX_YAML:
        problem = Problem("data-syntax", Span(0, 0), "a schema of this size is read as JSON alone")
    else:
        read = read_data(source)
        calls = _calls_of_yaml({entry.keys: entry.value for entry in read.data})
        problem = next(iter(read.problems), None)
    if problem is None and not calls:
        problem = Problem("data-syntax", Span(0, 0), NO_SCHEMA)
    if problem is not None:
        return data_document(source, [], [problem])
    none = Span(0, 0)
    entries = (
        DataEntry((path,), " ".join(sorted(verbs)), none, none)
        for path, verbs in sorted(calls.items())
    )
    return Document(source.path, (0,), len(source.text), data=tuple(entries))


def _calls_of(schema: _Schema) -> Calls:
    calls: Calls = {}
    for path, item in (schema.paths or {}).items():
        if not path.startswith(EXTENSION):
            _add(calls, path, PATH_ITEM.decode(item))
    for route in schema.apis or ():
        _add(calls, route.path, (operation.verb for operation in route.operations))
    return calls


def _calls_of_yaml(values: Mapping[tuple[str, ...], str]) -> Calls:
    calls: Calls = {}
    for keys, value in values.items():
        match keys:
            case ("paths", path, verb, *_):
                _add(calls, path, (verb,))
            case ("apis", number, "operations", _, "httpMethod"):
                _add(calls, values.get(("apis", number, "path"), ""), (value,))
    return calls


def _add(calls: Calls, path: str, verbs: Iterable[str]) -> None:
    known = {verb.upper() for verb in verbs} & VERBS
    if path and known:
        calls.setdefault(path, set()).update(known)


def _problem(reason: str, text: str) -> Problem:
    """What is wrong with some JSON, at the character where it is if that is told."""
    byte = BYTE.search(reason)
    at = (
        len(text.encode("utf-8", "replace")[: int(byte[1])].decode("utf-8", "ignore"))
        if byte
        else 0
    )
    return Problem("data-syntax", Span(at, at), BYTE.sub("", reason))
