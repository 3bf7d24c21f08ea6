"""Words of headings, from `heading_words.toml`: for steps that are numbered by hand, and for contents."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def heading_words() -> Mapping[str, frozenset[str]]:
    """The words of all languages, case folded, by what they are for."""
    text = (files("balise.rules.helpers") / "heading_words.toml").read_text(encoding="utf-8")
    return {
        key: frozenset(word.casefold() for word in words)
        for key, words in tomllib.loads(text).items()
    }
