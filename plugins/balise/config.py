"""The configuration: one frozen `Config`, from `balise.toml` or `[tool.balise]` of `pyproject.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Literal

import msgspec

from balise.errors import UserError
from balise.findings import Severity
from balise.suggestions import did_you_mean

FILE_NAMES = ("balise.toml", "pyproject.toml")


PLACEHOLDERS = {
    "locale": frozenset({"zone", "language"}),
    "short_locale": frozenset({"zone", "language"}),
    "page": frozenset({"locale", "products", "slug", "folder"}),
    "page_without_slug": frozenset({"locale", "products", "folder"}),
    "numbered": frozenset({"locale", "number"}),
}


class Urls(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """How the published site makes addresses; the defaults are those of OVH's guides.

    `site` is where it is published; absolute links there are links to pages of the collection.
    The other addresses count from there and end in `/`. `locale` begins each of them,
    `short_locale` where zone and language read alike (`fr-fr`); `page` is that of a page with a
    `slug` below the `{products}` above it, `page_without_slug` of one without, `numbered` an old
    one by `{number}`, which redirects. `number_addresses` are the absolute ones of older systems,
    with `*` for anything within a part of the path. `original` is the locale that guides are
    translated from; `fallbacks` are the locales a link leads to where its own has no such page,
    behind those of the same language.
    """

    site: str = "https://docs.ovh.com/"
    locale: str = "{zone}/{language}/"
    short_locale: str = "{zone}/"
    page: str = "{locale}{products}{slug}/"
    page_without_slug: str = "{locale}{folder}/"
    numbered: str = "{locale}g{number}/"
    number_addresses: tuple[str, ...] = ("*ovh*/g{number}", "*ovh*/*/g{number}")
    original: str = "fr-fr"
    fallbacks: tuple[str, ...] = ("en-gb", "fr-fr")

    def __post_init__(self) -> None:
        if not self.site.startswith(("https://", "http://")) or not self.site.endswith("/"):
            raise ValueError("`site` must begin with `https://` and end with `/`")
        for name, known in PLACEHOLDERS.items():
            template = getattr(self, name)
            try:
                used = {
                    field for _, field, _, _ in Formatter().parse(template) if field is not None
                }
            except ValueError as error:
                raise ValueError(f"`{name.replace('_', '-')}`: {error}") from error
            if unknown := sorted(used - known):
                there = ", ".join(f"`{{{field}}}`" for field in sorted(known))
                raise ValueError(
                    f"`{name.replace('_', '-')}`: there is no `{{{unknown[0]}}}`; there are {there}"
                )
            if not template.endswith("/"):
                raise ValueError(f"`{name.replace('_', '-')}` must end with `/`")
        for pattern in self.number_addresses:
            if pattern.count("{number}") != 1:
                raise ValueError(f"`number-addresses`: `{pattern}` has no `{{number}}`")


OVH_URLS = Urls()

Level = Literal["error", "warning", "info", "off"]


class Override(
    msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True
):
    """What is different for a part of the collection: rules or groups left out, other severities."""

    ignore: tuple[str, ...] = ()
    severity: dict[str, Level] = {}


class Config(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What can be configured. `guides` is the folder of the collection, from the file's own folder.

    `select` and `ignore` name rules or groups; an empty `select` is every rule that is on by
    default. The exit status is 1 from findings of severity `fail_on` upwards. `include` and
    `exclude` are patterns as in `.gitignore`, from the file's own folder: of the pages found in
    folders, those that one of `include` matches and none of `exclude` does.

    `extend_select` adds rules to those of `select`. `severity` gives rules or groups another
    severity, or switches them off; `per_path` does so for pages that a pattern matches, `per_locale`
    for a locale or a language.
    """

    guides: str = "guides"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    severity: dict[str, Level] = {}
    per_path: dict[str, Override] = {}
    per_locale: dict[str, Override] = {}
    include: tuple[str, ...] = ("*.md",)
    exclude: tuple[str, ...] = ()
    urls: Urls = OVH_URLS


@dataclass(frozen=True, slots=True)
class Configuration:
    """A `Config`, the folder it counts from, and the file it was read from, if any."""

    config: Config
    root: Path
    file: Path | None = None

    @property
    def guides(self) -> Path:
        """The folder of the collection."""
        return self.root / self.config.guides


def load_configuration(start: Path) -> Configuration:
    """The configuration that counts for `start`: the nearest one upwards, or the defaults.

    Raises UserError with a line for every mistake in the file.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            file = folder / name
            if not file.is_file():
                continue
            table = _table(file)
            if table is not None:
                return Configuration(_convert(table, file), folder, file)
    return Configuration(Config(), start)


def _table(file: Path) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: is not valid TOML: {error}") from error
    if file.name == "balise.toml":
        return data
    tool = data.get("tool", {})
    table = tool.get("balise") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UserError(f"{file}: [tool.balise] must be a table")
    return table


def _convert(table: dict[str, Any], file: Path) -> Config:
    fields = {field.encode_name: field for field in msgspec.structs.fields(Config)}
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for key, value in table.items():
        field = fields.get(key)
        if field is None:
            mistakes.append(f"{file}: there is no setting `{key}`{did_you_mean(key, fields)}")
            continue
        if field.type is Urls and isinstance(value, dict):
            known = {f.encode_name: f for f in msgspec.structs.fields(Urls)}
            mistakes += [
                f"{file}: there is no setting `{key}.{name}`{did_you_mean(name, known)}"
                for name in value
                if name not in known
            ]
            value = {name: item for name, item in value.items() if name in known}
        try:
            values[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            mistakes.append(f"{file}: `{key}`: {error}")
    if mistakes:
        raise UserError(*mistakes)
    return Config(**values)


def names_in(config: Config) -> list[tuple[str, str]]:
    """Every name of a rule or group in a configuration, each with the setting that has it."""
    found = [
        (setting, name)
        for setting in ("select", "extend-select", "ignore")
        for name in getattr(config, setting.replace("-", "_"))
    ]
    found += [("severity", name) for name in config.severity]
    for table, overrides in (("per-path", config.per_path), ("per-locale", config.per_locale)):
        for key, override in overrides.items():
            names = (*override.ignore, *override.severity)
            found += [(f"{table}.{key}", name) for name in names]
    return found
