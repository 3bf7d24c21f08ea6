"""`balise build`"""

from typing import Any

import click

from balise.cli.exit_status import ExitStatus
from balise.cli.site import publisher

_PUBLISHER = publisher("build")


@click.command(params=list(_PUBLISHER.BUILD_OPTIONS))
def build(**options: Any) -> ExitStatus:
    """Build the site, as `mkdocs build` does.

    The site is that of the nearest mkdocs.yml, from the current folder upwards. Exit status 0: it
    is built, 1: the build is strict, and something was found, 2: it could not be built.
    """
    return ExitStatus.CLEAN if _PUBLISHER.build(**options) else ExitStatus.FINDINGS
