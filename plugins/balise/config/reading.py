"""What is wrong with the values of a configuration, in words that a writer understands."""

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import msgspec

from balise.base.suggestions import did_you_mean
from balise.config.kinds import RuleCatalog, TextKind
from balise.config.places import BARE, Key
from balise.config.settings import Config

Mistake = tuple[Key, str]
"""Where a mistake is, and what it is."""


def mistakes_in(table: Mapping[str, Any], known: RuleCatalog | None) -> Iterator[Mistake]:
    """Every mistake in the settings of one file."""
    return _Reader(known).struct(table, Config, ())


def dotted(key: Key) -> str:
    """A key as one writes it in TOML: `per-path."drafts/".ignore`."""
    return ".".join(
        part if BARE.fullmatch(part) else json.dumps(part, ensure_ascii=False)
        for part in key
        if isinstance(part, str)
    )


class _Reader:
    def __init__(self, known: RuleCatalog | None) -> None:
        self.known = known

    def struct(
        self, table: Mapping[str, Any], type_: type[msgspec.Struct], key: Key
    ) -> Iterator[Mistake]:
        fields = {field.encode_name: field for field in msgspec.structs.fields(type_)}
        for name, value in table.items():
            own = (*key, name)
            if name not in fields:
                yield own, _no_such(own, fields)
            elif own == ("rules",):
                yield from self._rules(value)
            else:
                yield from self._value(value, fields[name].type, own)

    def _value(self, value: Any, type_: Any, key: Key) -> Iterator[Mistake]:
        type_, kind, bounds = _unwrapped(type_)
        origin = get_origin(type_)
        if origin is tuple:
            yield from self._list(value, get_args(type_)[0], key)
        elif origin is dict:
            name, item = get_args(type_)
            yield from self._dict(value, name, item, key)
        elif isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            if isinstance(value, dict):
                yield from self.struct(value, type_, key)
            else:
                yield key, f"{_called(key)} must be a table, not {_is(value)}"
        elif isinstance(type_, type) and issubclass(type_, Enum):
            yield from _choice(value, type_, key)
        elif type(value) is not type_:
            yield key, f"{_called(key)} must be {_one(type_, kind, bounds)}, not {_is(value)}"
        elif kind is not None and (wrong := kind.wrong(value, self.known)):
            yield key, f"{_called(key)}{wrong}"
        elif bounds is not None and not _within(value, bounds):
            yield key, f"{_called(key)} must be {_one(type_, kind, bounds)}, not {value}"

    def _list(self, value: Any, item: Any, key: Key) -> Iterator[Mistake]:
        plain, kind, bounds = _unwrapped(item)
        what = f"a list of {_many(plain, kind, bounds)}"
        if not isinstance(value, list):
            hint = ""
            if type(value) is plain:
                hint = f"; write `[{json.dumps(value, ensure_ascii=False)}]`"
            yield key, f"{_called(key)} must be {what}, not {_is(value)}{hint}"
            return
        for number, part in enumerate(value):
            place = (*key, number)
            if type(part) is not plain:
                yield place, f"{_called(key)} must be {what}, and there is {_is(part)} in it"
            elif bounds is not None and not _within(part, bounds):
                yield place, f"{_called(key)} must be {what}, and there is {part} in it"
            elif kind is not None and (wrong := kind.wrong(part, self.known)):
                yield place, f"{_called(key)}{wrong}"

    def _dict(self, value: Any, name: Any, item: Any, key: Key) -> Iterator[Mistake]:
        if not isinstance(value, dict):
            yield key, f"{_called(key)} must be a table, not {_is(value)}"
            return
        _, kind, _ = _unwrapped(name)
        for part, inner in value.items():
            if kind is not None and (wrong := kind.wrong(part, self.known)):
                yield (*key, part), f"{_called(key)}{wrong}"
            yield from self._value(inner, item, (*key, part))

    def _rules(self, value: Any) -> Iterator[Mistake]:
        if not isinstance(value, dict):
            yield ("rules",), f"`rules` must be a table, not {_is(value)}"
            return
        for name, options in value.items():
            key: Key = ("rules", name)
            if self.known and name not in self.known.rules:
                hint = did_you_mean(name, self.known.rules)
                yield key, f"`rules`: there is no rule `{name}`{hint} (`balise rules` lists them)"
            elif not isinstance(options, dict):
                yield key, f"{_called(key)} must be a table, not {_is(options)}"
            elif self.known and name not in self.known.options:
                yield key, f"the rule `{name}` has no options"
            elif self.known:
                yield from self.struct(options, self.known.options[name], key)


def _called(key: Key) -> str:
    return f"`{dotted(key)}`"


def _no_such(key: Key, there: Iterable[str]) -> str:
    """What to say of a key that is none of those that are there."""
    hint = did_you_mean(str(key[-1]), there)
    if key[0] != "rules":
        return f"there is no setting {_called(key)}{hint}"
    hint = hint or f"; it has {', '.join(f'`{option}`' for option in there)}"
    return f"the rule `{key[1]}` has no option `{key[2]}`{hint}"


def _choice(value: Any, type_: type[Enum], key: Key) -> Iterator[Mistake]:
    values = [str(member.value) for member in type_]
    if value in values:
        return
    quoted = [f"`{name}`" for name in values]
    choice = f"{', '.join(quoted[:-1])} or {quoted[-1]}"
    given = f"`{value}`{did_you_mean(value, values)}" if isinstance(value, str) else _is(value)
    yield key, f"{_called(key)} must be {choice}, not {given}"


def _unwrapped(type_: Any) -> tuple[Any, TextKind | None, msgspec.Meta | None]:
    """A type without its annotations, the kind of its texts, and the bounds of its numbers."""
    if get_origin(type_) is not Annotated:
        return type_, None, None
    plain, *metas = get_args(type_)
    kinds = [kind for meta in metas if isinstance(kind := (meta.extra or {}).get("kind"), TextKind)]
    bounds = [meta for meta in metas if meta.ge is not None]
    return plain, kinds[0] if kinds else None, bounds[0] if bounds else None


def _within(value: int, bounds: msgspec.Meta) -> bool:
    return (bounds.ge is None or value >= bounds.ge) and (bounds.le is None or value <= bounds.le)


def _range(bounds: msgspec.Meta | None) -> str:
    if bounds is None:
        return ""
    return f" from {bounds.ge} to {bounds.le}" if bounds.le is not None else f" from {bounds.ge} on"


def _one(type_: type | UnionType, kind: TextKind | None, bounds: msgspec.Meta | None) -> str:
    if type_ is str:
        return f"{kind.one} in quotes" if kind else "a text in quotes"
    return "`true` or `false`" if type_ is bool else f"a whole number{_range(bounds)}"


def _many(type_: type | UnionType, kind: TextKind | None, bounds: msgspec.Meta | None) -> str:
    if type_ is str:
        return kind.many if kind else "texts"
    return f"whole numbers{_range(bounds)}"


def _is(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    words = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return words.get(type(value), "a date or time")
