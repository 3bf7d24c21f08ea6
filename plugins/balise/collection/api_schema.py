"""The calls of the team's API, from the schemas beside the pages: every call that a page shows is held to them."""

import re
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from balise.document import Document

SCHEMA = re.compile(r"api-schema(?:-(?P<version>v[0-9]++))?\.(?:json|ya?ml)")
"""The name of a schema; one without a version describes v1."""
FIRST_VERSION = "v1"
PARAMETER = re.compile(r"\{[^{}]*+\}")


class Route(msgspec.Struct, frozen=True, array_like=True):
    """A path of the API with the verbs that it knows, and the `file` that says so."""

    path: str
    verbs: tuple[str, ...]
    file: str


SectionKey = tuple[str, str]
"""A version of the API, and the first part of a path: `/domain`."""

Section = Mapping[str, Route]
"""The routes of a section by their paths, in which parameters have no names: `/domain/{}`."""


def is_schema(name: str) -> bool:
    """Whether a file of this name, from the collection's root, describes the API."""
    return SCHEMA.fullmatch(name) is not None


def section_of(version: str, path: str) -> SectionKey:
    """The section of a path; what has no version is of v1."""
    return version or FIRST_VERSION, f"/{path.strip('/').partition('/')[0]}"


def bare_path(path: str) -> str:
    """A path without the names of its parameters."""
    return f"/{PARAMETER.sub('{}', path).strip('/')}"


def read_sections(data: Mapping[str, Document]) -> Mapping[SectionKey, Section]:
    """The sections of all schemas among the data files of a collection."""
    sections: dict[SectionKey, dict[str, Route]] = defaultdict(dict)
    for file, document in data.items():
        if name := SCHEMA.fullmatch(file):
            for entry in document.data:
                path, verbs = entry.keys[0], tuple(entry.value.split())
                section = sections[section_of(name["version"] or "", path)]
                section[bare_path(path)] = Route(path, verbs, file)
    return dict(sections)
