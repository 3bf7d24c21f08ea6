"""What users rely on and what stays valid: names, keys, fields, statuses, fingerprints.

`python -m tests.helpers.contract` writes what there is into `contract.json` beside it. A release does
so; what has once been written there must not go.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from balise.check.baseline import BASELINE_FILE
from balise.check.severity import CATALOG
from balise.cli.app import COMMANDS
from balise.cli.exit_status import ExitStatus
from balise.config import schema
from balise.mkdocs_plugin.settings import PluginOptions
from tests.helpers.command import balise, write_pages

RECORD = Path(__file__).with_name("contract.json")
PAGES = {
    "balise.toml": "",
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    "guides/mail/guide.en-gb.md": """\
---
title: Mail
slug: mail
---

## Servers

Incoming mail with SSL enabled uses port 993. See [the servers](#server){.extrenal}.

|Server|Port with SSL|
|---|---|
|Incoming|995|
""",
}
"""A page with findings that have all that a finding can have: related places, and a fix."""


def contract() -> Mapping[str, list[str]]:
    """All that is promised today, by what it is."""
    with tempfile.TemporaryDirectory() as scratch:
        project = write_pages(Path(scratch, "project"), PAGES)
        findings = json.loads(balise("check", "--output-format", "json", cwd=project).out)
        balise("baseline", cwd=project)
        baseline = json.loads((project / BASELINE_FILE).read_text(encoding="utf-8"))
    marks = {rule: mark for page in baseline["pages"].values() for mark, rule in page.items()}
    return {
        "rules and groups": sorted(CATALOG.names),
        "keys of the configuration": sorted(_keys(schema(CATALOG))),
        "options of the plugin": sorted(name for name, _ in PluginOptions._schema),
        "options of commands": sorted(_options()),
        "fields of findings": sorted({field for found in findings for field in _fields(found)}),
        "fields of a baseline": sorted(baseline),
        "fingerprints": sorted(f"{rule} {mark}" for rule, mark in marks.items()),
        "statuses": [f"{status.name} {status.value}" for status in ExitStatus],
    }


def _keys(whole: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a JSON schema, those of tables behind the name of their table."""
    types = whole["$defs"]

    def keys_of(part: Mapping[str, Any], above: str) -> Iterator[str]:
        part = types.get(part.get("$ref", "").rpartition("/")[2], part)
        for name, value in part.get("properties", {}).items():
            yield f"{above}{name}"
            yield from keys_of(value, f"{above}{name}.")

    yield from keys_of(types["Config"], "")


def _options() -> Iterator[str]:
    for name in COMMANDS:
        command: click.Command = getattr(import_module(f"balise.cli.{name}"), name)
        for parameter in command.params:
            yield from (f"{name} {option}" for option in parameter.opts if option[:2] == "--")


def _fields(value: Any, above: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _fields(item, f"{above}[]")
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield f"{above}.{name}".lstrip(".")
            yield from _fields(inside, f"{above}.{name}")


if __name__ == "__main__":
    RECORD.write_text(json.dumps(contract(), indent=1) + "\n", encoding="utf-8")
