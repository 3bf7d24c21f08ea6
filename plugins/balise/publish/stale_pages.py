"""Which pages are to tell their readers that they are stale: those of which a check says so."""

from collections.abc import Iterable, Mapping

from balise.base.findings import Finding
from balise.rules.translations.stale_translation import StaleTranslation


def stale_pages(findings: Iterable[Finding]) -> Mapping[str, str]:
    """Path of a stale translation -> its source, by the findings of a check."""
    return {f.path: f.related[0].path for f in findings if f.rule == StaleTranslation.name}
