"""What a team thinks of findings: other severities, and parts of the collection left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from balise.config import Configuration, Override
from balise.document import page_name
from balise.findings import Finding, Severity
from balise.patterns import Patterns

OFF = "off"


@dataclass(frozen=True, slots=True)
class _Where:
    """An override and the pages that it is for: a pattern of paths, a locale or a language."""

    override: Override
    patterns: Patterns | None = None
    locale: str = ""

    def about(self, path: str) -> bool:
        if self.patterns is not None:
            return self.patterns.excludes(path)
        name = page_name(path)
        return name is not None and self.locale in (name.locale, name.language)


@dataclass(frozen=True, slots=True)
class Policy:
    """The overrides of a configuration, the most general first: later ones count before."""

    severity: Mapping[str, str]
    overrides: Sequence[_Where] = ()

    @classmethod
    def of(cls, configuration: Configuration) -> "Policy":
        """The policy that a configuration describes."""
        config, base = configuration.config, configuration.root.absolute()
        by_locale = [_Where(o, locale=name) for name, o in config.per_locale.items()]
        by_path = [
            _Where(o, patterns=Patterns.of(Path(base), ("*.md",), (pattern,)))
            for pattern, o in config.per_path.items()
        ]
        return cls(config.severity, (*by_locale, *by_path))

    def apply(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that are left, with the severities that they have here."""
        if not (self.severity or self.overrides):
            return list(findings)
        return [kept for finding in findings if (kept := self._applied(finding)) is not None]

    def _applied(self, finding: Finding) -> Finding | None:
        severity = _chosen(self.severity, finding) or finding.severity.value
        for where in self.overrides:
            if not where.about(finding.path):
                continue
            if {finding.rule, finding.group} & set(where.override.ignore):
                return None
            severity = _chosen(where.override.severity, finding) or severity
        if severity == OFF:
            return None
        return replace(finding, severity=Severity(severity))


def _chosen(table: Mapping[str, str], finding: Finding) -> str | None:
    """What a table says of a rule; if it does not name it, of its group."""
    return table.get(finding.rule) or table.get(finding.group)
