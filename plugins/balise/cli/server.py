"""`balise server`"""

import click

from balise.base.errors import UserError


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over stdin and stdout, as it does anyway.")
def server(stdio: bool) -> int:
    """Serve an editor: a language server over stdin and stdout."""
    try:
        from balise.editor.server import make_server  # it needs pygls, which an extra brings
    except ImportError as error:
        raise UserError(
            "`balise server` needs the package pygls: install `balise[editor]`"
        ) from error
    return make_server().run()
