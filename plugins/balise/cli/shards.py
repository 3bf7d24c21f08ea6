"""Checks that are divided among jobs: the part of one, and what is taken over from all."""

import click

from balise.base.memory import no_garbage_collection
from balise.check.shard_job import ShardJob
from balise.check.shards import Shards
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
    job = ShardJob(shard, request.sharding.shards, request.sharding.only_read)
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    urls = configuration.config.urls
    scope = scope_for(request, configuration)
    pages = shard.among(scope.pages)
    store = Store(configuration.root)
    with ProgressBar() as progress, no_garbage_collection():
        job.prepare(store, urls, pages)
        translations = settings.translations(configuration.config)
        options = ReadOptions(request.processes, progress, translations=translations)
        with Workspace.open(job.scope(scope, pages), urls, store, options) as workspace:
            if job.only_read:
                workspace.save()
                written = job.write(workspace, pages, None)
            else:
                _, found = job.check(workspace, pages, settings)
                written = job.write(workspace, pages, found)
    if not request.output.quiet:
        click.echo(f"balise: {written}", err=True)
    return ExitStatus.CLEAN


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
            if shards.checked:
                shards.take_traces(workspace, settings)
            else:
                workspace.save()
            shards.require_pages(workspace)
