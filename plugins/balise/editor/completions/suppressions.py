"""Comments that silence rules: what they can do, and the rules and groups that they can name."""

from collections.abc import Iterator

from balise.base.source import Edit
from balise.editor.matching import LIMIT, best_matches
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View
from balise.rules import ALL_RULES

DIRECTIVES = {
    "ignore": "for what follows, or the line that the comment is in",
    "ignore-page": "for the whole page",
    "off": "from here on",
    "on": "ends what `off` began",
}


def directives(view: View, typed: Typed) -> Iterator[Completion]:
    """What a comment can do."""
    names = list(DIRECTIVES)
    for name in (names[index] for index in best_matches(typed.text, names, LIMIT)):
        yield Completion(
            label=name,
            kind="rule",
            edit=Edit(typed.span, f"{name}[$1]"),
            detail=DIRECTIVES[name],
            filter_text=typed.text,
            snippet=True,
        )


def rules(view: View, typed: Typed) -> Iterator[Completion]:
    """The names of rules, then those of groups."""
    summaries = {rule.name: rule.summary for rule in ALL_RULES}
    groups = {rule.group: f"all rules about {rule.group}" for rule in ALL_RULES}
    known = {**summaries, **dict(sorted(groups.items()))}
    names = list(known)
    for name in (names[index] for index in best_matches(typed.text, names, len(names))):
        yield Completion(
            label=name,
            kind="rule",
            edit=Edit(typed.span, name),
            detail=known[name],
            filter_text=typed.text,
        )
