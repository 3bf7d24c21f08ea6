"""The data files of the layout `index`, written from a navigation and from what pages say."""

from collections.abc import Iterable, Mapping
from uuid import NAMESPACE_URL, uuid5

from balise.collection.keys import address_of_key
from balise.collection.layouts.index import LINKS, PRODUCTS
from balise.document.yaml_text import yaml_text
from balise.migrate.navigation import Navigation

INDENT = "    "


def index_text(navigation: Navigation) -> str:
    """`index.md`"""
    lines: list[str] = []
    for entry, above in navigation.walk():
        address = entry.ref
        if entry.kind == "product":
            address = PRODUCTS + entry.ref
        elif entry.kind == "guide" and _is_ambiguous(entry.ref):
            address = f"pages/{entry.ref}"
        label = entry.label if entry.kind == "universe" else f"[{entry.label}]({address})"
        lines.append(f"{INDENT * len(above)}+ {label}\n")
    return "".join(lines)


def _is_ambiguous(folder: str) -> bool:
    """Whether the path of a guide's folder would be read as something else."""
    return "/" not in folder or folder.startswith((PRODUCTS, "pages/"))


def label_files(navigation: Navigation, locales: Iterable[str]) -> dict[str, str]:
    """The labels that differ from the English ones, in a file for each locale that has any, by name.

    One file is there in any case, since it is a mark of the layout.
    """
    found: dict[str, str] = {}
    for locale in locales:
        lines = [
            f"{entry.ref}: {yaml_text(label)}\n"
            for entry, _ in navigation.walk()
            if (label := entry.labels.get(locale, entry.label)) != entry.label
        ]
        found[f"index-translations.{locale}.yaml"] = "".join(lines)
    return {name: text for name, text in found.items() if text} or dict([*found.items()][:1])


def article_text(folder: str, site: str, slug: str, *, hidden: bool) -> str:
    """`meta.yaml` of a guide; its `id` follows from the site and the folder."""
    lines = [f"id: {uuid5(NAMESPACE_URL, f'{site}{folder}')}\n"]
    if slug:
        lines.append(f"full_slug: {yaml_text(slug)}\n")
    if hidden:
        lines.append("flag: hidden\n")
    return "".join(lines)


def link_files(
    keys: Iterable[str], locales: Iterable[str], own: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """The addresses of each key, in a file of its own, by name."""
    found: dict[str, str] = {}
    for key in sorted(keys):
        rows = {locale: address_of_key(key, locale, own) for locale in locales}
        rows |= {locale: address for locale, address in own.get(key, {}).items() if locale}
        lines = [f"- [{locale}]({address})\n" for locale, address in rows.items() if address]
        if lines:
            found[LINKS + key] = "".join(lines)
    return found
