"""Addresses by key and locale: `/links/<key>` and `{key}/path`.

A collection writes its own in `links.yml`; those of OVH's guides that every one of them needs are
in `ovh.toml` beside this file.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

Table = Mapping[str, Mapping[str, str]]
"""Key -> locale -> address; the locale `` is for all others."""

LocalAddresses = Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
"""Host -> path -> the keys and locales that have the address; neither with `www.` nor a last `/`."""

WEB_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#:]++)(?::[0-9]++)?+([^?#]*+)", re.IGNORECASE)


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


def local_addresses(own: Table) -> LocalAddresses:
    """The addresses of a collection's `own` keys, and of those of OVH's guides, that are for a locale."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for key, rows in {**preset(), **own}.items():
        for locale, address in rows.items():
            if locale and (parts := WEB_ADDRESS.match(address)):
                found[parts[1].lower()][parts[2].rstrip("/")].append((key, locale))
    return {
        host: {path: tuple(keys) for path, keys in paths.items()} for host, paths in found.items()
    }


def keys_of_address(href: str, known: LocalAddresses) -> tuple[str, Sequence[tuple[str, str]]]:
    """What of `href` is an address by key, as far as possible, and its keys and locales; empty for none."""
    parts = WEB_ADDRESS.match(href)
    paths = known.get(parts[1].lower()) if parts else None
    if parts is None or paths is None:
        return "", ()
    path = parts[2].rstrip("/")
    while path not in paths:
        if not path:
            return "", ()
        path = path.rpartition("/")[0]
    return href[: parts.start(2) + len(path)], paths[path]
