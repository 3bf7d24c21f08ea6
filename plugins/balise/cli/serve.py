"""`balise serve`"""

from typing import Any

import click

from balise.cli.exit_status import ExitStatus
from balise.cli.site import publisher

_PUBLISHER = publisher("serve")


@click.command(params=list(_PUBLISHER.SERVE_OPTIONS))
def serve(**options: Any) -> ExitStatus:
    """Serve the site while it is written, as `mkdocs serve` does.

    The site is that of the nearest mkdocs.yml, from the current folder upwards.
    """
    return ExitStatus.CLEAN if _PUBLISHER.serve(**options) else ExitStatus.FINDINGS
