"""`balise mutants`"""

from pathlib import Path

import click
import msgspec

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here, real_path
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, format_option
from balise.cli.output import utf8_stdout
from balise.cli.scope import configuration_of, discover_pages
from balise.cli.sections import sectioned
from balise.config import Configuration
from balise.mutants.folders import (
    copy_guides,
    has_git,
    read_manifest,
    require_new,
    write_mutants,
)
from balise.mutants.guides import guides_of, linked_anchors
from balise.mutants.kinds import KINDS
from balise.mutants.model import VERSION, Manifest
from balise.mutants.planting import Planted, Settings, plant
from balise.mutants.reports import read_findings
from balise.mutants.scoring import Score, score
from balise.mutants.summary import as_data, as_table
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace


@sectioned(config=ConfigSource)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--to",
    metavar="NEW",
    type=click.Path(path_type=Path),
    help="Plant mutants of the guides there.",
)
@click.option(
    "--rounds",
    type=click.IntRange(1, 99),
    default=1,
    show_default=True,
    help="With --to: how many copies of the guides to plant in.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="With --to: another one plants others."
)
@click.option(
    "--score",
    "report",
    metavar="FILE",
    help="Score a checker: FILE is what it found, in the folder of each round.",
)
@click.option(
    "--missed", is_flag=True, help="With --score: print what was missed, and false alarms."
)
@format_option
def mutants(
    folder: Path,
    to: Path | None,
    rounds: int,
    seed: int,
    report: str | None,
    missed: bool,
    output_format: str,
    config: ConfigSource,
) -> ExitStatus:
    """Measure a checker: plant mistakes in copies of the guides at FOLDER, and score what it finds.

    Nothing is written into FOLDER. With --score it is the one that was made with --to.
    """
    if (to is None) == (report is None):
        raise UserError("`--to` plants mutants and `--score` scores a checker: give one of the two")
    if report is not None:
        print_score(score_of(folder, report), output_format, missed=missed)
    elif to is not None:
        make(folder, to, settings_of(rounds, seed), config)
    return ExitStatus.CLEAN


def settings_of(rounds: int, seed: int) -> Settings:
    """All kinds that can be planted here: those against the past need git."""
    kinds = [name for name, kind in KINDS.items() if kind.against != "past" or has_git()]
    if len(kinds) < len(KINDS):
        click.echo("there is no program `git`, so there will be no stale translations", err=True)
    return Settings(rounds, seed, kinds)


def make(folder: Path, to: Path, settings: Settings, config: ConfigSource) -> None:
    """Copy the guides into a new folder, and plant mutants in the copies. Raises UserError."""
    guides = Path(real_path(folder))
    require_new(to, guides)
    configuration = configuration_of(config, config.start((folder,)))
    with no_garbage_collection(), open_guides(guides, configuration) as workspace:
        workspace.save()
        planted = planted_in(guides, workspace, settings, configuration)
        beside = [Path(found) for found in (workspace.scope.folder_beside(str(guides)),) if found]
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
    copy_guides(to, guides, beside, settings.rounds)
    write_mutants(to, planted, manifest)
    shown = path_here(str(to))
    click.echo(f"{count(len(planted), 'mutant')} in {shown}, described in mutants.json", err=True)


def open_guides(guides: Path, configuration: Configuration) -> Workspace:
    """The pages of a folder, and what is around them."""
    scope = discover_pages((guides,), configuration)
    store = Store(configuration.root) if configuration.file is not None else None
    usable = store if store is not None and not store.refusal else None
    return Workspace.open(scope, configuration.config.urls, usable)


def planted_in(
    guides: Path, workspace: Workspace, settings: Settings, configuration: Configuration
) -> list[Planted]:
    """All mutants of the guides in a folder."""
    by_root = {
        root: [p.path for p in workspace.scope.pages if p.root == root]
        for root in workspace.collections
    }
    source_locale = configuration.config.translations.source_locale
    found = [
        guide
        for root, collection in workspace.collections.items()
        for guide in guides_of(collection, workspace.claims, by_root[root], source_locale)
    ]
    linked = frozenset[str]().union(
        *(linked_anchors(c, by_root[root]) for root, c in workspace.collections.items())
    )
    return list(plant(found, str(guides), linked, settings))


def score_of(folder: Path, report: str) -> Score:
    """The score by the reports of a checker, which has been run in the folder of each round."""
    manifest = read_manifest(folder)
    rounds = range(manifest.rounds + 1)
    reports = {n: read_findings(folder / str(n) / report, folder / str(n)) for n in rounds}
    return score(manifest, reports)


def print_score(found: Score, output_format: str, *, missed: bool) -> None:
    """Print a score, and if wanted what was missed."""
    out = utf8_stdout()
    data = as_data(found)
    if output_format == "json":
        out.write(msgspec.json.format(msgspec.json.encode(data), indent=1).decode() + "\n")
        return
    out.writelines(f"{line}\n" for line in as_table(found))
    if missed:
        for one in data["missed"]:
            out.write(
                f"\n{one['path']}:{one['line']}: missed {one['kind']}: {one['was']} -> {one['now']}"
            )
