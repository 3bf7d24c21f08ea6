"""From a scope of pages to a report of what is wrong with them."""

import os
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from balise.check.checking import check_facts
from balise.check.incremental import check_library
from balise.check.report import Report
from balise.check.severity import SeverityOverrides
from balise.config import OVH_URLS, Urls
from balise.rules import Rule
from balise.workspace.discovery import Scope
from balise.workspace.reading import Progress, nobody, read_pages, without_collecting
from balise.workspace.store import Cache
from balise.workspace.workspace import Library, open_library


def check(
    scope: Scope,
    rules: Sequence[Rule],
    urls: Urls = OVH_URLS,
    *,
    processes: int | None = None,
    cache: Cache | None = None,
    progress: Progress = nobody,
    severities: SeverityOverrides | None = None,
    remember: Callable[[Library, Report], None] | None = None,
) -> Report:
    """Read all pages and run the rules over those asked for; a collection for every root.

    The `severities` has the last word about findings. With a `cache` only what has changed since the
    last run is read, and only the findings are made anew that this may have changed; `remember` is
    given the open library and the report.
    """
    count = processes if processes is not None else os.cpu_count() or 1
    with without_collecting():
        if cache is not None:
            with open_library(scope, urls, cache, count, progress) as library:
                report = check_library(library, rules, count)
                if severities is not None:
                    report = replace(report, findings=severities.applied(report.findings))
                if remember is not None:
                    remember(library, report)
            return report
        pages = [*scope.pages, *scope.around]
        facts = list(read_pages([page.path for page in pages], count, scope.bounds, progress))
        return check_facts(
            [(page.root, *found) for page, found in zip(pages, facts, strict=True)],
            rules,
            urls,
            whole=scope.whole,
            around=frozenset(page.path for page in scope.around),
            severities=severities,
            scope=scope,
            processes=count,
        )
