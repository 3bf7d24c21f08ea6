"""`balise mutants`"""

from pathlib import Path
from typing import Annotated

import click
import msgspec

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here, real_path
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource
from balise.cli.output import utf8_stdout
from balise.cli.scope import configuration_of, discover_pages
from balise.cli.sections import Section, option, sectioned
from balise.mutants.folders import (
    has_git,
    read_manifest,
    require_new,
    write_folder,
)
from balise.mutants.guides import guides_of, linked_anchors
from balise.mutants.kinds import KINDS
from balise.mutants.model import VERSION, Manifest
from balise.mutants.planting import Settings, plant
from balise.mutants.reports import read_findings
from balise.mutants.scoring import Score, score
from balise.mutants.summary import as_data, as_list, as_table
from balise.workspace.workspace import Workspace


class Planting(Section, frozen=True):
    """Where mutants are planted, and how many."""

    title = "Planting"

    to: Annotated[
        Path | None,
        option(
            "--to",
            metavar="NEW",
            type=click.Path(path_type=Path),
            help="Make this folder, with copies of the guides at FOLDER and mutants in them.",
        ),
    ] = None
    rounds: Annotated[
        int,
        option(
            "--rounds",
            type=click.IntRange(1, 99),
            show_default=True,
            help="How many copies to plant in: each guide has one mutant in each.",
        ),
    ] = 1
    seed: Annotated[
        int, option("--seed", type=int, show_default=True, help="Another one plants other mutants.")
    ] = 1


class Scoring(Section, frozen=True):
    """What a checker has found, and how its score is printed."""

    title = "Scoring"

    report: Annotated[
        str | None,
        option(
            "--score",
            metavar="FILE",
            help="Score the checker that has written what it found into this file of each copy in FOLDER.",
        ),
    ] = None
    details: Annotated[
        bool, option("--details", help="Print each mutant that was missed, and each false alarm.")
    ] = False
    format: Annotated[
        str,
        option(
            "--output-format",
            type=click.Choice(["text", "json"]),
            show_default=True,
            help="What to print on stdout.",
        ),
    ] = "text"


@sectioned(planting=Planting, scoring=Scoring, config=ConfigSource)
@click.argument("folder", type=click.Path(path_type=Path))
def mutants(folder: Path, planting: Planting, scoring: Scoring, config: ConfigSource) -> ExitStatus:
    """Plant mistakes in copies of the guides at FOLDER, or score what a checker finds of them.

    Nothing is written into the guides. To score, FOLDER is the one that was made with --to.
    """
    if (planting.to is None) == (scoring.report is None):
        raise UserError("`--to` plants mutants and `--score` scores a checker: give one of the two")
    if planting.to is not None:
        make(folder, planting.to, settings_of(planting), config)
    elif scoring.report is not None:
        print_score(score_of(folder, scoring.report), scoring)
    return ExitStatus.CLEAN


def settings_of(planting: Planting) -> Settings:
    """All kinds that can be planted here: those against the past need git."""
    kinds = [name for name, kind in KINDS.items() if kind.against != "past" or has_git()]
    if len(kinds) < len(KINDS):
        click.echo("there is no program `git`, so there will be no stale translations", err=True)
    return Settings(planting.rounds, planting.seed, kinds)


def make(folder: Path, to: Path, settings: Settings, config: ConfigSource) -> None:
    """Copy the guides into a new folder, and plant mutants in the copies. Raises UserError."""
    guides = Path(real_path(folder))
    if not folder.is_dir():
        raise UserError(f"{folder}: is no folder with guides")
    require_new(to, guides)
    configuration = configuration_of(config, config.start((folder,)))
    # Nothing is kept of what is read: that would be written beside the guides.
    with (
        no_garbage_collection(),
        Workspace.open(
            discover_pages((guides,), configuration), configuration.config.urls
        ) as workspace,
    ):
        found = guides_of(workspace, configuration.config.translations.source_locale)
        planted = list(plant(found, str(guides), linked_anchors(workspace), settings))
        beside = [Path(path) for path in (workspace.scope.folder_beside(str(guides)),) if path]
    if not planted:
        raise UserError(
            f"{path_here(str(guides))}: has nothing to plant in; that takes guides with ports or in "
            "several languages, such as `guide.fr-fr.md` and `guide.en-gb.md` in one folder"
        )
    if configuration.file is not None and configuration.file.parent == guides.parent:
        beside.append(configuration.file)
    manifest = Manifest(
        VERSION, guides.name, settings.seed, settings.rounds, tuple(p.mutant for p in planted)
    )
    write_folder(to, guides, beside, planted, manifest)
    shown = path_here(str(to))
    click.echo(f"{count(len(planted), 'mutant')} in {shown}, described in mutants.json", err=True)


def score_of(folder: Path, report: str) -> Score:
    """The score by the reports of a checker, which has been run in the folder of each round."""
    manifest = read_manifest(folder)
    rounds = range(manifest.rounds + 1)
    reports = {n: read_findings(folder / str(n) / report, folder / str(n)) for n in rounds}
    return score(manifest, reports)


def print_score(found: Score, scoring: Scoring) -> None:
    """Print a score, and if wanted each mistake of the checker."""
    out = utf8_stdout()
    if scoring.format == "json":
        data = msgspec.json.format(msgspec.json.encode(as_data(found)), indent=1)
        out.write(f"{data.decode()}\n")
        return
    out.writelines(f"{line}\n" for line in as_table(found))
    if scoring.details:
        out.write("\n")
        out.writelines(f"{line}\n" for line in as_list(found))
