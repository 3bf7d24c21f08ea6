"""Which rules are to run."""

from collections.abc import Iterable, Sequence

import msgspec

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean
from balise.check.severity import CATALOG, off_everywhere
from balise.config import Config
from balise.rules import ALL_RULES, Rule
from balise.rules.base import RuleOptions


def select_rules(
    config: Config,
    *,
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Rule]:
    """The rules that the configuration and the command line ask for, with their options.

    `select` replaces what the configuration selects, `extend_select` and `ignore` add to it. A
    name is that of a rule or of a group. Raises UserError for any other.
    """
    wanted = select or config.select
    besides = (*extend_select, *(() if select else config.extend_select))
    ignored = (*config.ignore, *config.extend_ignore, *ignore)
    require_names((*wanted, *besides, *ignored))
    chosen = [
        rule
        for rule in ALL_RULES
        if (_named(rule, wanted) if wanted else rule.on_by_default) or _named(rule, besides)
    ]
    rules = [
        rule(_options(rule, config))
        for rule in chosen
        if not _named(rule, ignored) and not off_everywhere(rule, config)
    ]
    if not rules:
        raise UserError("no rule is left to check: each one selected is ignored or off as well")
    return rules


def select_unfixable(
    config: Config, *, fixable: Sequence[str] = (), unfixable: Sequence[str] = ()
) -> frozenset[str]:
    """The names of the rules whose fixes are not offered.

    `fixable` replaces what the configuration says of that, `unfixable` adds to it. Raises UserError
    for a name that is neither that of a rule nor of a group.
    """
    wanted = fixable or config.fixable
    unwanted = (*config.unfixable, *unfixable)
    require_names((*wanted, *unwanted))
    return frozenset(
        rule.name
        for rule in ALL_RULES
        if (wanted and not _named(rule, wanted)) or _named(rule, unwanted)
    )


def require_names(names: Iterable[str]) -> None:
    """Raise UserError with a line for each name that is neither that of a rule nor of a group."""
    known = CATALOG.names
    unknown = [
        f"there is no rule or group `{name}`{did_you_mean(name, known)} (`balise rules` lists them)"
        for name in dict.fromkeys(names)
        if name not in known
    ]
    if unknown:
        raise UserError(*unknown)


def _named(rule: type[Rule], names: Sequence[str]) -> bool:
    return rule.name in names or rule.group in names


def _options(rule: type[Rule], config: Config) -> RuleOptions | None:
    given = config.rules.get(rule.name)
    return msgspec.convert(given, type(rule.options)) if given is not None else None
