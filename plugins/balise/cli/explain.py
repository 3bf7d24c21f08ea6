"""`balise explain`"""

import click
from rich.console import Console
from rich.markdown import Markdown

from balise.cli.exit_status import ExitStatus
from balise.cli.output import utf8_stdout
from balise.rules.manual import rule_page


@click.command()
@click.argument("rule")
def explain(rule: str) -> ExitStatus:
    """Print the manual's page about RULE."""
    out = utf8_stdout()
    text = rule_page(rule)
    if out.isatty():
        Console(file=out).print(Markdown(text))
    else:
        out.write(text)
    return ExitStatus.CLEAN
