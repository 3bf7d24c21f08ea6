"""Checks that are divided among jobs: the part of one, and what is taken over from all."""

from pathlib import Path

import click

from balise.base.counting import count
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.check.shards import ShardJob, Shards
from balise.cli.exit_status import ExitStatus
from balise.cli.request import CheckRequest
from balise.cli.run_check import configuration_for, scope_for, settings_for
from balise.reporters.progress import ProgressBar
from balise.workspace.division import Shard
from balise.workspace.reading import ReadOptions
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace


def check_shard(request: CheckRequest) -> ExitStatus:
    """Check the part of a request that its shard is, and write the archive. Raises UserError."""
    shard = Shard.read(request.sharding.shard or "")
    job = ShardJob(shard, request.sharding.shards)
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    urls = configuration.config.urls
    scope = scope_for(request, configuration)
    pages = shard.among(scope.pages)
    store = Store(configuration.root)
    with ProgressBar() as progress, no_garbage_collection():
        job.prepare(store, urls)
        translations = settings.translations(configuration.config)
        options = ReadOptions(request.processes, progress, translations=translations)
        with Workspace.open(scope, urls, store, options) as workspace:
            file = job.write(workspace, pages, settings)
    if not request.output.quiet:
        click.echo(said(job, file, len(pages), len(scope.pages)), err=True)
    return ExitStatus.CLEAN


def said(job: ShardJob, file: Path, pages: int, whole: int) -> str:
    """What is said of the archive in a file, with so many of all pages."""
    size = file.stat().st_size / 1e6
    return (
        f"balise: {job.shard}: {pages} of {count(whole, 'page')}; "
        f"{path_here(str(file))} is written, {size:.1f} MB"
    )


def take_over(request: CheckRequest, shards: Shards) -> None:
    """Bring into the store what shards have read and found of the pages of a request. Raises UserError."""
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    urls = configuration.config.urls
    scope = scope_for(request, configuration)
    store = Store(configuration.root)
    with no_garbage_collection():
        shards.take(store, urls)
        translations = settings.translations(configuration.config)
        options = ReadOptions(request.processes, translations=translations)
        with Workspace.open(scope, urls, store, options) as workspace:
            shards.take_traces(workspace, settings)
