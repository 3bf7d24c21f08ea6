"""Addresses by key and locale: `/links/<key>` and `{key}/path`.

A collection writes its own in `links.yml`; those of OVH's guides that every one of them needs are
in `ovh.toml` beside this file.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Table = Mapping[str, Mapping[str, str]]


@cache
def preset() -> Table:
    """Key -> locale -> address, for the keys of OVH's guides; the locale `` is for all others."""
    text = (files("balise.collection") / "ovh.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return {
        key: {"" if locale == "default" else locale: address for locale, address in rows.items()}
        for key, rows in table.items()
    }


def address_of_key(key: str, locale: str, own: Table) -> str | None:
    """The address of `key` in a locale, or in any language if it has none there; else None."""
    rows = own.get(key) or preset().get(key)
    return (rows.get(locale) or rows.get("")) if rows else None
