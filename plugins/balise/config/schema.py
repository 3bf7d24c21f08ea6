"""The JSON schema of the configuration, for editors: made from the types that read it."""

import inspect
from typing import Any

import msgspec

from balise.config.kinds import MARK, RuleCatalog
from balise.config.settings import Config

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/$defs/"


def schema(known: RuleCatalog) -> dict[str, Any]:
    """The schema of `balise.toml`, with the names of all rules and groups, and all options."""
    types = [Config, *known.options.values()]
    (whole, *references), found = msgspec.json.schema_components(
        types, ref_template=f"{REFERENCE}{{name}}"
    )
    options = {}
    for rule, reference in zip(known.options, references, strict=True):
        option = found.pop(reference["$ref"].removeprefix(REFERENCE))
        options[rule] = {**option, "title": f"Options of {rule}"}
    properties = found["Config"]["properties"]
    del properties["extends"]["default"]
    properties["rules"] |= {
        "properties": dict(sorted(options.items())),
        "additionalProperties": False,
    }
    found["Name"] = {
        "description": "A rule or a group of rules.",
        "type": "string",
        "enum": known.names,
    }
    made: dict[str, Any] = _tidy({"$schema": DRAFT, "title": "balise", **whole, "$defs": found})
    return made


def _tidy(part: Any) -> Any:
    """A part of the schema with the names of rules where the types only mark them."""
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    if MARK in part:
        return {"$ref": f"{REFERENCE}Name"}
    tidied = {key: _tidy(value) for key, value in part.items()}
    if isinstance(text := part.get("description"), str):
        tidied["description"] = inspect.cleandoc(text)
    return tidied
