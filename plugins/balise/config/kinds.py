"""What the texts of the configuration stand for, so that mistakes can be told in the user's words."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

from balise.base.ignore import wrong_with
from balise.base.suggestions import did_you_mean


class RuleCatalog(msgspec.Struct, frozen=True):
    """What the rules bring to the configuration: their names and groups, and their options."""

    rules: tuple[str, ...]
    groups: tuple[str, ...]
    options: Mapping[str, type[Struct]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Everything that `select` and `ignore` may name."""
        return sorted({*self.rules, *self.groups})


class TextKind(msgspec.Struct, frozen=True):
    """A kind of text: what one and several are called, and what is wrong with a given one.

    `wrong` gives what follows the name of the setting, such as ` must end with a slash`, or
    nothing. `mark` tells the schema which names there are.
    """

    one: str
    many: str
    wrong: Callable[[str, RuleCatalog | None], str] = lambda value, known: ""
    mark: str = ""

    def meta(self) -> Meta:
        """The annotation of a type for texts of this kind."""
        marked = {MARK: self.mark} if self.mark else None
        return Meta(extra={"kind": self}, extra_json_schema=marked)


MARK = "x-balise"


def _wrong_name(value: str, known: RuleCatalog | None) -> str:
    if known is None or value in known.names:
        return ""
    hint = did_you_mean(value, known.names)
    return f": there is no rule or group `{value}`{hint} (`balise rules` lists them)"


def _wrong_pattern(value: str, known: RuleCatalog | None) -> str:
    if reason := wrong_with(value):
        return f": the pattern `{value}` {reason}"
    return ""


def _wrong_path_pattern(value: str, known: RuleCatalog | None) -> str:
    if value.startswith("!"):
        return f": the pattern `{value}` begins with `!`, which takes nothing back here"
    if not value.strip() or value.startswith("#"):
        return f": the pattern `{value}` matches nothing"
    return _wrong_pattern(value, known)


def _wrong_anchor_pattern(value: str, known: RuleCatalog | None) -> str:
    page, mark, anchor = value.rpartition("#")
    if not anchor.strip():
        return f": the pattern `{value}` names no anchor; write `*` for any"
    return _wrong_path_pattern(page, known) if mark and page else ""


LOCALE = re.compile(r"[a-z]{2}(-[a-z]{2,4})?")


def _wrong_locale(value: str, known: RuleCatalog | None) -> str:
    if LOCALE.fullmatch(value):
        return ""
    likely = value.lower().replace("_", "-")
    hint = f"; did you mean `{likely}`?" if LOCALE.fullmatch(likely) else ""
    return f": `{value}` is neither a locale such as `fr-ca` nor a language such as `fr`{hint}"


def _wrong_file(value: str, known: RuleCatalog | None) -> str:
    return "" if value.strip() and "\0" not in value else " must be the path of a file"


RuleName = Annotated[str, TextKind("a name", "names", _wrong_name, "name").meta()]


def _wrong_source_locale(value: str, known: RuleCatalog | None) -> str:
    return _wrong_locale(value, known) if value else ""


Pattern = Annotated[str, TextKind("a pattern", "patterns", _wrong_pattern).meta()]
PathPattern = Annotated[str, TextKind("a pattern", "patterns", _wrong_path_pattern).meta()]
AnchorPattern = Annotated[str, TextKind("a pattern", "patterns", _wrong_anchor_pattern).meta()]
LocaleName = Annotated[str, TextKind("a locale", "locales", _wrong_locale).meta()]
SourceLocale = Annotated[str, TextKind("a locale", "locales", _wrong_source_locale).meta()]
FilePath = Annotated[str, TextKind("a path", "paths", _wrong_file).meta()]
