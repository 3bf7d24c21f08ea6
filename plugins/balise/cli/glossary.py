"""`balise glossary`"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.suggestions import did_you_mean
from balise.claims.glossary import LabelForms
from balise.claims.glossary import glossary as induced
from balise.claims.outline import Outline
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, Exclusion
from balise.cli.output import utf8_stdout
from balise.cli.scope import configuration_of, discover_pages, open_pages
from balise.cli.sections import sectioned
from balise.config import Config
from balise.workspace.workspace import Workspace


@sectioned(pages=Exclusion, config=ConfigSource)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Only this locale.")
@click.option(
    "--output-format",
    type=click.Choice(("text", "json", "csv")),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="What to print: text, json or csv.",
)
def glossary(
    paths: tuple[Path, ...],
    locales: tuple[str, ...],
    output_format: str,
    pages: Exclusion,
    config: ConfigSource,
) -> ExitStatus:
    """Print how the labels of interfaces are called in each locale, as the guides have them."""
    configuration = configuration_of(config, config.start(paths), pages)
    scope = discover_pages(paths, configuration)
    with no_garbage_collection(), open_pages(scope, configuration) as workspace:
        guides = list(_guides(workspace, configuration.config))
        workspace.save()
    known = sorted({locale for _, translations in guides for locale in translations})
    for locale in locales:
        if locale not in known:
            raise UserError(f"no translation is in `{locale}`{did_you_mean(locale, known)}")
    terms = induced(
        (original, {at: o for at, o in translations.items() if not locales or at in locales})
        for original, translations in guides
    )
    utf8_stdout().write(WRITERS[output_format](terms))
    return ExitStatus.CLEAN


def _guides(
    workspace: Workspace, config: Config
) -> Iterator[tuple[Outline, Mapping[str, Outline]]]:
    """Each guide that is there in the original locale: its outline and those of its translations."""
    original = config.translations.source_locale or config.urls.original
    for collection in workspace.collections.values():
        names = collection.structure.names
        for path, name in names.items():
            if name.locale == original and name.type == "guide":
                others = collection.siblings(path)
                yield (
                    workspace.claims[path].outline,
                    {names[other].locale: workspace.claims[other].outline for other in others},
                )


def _text(terms: Sequence[LabelForms]) -> str:
    """A label a line, and below it a line a locale: `de-de  Kunden-Center (12), Manager (1)`."""
    lines: list[str] = []
    for term in terms:
        lines.append(f"{term.label}\n")
        for locale, forms in term.forms.items():
            told = ", ".join(f"{form} ({number})" for form, number in forms.items())
            lines.append(f"  {locale}  {told}\n")
    return "".join(lines)


def _json(terms: Sequence[LabelForms]) -> str:
    rows = [{"label": t.label, "uses": t.uses, "locales": t.forms} for t in terms]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _csv(terms: Sequence[LabelForms]) -> str:
    """A form a line, with how often it stands for the label in that locale."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("label", "locale", "form", "uses"))
    for term in terms:
        for locale, forms in term.forms.items():
            writer.writerows((term.label, locale, form, number) for form, number in forms.items())
    return out.getvalue()


WRITERS = {"text": _text, "json": _json, "csv": _csv}
