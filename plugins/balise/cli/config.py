"""`balise config`"""

import json
from pathlib import Path

import click

from balise.base.errors import UserError
from balise.check.severity import CATALOG
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, format_option
from balise.cli.output import utf8_stdout
from balise.cli.scope import configuration_of
from balise.cli.sections import sectioned
from balise.config import schema
from balise.reporters.config import config_json, config_text


@sectioned(config=ConfigSource)
@click.argument("path", required=False, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--schema", "schema_", is_flag=True, help="Print the JSON schema of balise.toml.")
@format_option
def config(
    path: Path | None, schema_: bool, output_format: str, config: ConfigSource
) -> ExitStatus:
    """Print what is configured for PATH, by default the current folder, and where.

    Defaults are printed as well.
    """
    out = utf8_stdout()
    if schema_:
        out.write(json.dumps(schema(CATALOG), indent=2, ensure_ascii=False) + "\n")
        return ExitStatus.CLEAN
    if path is not None and not path.exists():
        raise UserError(f"{path}: there is no such file or folder")
    configuration = configuration_of(config, config.start((path,) if path else ()))
    listed = config_json if output_format == "json" else config_text
    out.write(listed(configuration, CATALOG))
    return ExitStatus.CLEAN
