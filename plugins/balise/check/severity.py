"""What a team decides about findings: their severity, and which are left out, also by page."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import field
from msgspec.structs import replace

from balise.base.findings import Finding
from balise.base.ignore import Patterns
from balise.config import Config, Configuration, Level, Override, RuleCatalog
from balise.document import page_name
from balise.rules import ALL_RULES, Rule
from balise.rules.base import RuleOptions

CATALOG = RuleCatalog(
    tuple(rule.name for rule in ALL_RULES),
    tuple(sorted({rule.group for rule in ALL_RULES})),
    {rule.name: type(rule.options) for rule in ALL_RULES if type(rule.options) is not RuleOptions},
)
"""What the rules bring to the configuration."""


class SeverityOverrides(msgspec.Struct, frozen=True):
    """What the configuration says of findings.

    Of what is said of a finding the last counts: first the severities for all pages, then those
    for a language, for a locale, and for files, in the order of their patterns. In one table the
    name of a rule counts before that of its group.
    """

    severity: Mapping[str, Level] = field(default_factory=dict)
    locales: Mapping[str, Override] = field(default_factory=dict)
    paths: tuple[tuple[Patterns, Override], ...] = ()
    _seen: dict[str, list[Override]] = field(default_factory=dict)

    @classmethod
    def of(cls, configuration: Configuration) -> "SeverityOverrides":
        """The severities of a configuration; patterns count from its folder."""
        config, root = configuration.config, configuration.root.absolute()
        paths = tuple((Patterns.matching(root, [p]), o) for p, o in config.per_path.items())
        return cls(config.severity, config.per_locale, paths)

    def apply(self, finding: Finding) -> Finding | None:
        """The finding with the severity that it has here, or None if it is left out."""
        level = _level(self.severity, finding)
        for override in self._overrides(finding.path):
            if finding.rule in override.ignore or finding.group in override.ignore:
                return None
            level = _level(override.severity, finding) or level
        if level is None:
            return finding
        severity = level.severity
        return None if severity is None else replace(finding, severity=severity)

    def applied(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are left, as they are here."""
        if not (self.severity or self.locales or self.paths):
            return list(findings)
        return [decided for f in findings if (decided := self.apply(f)) is not None]

    def _overrides(self, path: str) -> list[Override]:
        """What is said of the file at `path`; the last word comes last."""
        if path not in self._seen:
            name = page_name(path)
            keys = (name.language, name.locale) if name else ()
            found = [self.locales[key] for key in keys if key in self.locales]
            found += [override for patterns, override in self.paths if patterns.matches(path)]
            self._seen[path] = found
        return self._seen[path]


def _level(table: Mapping[str, Level], finding: Finding) -> Level | None:
    return table.get(finding.rule) or table.get(finding.group)


def off_everywhere(rule: type[Rule], config: Config) -> bool:
    """Whether no finding of a rule is ever told, so that it need not run."""
    tables = [o.severity for o in (*config.per_path.values(), *config.per_locale.values())]
    level = config.severity.get(rule.name) or config.severity.get(rule.group)
    return level is Level.OFF and not any(rule.name in t or rule.group in t for t in tables)
