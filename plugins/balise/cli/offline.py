"""`balise offline`"""

from pathlib import Path

import click

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.paths import absolute_path, path_here
from balise.base.suggestions import did_you_mean
from balise.cli.exit_status import ExitStatus
from balise.cli.migrate import collection_at, open_guides
from balise.cli.options import ConfigSource
from balise.cli.output import write_bytes
from balise.cli.scope import configuration_of
from balise.cli.sections import sectioned
from balise.collection import Collection
from balise.publish.chromium import pdf_of
from balise.publish.offline import offline_copy
from balise.publish.project import Project

GROUPS = ("universe", "product")
ENDINGS = (".html", ".pdf")


@sectioned(config=ConfigSource)
@click.argument("product")
@click.option("--locale", metavar="LOCALE", help="The locale to copy, such as `fr-fr`.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; one that ends in `.pdf` is a PDF, made by Chromium.",
)
def offline(product: str, locale: str | None, output: Path, config: ConfigSource) -> ExitStatus:
    """Write a product or universe with all its guides into one file, to be read without a network.

    PRODUCT is its page, its folder, or the last part of its address.
    """
    if output.suffix.lower() not in ENDINGS:
        raise UserError(f"`--output {output}`: name a file that ends in `.html` or `.pdf`")
    configuration = configuration_of(config, config.start(()))
    with no_garbage_collection(), open_guides(configuration) as workspace:
        workspace.save()
        collection = collection_at(configuration.guides, workspace)
        path = _page(product, locale or _only_locale(collection), collection)
        project = Project(configuration=configuration, site_dir=Path.cwd())
        html = offline_copy(project.site(collection), path)
    is_pdf = output.suffix.lower() == ".pdf"
    data = pdf_of(html) if is_pdf else html.encode("utf-8", "xmlcharrefreplace")
    write_bytes(data, output)
    guides = count(html.count("<article id="), "guide")
    click.echo(f"{path_here(str(output))}: {guides}, {len(data) / 1e6:.1f} MB", err=True)
    return ExitStatus.CLEAN


def _only_locale(collection: Collection) -> str:
    """The locale of a collection that has one, or that its pages are written in first."""
    locales = {name.locale for name in collection.names.values()}
    return next(iter(locales)) if len(locales) == 1 else collection.scheme.original


def _page(product: str, locale: str, collection: Collection) -> str:
    """The page that is meant. Raises UserError where there is none."""
    locales = sorted({name.locale for name in collection.names.values()})
    written = absolute_path(Path(product))
    if written in collection.names and collection.names[written].type in GROUPS:
        return written
    if locale not in locales:
        raise UserError(
            f"`--locale {locale}`: no page is in this locale{did_you_mean(locale, locales)}"
        )
    known: dict[str, str] = {}
    for path, name in sorted(collection.names.items()):
        if name.type in GROUPS and name.locale == locale:
            folder = path.rpartition("/")[0]
            last = collection.urls[path].rstrip("/").rpartition("/")[2]
            if folder == written:
                return path
            known.setdefault(folder.rpartition("/")[2], path)
            known.setdefault(last, path)
    wanted = product.strip("/").rpartition("/")[2]
    if wanted in known:
        return known[wanted]
    near = did_you_mean(product, sorted(known))
    raise UserError(f"`{product}`: there is no product or universe of that name in {locale}{near}")
