"""Checking pages on disk as a program does, without the command line."""

from collections.abc import Sequence
from pathlib import Path

from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.config import OVH_URLS, Urls
from balise.rules import Rule
from balise.workspace.discovery import Scope
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace


def check_scope(
    scope: Scope, rules: Sequence[Rule], urls: Urls = OVH_URLS, store: Store | None = None
) -> Report:
    """What the rules say of the pages of a scope, as it is shown in the current folder.

    With a `store` it is as a second run would say it.
    """
    with Workspace.open(scope, urls, store) as workspace:
        return check(workspace, CheckSettings(rules)).seen_from(Path.cwd())
