"""What publishes, which an extra brings, for the commands that need it."""

from types import ModuleType

from balise.base.errors import UserError


def publisher(command: str) -> ModuleType:
    """The module that builds and serves sites, for a command of this name. Raises UserError where MkDocs is not installed."""
    try:
        from balise.mkdocs_plugin import commands
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("balise"):
            raise
        raise UserError(
            f"`balise {command}` needs the package {error.name}: install `balise[site]`, which brings all of it"
        ) from error
    return commands
