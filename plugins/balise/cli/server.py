"""`balise server`"""

import gc

import click

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over stdin and stdout, as it does anyway.")
def server(stdio: bool) -> int:
    """Serve an editor: a language server over stdin and stdout."""
    try:
        with no_garbage_collection():
            from balise.editor.server import make_server  # it needs pygls, which an extra brings
    except ImportError as error:
        raise UserError(
            "`balise server` needs the package pygls: install `balise[editor]`"
        ) from error
    gc.freeze()  # what is loaded stays: to look through it takes as long as an answer
    return make_server().run()
