"""A check is run: with its rules, on pages that are read."""

from dataclasses import dataclass
from functools import partial

import click

from balise.base.errors import UserError
from balise.base.source import SourceFile
from balise.check.checking import check_facts
from balise.check.engine import check
from balise.check.patching import patched, scope_of
from balise.check.replay import LastRun, remember
from balise.check.selection import select_rules
from balise.check.severity import SeverityOverrides
from balise.cli.output import SourceReader
from balise.cli.request import CheckRequest, CheckResult
from balise.cli.scope import compared_with, configuration_for, discover_pages
from balise.config import Configuration, looked_at
from balise.fix.repair import FixResult, repair
from balise.reporters.progress import ProgressBar
from balise.rules import RevisionRule, Rule
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.reading import PARALLEL_FROM, facts_of
from balise.workspace.store import Cache


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration and the command line say together."""

    configuration: Configuration
    rules: list[Rule]
    severities: SeverityOverrides

    @classmethod
    def of(cls, request: CheckRequest) -> "Settings":
        """The settings of a request. Raises UserError."""
        configuration = configuration_for(request.paths)
        rules = select_rules(
            configuration.config,
            select=request.select,
            extend_select=request.extend_select,
            ignore=request.ignore,
        )
        if request.against is None and all(isinstance(rule, RevisionRule) for rule in rules):
            names = " and ".join(f"`{rule.name}`" for rule in rules)
            raise UserError(f"{names} can only compare with a commit: name it with `--against`")
        return cls(configuration, rules, SeverityOverrides.of(configuration))


def run(request: CheckRequest) -> CheckResult:
    """The report on the pages of a request, after the fixes that it asks for."""
    if request.source is not None:
        return run_on_text(request, request.source)
    unwritten = apply_fixes(request, write=True).failed if request.fix else 0
    settings = Settings.of(request)
    return _run(request, settings, _scope(request, settings.configuration), unwritten)


def resume(request: CheckRequest, last: LastRun) -> CheckResult:
    """The report where nothing but the texts of some pages has changed since the last run."""
    try:
        settings = Settings.of(request)
        urls = settings.configuration.config.urls
        kept = patched(last, settings.rules, urls, settings.severities)
    finally:
        last.close()
    if kept is None:
        return _run(request, settings, scope_of(last.run))
    return CheckResult.of_kept(kept)


def _run(
    request: CheckRequest, settings: Settings, scope: Scope, unwritten: int = 0
) -> CheckResult:
    configuration = settings.configuration
    config, root = configuration.config, configuration.root
    pays = configuration.file is not None or len(scope.pages) >= PARALLEL_FROM
    files = [str(file) for file in looked_at(request.start, configuration)]
    with ProgressBar() as progress:
        report = check(
            scope,
            settings.rules,
            config.urls,
            cache=Cache(root) if pays and request.cached else None,
            progress=progress,
            severities=settings.severities,
            remember=partial(remember, request.digest, root, config.fail_on, files),
        )
    return CheckResult(report, SourceReader(), root, config.fail_on, unwritten)


def run_on_text(request: CheckRequest, source: SourceFile) -> CheckResult:
    """The report on one text, whatever the paths of the request are."""
    settings = Settings.of(request)
    config, root = settings.configuration.config, settings.configuration.root
    facts = [(".", *facts_of(source))]
    report = check_facts(facts, settings.rules, config.urls, severities=settings.severities)
    return CheckResult(report, {source.path: source}.get, root, config.fail_on)


def apply_fixes(request: CheckRequest, *, write: bool) -> FixResult:
    """Apply the fixes of a request; what there is to say about that is said on stderr."""
    settings, source = Settings.of(request), request.source
    if source is None:
        scope = _scope(request, settings.configuration)
    else:
        scope = Scope([PageFile(source.path, ".")])
    result = repair(
        scope,
        settings.rules,
        settings.configuration.config.urls,
        unsafe=request.unsafe_fixes,
        write=write,
        severities=settings.severities,
        given=(source,) if source else (),
    )
    for line in result.notes:
        click.echo(f"balise: {line}", err=True)
    return result


def _scope(request: CheckRequest, configuration: Configuration) -> Scope:
    pages = discover_pages(request.paths, configuration)
    return compared_with(pages, configuration, request.changed_since, request.against)
