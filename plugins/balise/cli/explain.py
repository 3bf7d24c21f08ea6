"""`balise explain`"""

import click

from balise.cli.completion import complete_names
from balise.cli.exit_status import ExitStatus
from balise.cli.output import utf8_stdout


@click.command()
@click.argument("name", metavar="RULE", shell_complete=complete_names)
def explain(name: str) -> ExitStatus:
    """Print the manual's page about RULE, or the rules of a group."""
    from balise.rules.manual import explanation  # completion waits for neither

    out = utf8_stdout()
    text = explanation(name)
    if out.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console(file=out).print(Markdown(text))
    else:
        out.write(text)
    return ExitStatus.CLEAN
