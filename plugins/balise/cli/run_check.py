"""A check is run: with its rules, on pages that are read, and with the fixes that are asked for."""

import sys
from pathlib import Path

import click
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.base.source import SourceFile
from balise.check.new_since import check_since
from balise.check.pipeline import CheckSettings, check
from balise.check.remember import remember, scope_of
from balise.check.replay import Replay
from balise.check.select import select_rules
from balise.check.severity import CATALOG, SeverityOverrides
from balise.cli.exit_status import ExitStatus
from balise.cli.output import page_sources, print_notes, print_report, utf8_stdout
from balise.cli.request import CheckRequest, CheckResult
from balise.cli.scope import Revisions, compared_with, discover_pages
from balise.config import Configuration, load_configuration, looked_at
from balise.fix.repair import FixResult, repair
from balise.reporters.progress import ProgressBar
from balise.rules import RevisionRule
from balise.workspace.discovery import PageFile, Scope, discover
from balise.workspace.reading import PARALLEL_FROM, ReadOptions
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded


def run(request: CheckRequest) -> CheckResult:
    """The report on the pages of a request, after the fixes that it asks for."""
    if request.stdin is not None:
        return _run_on_text(request, _text_of(request))
    configuration = _configuration(request)
    settings = _settings(request, configuration)
    unwritten = _apply_fixes(request, write=True).failed if request.fix else 0
    result = _run(request, configuration, settings, _scope(request, configuration))
    return replace(result, unwritten=unwritten)


def resume(request: CheckRequest, last: Replay) -> CheckResult:
    """The report where nothing but the texts of some pages has changed since the last run."""
    last.close()
    configuration = _configuration(request)
    settings = _settings(request, configuration)
    scope = scope_of(last.run, configuration.config.generated)
    return _run(request, configuration, settings, scope)


def show_fixes(request: CheckRequest) -> ExitStatus:
    """Print what fixes would change; of stdin without `diff`, the text as it should be."""
    fixed = _apply_fixes(request, write=False)
    if request.diff:
        utf8_stdout().write(fixed.diff)
        return ExitStatus.FINDINGS if fixed.diff else ExitStatus.CLEAN
    source = _text_of(request)
    text = fixed.texts.get(source.path, source.text)
    changed = text != source.text
    data = encoded(text, has_bom=source.has_bom) if changed else request.stdin or b""
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
    result = _run_on_text(request, SourceFile(source.path, text))
    report = result.report.seen_from(Path.cwd())
    print_report(report, result.sources, "text", sys.stderr)
    print_notes(report)
    failed = report.worst_at_least(result.fail_on)
    return ExitStatus.FINDINGS if failed else ExitStatus.CLEAN


def _text_of(request: CheckRequest) -> SourceFile:
    """The text on stdin, by the path of the file that it stands for, or by its name alone."""
    path = str(request.stdin_filename)
    if request.stdin_named:
        configuration = _configuration(request)
        path = discover([request.stdin_filename], configuration, must_exist=False).pages[0].path
    return SourceFile.from_bytes(path, request.stdin or b"")


def _run_on_text(request: CheckRequest, source: SourceFile) -> CheckResult:
    """The report on the text on stdin, or on another one in its place."""
    configuration = _configuration(request)
    settings = _settings(request, configuration)
    with _open(request, configuration, source) as workspace:
        report = check(workspace, settings)
    config, root = configuration.config, configuration.root
    shown = {source.path: source, path_here(source.path): source}
    return CheckResult(report, shown.get, root, config.fail_on)


def _apply_fixes(request: CheckRequest, *, write: bool) -> FixResult:
    """Apply the fixes of a request; what there is to say about that is said on stderr."""
    configuration = _configuration(request)
    settings = _settings(request, configuration)
    source = _text_of(request) if request.stdin is not None else None
    with _open(request, configuration, source) as workspace:
        given = (source,) if source else ()
        result = repair(workspace, settings, unsafe=request.unsafe_fixes, write=write, given=given)
    for line in result.notes:
        click.echo(f"balise: {line}", err=True)
    return result


def _open(
    request: CheckRequest, configuration: Configuration, source: SourceFile | None
) -> Workspace:
    """The pages of a request, or a text in place of one and the collection around it."""
    if source is None:
        scope = _scope(request, configuration)
    elif request.stdin_named:
        scope = discover([request.stdin_filename], configuration, must_exist=False)
    else:
        scope = Scope([PageFile(source.path, ".")])
    alone = source is not None and not scope.around
    store = None if alone else _store(request, configuration, scope)
    urls = configuration.config.urls
    return Workspace.open(scope, urls, store, given=(source,) if source else ())


def _run(
    request: CheckRequest, configuration: Configuration, settings: CheckSettings, scope: Scope
) -> CheckResult:
    config, root = configuration.config, configuration.root
    store = _store(request, configuration, scope)
    files = [str(file) for file in looked_at(request.start, configuration)]
    with ProgressBar() as progress, no_garbage_collection():
        options = ReadOptions(progress=progress)
        with Workspace.open(scope, config.urls, store, options) as workspace:
            new: frozenset[Finding] = frozenset()
            if scope.new_since is None:
                report = check(workspace, settings)
            else:
                report, new = check_since(workspace, settings, scope.new_since)
            remember(request.digest, (root, config.fail_on), files, workspace, report)
    return CheckResult(report, page_sources(), root, config.fail_on, new=new)


def _configuration(request: CheckRequest) -> Configuration:
    """What is configured for the pages of a request. Raises UserError."""
    configuration = load_configuration(request.start, CATALOG)
    if not request.force_exclude:
        return configuration
    return replace(configuration, config=replace(configuration.config, force_exclude=True))


def _settings(request: CheckRequest, configuration: Configuration) -> CheckSettings:
    """What the configuration and the command line say together. Raises UserError."""
    rules = select_rules(
        configuration.config,
        select=request.select,
        extend_select=request.extend_select,
        ignore=request.ignore,
    )
    if request.against is None and all(isinstance(rule, RevisionRule) for rule in rules):
        names = " and ".join(f"`{rule.name}`" for rule in rules)
        raise UserError(f"{names} can only compare with a commit: name it with `--against`")
    return CheckSettings(rules, SeverityOverrides.of(configuration))


def _store(request: CheckRequest, configuration: Configuration, scope: Scope) -> Store | None:
    """Where what is read is kept, if it is wanted and pays."""
    pays = configuration.file is not None or len(scope.pages) >= PARALLEL_FROM
    if not (pays and request.cached):
        return None
    store = Store(configuration.root)
    if store.refusal:
        click.echo(f"balise: {store.refusal}", err=True)
        return None
    return store


def _scope(request: CheckRequest, configuration: Configuration) -> Scope:
    pages = discover_pages(request.paths, configuration)
    revisions = Revisions(request.changed_since, request.new_since, request.against)
    return compared_with(pages, configuration, revisions)
