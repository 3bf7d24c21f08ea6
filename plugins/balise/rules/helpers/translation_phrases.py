"""How findings speak of the translations that outvote a page."""

from collections.abc import Sequence

from balise.rules.helpers.port_phrases import enumeration

NAMED = 4
"""Locales that are named one by one."""


def translations_have(locales: Sequence[str], what: str) -> str:
    """`de-de, fr-fr and pl-pl have X`, or `9 translations have X`"""
    who = enumeration(locales) if len(locales) <= NAMED else f"{len(locales)} translations"
    return f"{who} {'has' if len(locales) == 1 else 'have'} {what}"
