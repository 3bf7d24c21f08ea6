"""Settings of Material that guides go without: they have a navigation, a search and blocks of their own."""

import logging
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig

FEATURES = frozenset(
    [
        "content.action.view",
        "content.code.annotate",
        "navigation.expand",
        "navigation.footer",
        "navigation.instant.preview",
        "navigation.instant.progress",
        "navigation.path",
        "navigation.prune",
        "search.highlight",
        "search.share",
        "search.suggest",
        "toc.integrate",
    ]
)
"""Of `theme.features`. Whoever makes one work on guides takes it out."""
EXTRA = ("alternate", "homepage", "status", "tags", "version")
"""Of `extra`."""

log = logging.getLogger(__name__)


def log_unused_settings(config: MkDocsConfig) -> None:
    """Say in a line which settings of the theme do nothing for guides."""
    if named := list(_unused(config)):
        log.info(f"on guides, these settings of the theme do nothing: {', '.join(named)}")


def _unused(config: MkDocsConfig) -> Iterator[str]:
    for feature in config.theme.get("features") or ():
        if feature in FEATURES:
            yield f"`{feature}`"
    for key in EXTRA:
        if config.extra.get(key):
            yield f"`extra.{key}`"
