"""A check is run: with its rules, on pages that are read, and with the fixes that are asked for."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.base.file_state import FileState
from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.base.phases import phase
from balise.base.source import SourceFile
from balise.check.again import Again, check_again
from balise.check.causes import told_once
from balise.check.new_since import check_since
from balise.check.pipeline import CheckSettings, check
from balise.check.remember import remember, scope_of
from balise.check.replay import Replay
from balise.check.select import select_rules, select_unfixable
from balise.check.severity import SeverityOverrides
from balise.check.trace_store import TraceStore
from balise.cli.exit_status import ExitStatus
from balise.cli.output import (
    page_sources,
    print_crashes,
    print_report,
    print_summary,
    utf8_stdout,
)
from balise.cli.request import CheckRequest, CheckResult, FixSettings
from balise.cli.scope import Revisions, compared_with, configuration_of, discover_pages
from balise.collection import Structure
from balise.config import Configuration, looked_at
from balise.document.language import ZONES, language_of
from balise.fix.repair import FixResult, repair
from balise.reporters.progress import ProgressBar
from balise.rules import RevisionRule
from balise.workspace.discovery import PageFile, Scope, discover
from balise.workspace.division import Shard
from balise.workspace.journal import is_under_way
from balise.workspace.reading import PARALLEL_FROM, ReadOptions
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded

UNDER_WAY = (
    "a change of its files has begun and not ended; if it was interrupted, "
    "the next `balise mv` or `balise rm` takes it back"
)


class WholeRun(msgspec.Struct, frozen=True):
    """A result, the structures of the collections that it is about, and the names of the rules."""

    result: CheckResult
    structures: Sequence[Structure]
    rules: frozenset[str]


def run(request: CheckRequest) -> CheckResult:
    """The report on the pages of a request, after the fixes that it asks for."""
    if request.stdin is not None:
        return _run_on_text(request, _text_of(request))
    unwritten = _apply_fixes(request, write=True).failed if request.fixes.fix else 0
    return replace(run_whole(request).result, unwritten=unwritten)


def run_whole(request: CheckRequest) -> WholeRun:
    """The report on the pages of a request as they are, and what else a run knows."""
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    return _run(request, configuration, settings, scope_for(request, configuration))


def resume(request: CheckRequest, last: Replay) -> CheckResult:
    """The report where nothing but the texts of some pages has changed since the last run."""
    last.close()
    run = last.run
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    scope = scope_of(run, configuration.config.generated)
    return _run(request, configuration, settings, scope, run.states_but(last.changed)).result


def check_again_for(request: CheckRequest, last: Replay) -> Again | None:
    """What is told otherwise than by the last run; None where all has to be checked: see `check_again`."""
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    config = configuration.config
    if any(is_under_way(root) for root in last.run.pages):
        return None
    options = ReadOptions(request.processes, translations=settings.translations(config))
    with phase("again"):
        return check_again(last, config, settings, options)


def pages_of(request: CheckRequest) -> Sequence[str]:
    """The paths of the pages that a run would check, in the order of its report."""
    if request.pages.changed_since is not None:  # what was read for each page decides
        return sorted(run(replace(request, fixes=FixSettings())).report.pages)
    pages = scope_for(request, configuration_for(request)).pages
    shard = request.sharding.shard
    return sorted(Shard.read(shard).among(pages) if shard else (page.path for page in pages))


def show_fixes(request: CheckRequest) -> ExitStatus:
    """Print what fixes would change; of stdin without `diff`, the text as it should be."""
    fixed = _apply_fixes(request, write=False)
    if request.fixes.diff:
        utf8_stdout().write(fixed.diff)
        if fixed.failed:
            return ExitStatus.FAILED
        failed = fixed.diff and not request.thresholds.exit_zero
        return ExitStatus.FINDINGS if failed else ExitStatus.CLEAN
    source = _text_of(request)
    text = fixed.texts.get(source.path, source.text)
    changed = text != source.text
    data = encoded(text, has_bom=source.has_bom) if changed else request.stdin or b""
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
    result = _run_on_text(request, SourceFile(source.path, text))
    report = told_once(result.report).seen_from(Path.cwd())
    report = report.at_least(request.thresholds.min_severity)
    print_report(report, result.sources, replace(request.output, format="text"), sys.stderr)
    print_crashes(report)
    if not request.output.quiet:
        print_summary(report)
    if fixed.failed:
        return ExitStatus.FAILED
    return request.thresholds.status(report, result.fail_on)


def _text_of(request: CheckRequest) -> SourceFile:
    """The text on stdin, by the path of the file that it stands for.

    Raises UserError where nobody has named one, and the language of the text is not sure.
    """
    data = request.stdin or b""
    named = request.pages.stdin_filename
    if named is not None:
        found = discover([named], configuration_for(request), must_exist=False)
        return SourceFile.from_bytes(found.pages[0].path, data)
    language = language_of(data.decode("utf-8", "replace"))
    if language is None:
        raise UserError(
            "stdin: it is not sure which language this is; name the page, "
            "as with `--stdin-filename guide.fr-fr.md`"
        )
    return SourceFile.from_bytes(f"guide.{language}-{ZONES.get(language, language)}.md", data)


def _run_on_text(request: CheckRequest, source: SourceFile) -> CheckResult:
    """The report on the text on stdin, or on another one in its place."""
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    with open_workspace(request, configuration, settings, source) as workspace:
        report = replace(check(workspace, settings), manual=configuration.config.manual)
    config, root = configuration.config, configuration.root
    shown = {source.path: source, path_here(source.path): source}
    return CheckResult(report, shown.get, root, config.fail_on)


def _apply_fixes(request: CheckRequest, *, write: bool) -> FixResult:
    """Apply the fixes of a request; what there is to say about that is said on stderr."""
    configuration = configuration_for(request)
    settings = settings_for(request, configuration)
    source = _text_of(request) if request.stdin is not None else None
    with open_workspace(request, configuration, settings, source) as workspace:
        given = (source,) if source else ()
        result = repair(workspace, settings, unsafe=request.fixes.unsafe, write=write, given=given)
    for line in result.warnings if request.output.quiet else (*result.notes, *result.warnings):
        click.echo(f"balise: {line}", err=True)
    return result


def open_workspace(
    request: CheckRequest,
    configuration: Configuration,
    settings: CheckSettings,
    source: SourceFile | None = None,
) -> Workspace:
    """The pages of a request, or a text in place of one and the collection around it."""
    if source is None:
        scope = scope_for(request, configuration)
    elif request.pages.stdin_filename is not None:
        scope = discover([request.pages.stdin_filename], configuration, must_exist=False)
    else:
        scope = Scope([PageFile(source.path, ".")])
    alone = source is not None and not scope.around
    store = None if alone else _store(request, configuration, scope)
    urls = configuration.config.urls
    translations = settings.translations(configuration.config)
    options = ReadOptions(request.processes, translations=translations)
    return Workspace.open(scope, urls, store, options, given=(source,) if source else ())


def _run(
    request: CheckRequest,
    configuration: Configuration,
    settings: CheckSettings,
    scope: Scope,
    states: Mapping[str, FileState] | None = None,
) -> WholeRun:
    """Check the pages of a scope; the `states` of this moment may be known of files and folders."""
    if not scope.pages and not request.output.quiet:
        click.echo("balise: no pages there: nothing to check", err=True)
    config = configuration.config
    store = _store(request, configuration, scope)
    files = [str(file) for file in looked_at(request.start, configuration)]
    with ProgressBar() as progress, no_garbage_collection():
        translations = settings.translations(config)
        options = ReadOptions(request.processes, progress, translations=translations)
        with phase("read pages"):
            opened = Workspace.open(scope, config.urls, store, options, states=states)
        with opened as workspace:
            new: frozenset[Finding] = frozenset()
            traces = TraceStore.load(store)
            with phase("rules"):
                if scope.new_since is None:
                    report = check(workspace, settings, traces)
                    traces.save(workspace)
                else:
                    report, new = check_since(workspace, settings, scope.new_since, traces)
            report = replace(report, manual=config.manual)
            mark = b""
            under_way = [root for root in workspace.collections if is_under_way(root)]
            if not under_way:
                with phase("keep"):
                    mark = remember(
                        request.digest, configuration, files, workspace, report, traces.kept, states
                    )
            structures = [found.structure for found in workspace.collections.values()]
    if store is not None and store.trouble and not request.output.quiet:
        click.echo(f"balise: {store.trouble}", err=True)
    for root in under_way:
        click.echo(f"balise: {path_here(root)}: {UNDER_WAY}", err=True)
    result = CheckResult(
        report, page_sources(), configuration.root, config.fail_on, new=new, mark=mark
    )
    return WholeRun(result, structures, frozenset(rule.name for rule in settings.rules))


def configuration_for(request: CheckRequest) -> Configuration:
    """What is configured for the pages of a request. Raises UserError."""
    return configuration_of(request.config, request.start, request.pages)


def settings_for(request: CheckRequest, configuration: Configuration) -> CheckSettings:
    """What the configuration and the command line say together. Raises UserError."""
    rules = select_rules(
        configuration.config,
        select=request.rules.select,
        extend_select=request.rules.extend_select,
        ignore=request.rules.ignore,
    )
    unfixable = select_unfixable(
        configuration.config, fixable=request.fixes.fixable, unfixable=request.fixes.unfixable
    )
    if request.pages.against is None and all(isinstance(rule, RevisionRule) for rule in rules):
        names = " and ".join(f"`{rule.name}`" for rule in rules)
        raise UserError(f"{names} can only compare with a commit: name it with `--against`")
    return CheckSettings(rules, SeverityOverrides.of(configuration), unfixable)


def _store(request: CheckRequest, configuration: Configuration, scope: Scope) -> Store | None:
    """Where what is read is kept, if it is wanted and pays."""
    pays = configuration.file is not None or len(scope.pages) >= PARALLEL_FROM
    if request.running.no_cache or not pays:
        return None
    store = Store(configuration.root)
    if store.refusal:
        if not request.output.quiet:
            click.echo(f"balise: {store.refusal}", err=True)
        return None
    return store


def scope_for(request: CheckRequest, configuration: Configuration) -> Scope:
    """The pages of a request, and what they are compared with. Raises UserError."""
    scope = discover_pages(request.paths, configuration)
    pages = request.pages
    revisions = Revisions(pages.changed_since, pages.new_since, pages.against)
    return compared_with(scope, configuration, revisions)
