"""The words of the interface, a data file for each language in `languages/`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FALLBACK = "en"


@cache
def interface_words(language: str) -> Mapping[str, str]:
    """The words of a language (`fr`), with English ones where it has none."""
    if language == FALLBACK:
        return _file(FALLBACK)
    return {**_file(FALLBACK), **_file(language)}


def _file(language: str) -> dict[str, str]:
    file = files("balise.render") / "languages" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
