"""`balise rules`"""

import json

import click
from rich.console import Console
from rich.table import Table

from balise.cli.exit_status import ExitStatus
from balise.cli.options import format_option
from balise.cli.output import utf8_stdout
from balise.rules import ALL_RULES


@click.command()
@format_option
def rules(output_format: str) -> ExitStatus:
    """List all rules."""
    out = utf8_stdout()
    if output_format == "json":
        rows = [
            {
                "name": rule.name,
                "group": rule.group,
                "severity": rule.severity.value,
                "fixable": rule.fixable,
                "on_by_default": rule.on_by_default,
                "summary": rule.summary,
            }
            for rule in ALL_RULES
        ]
        out.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
        return ExitStatus.CLEAN
    table = Table(box=None, pad_edge=False)
    for column in ("rule", "group", "severity", "fix", "on", "what it finds"):
        table.add_column(column, header_style="dim", no_wrap=column != "what it finds")
    for rule in ALL_RULES:
        fixable = "" if rule.fixable == "no" else rule.fixable
        on = "" if rule.on_by_default else "if selected"
        table.add_row(rule.name, rule.group, rule.severity.value, fixable, on, rule.summary)
    Console(file=out, highlight=False, width=None if out.isatty() else 140).print(table)
    return ExitStatus.CLEAN
