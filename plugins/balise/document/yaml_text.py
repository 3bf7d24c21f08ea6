"""A text -> how YAML writes it as a value, in quotes where it needs them."""

import re
from json import dumps

PLAIN = re.compile(r"[^\W\d_][^:#\n\"'\\]*(?<![\s])")
"""What YAML reads as the text that it looks like, `WORDS` aside."""
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def yaml_text(text: str) -> str:
    """A text as a value of YAML, in quotes where it needs them."""
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS:
        return text
    return dumps(text, ensure_ascii=False)


def yaml_like(written: str, text: str) -> str:
    """A text in the place of a value that is `written` so: in its quotes, if it has any."""
    if written[:1] == "'":
        return "'" + text.replace("'", "''") + "'"
    return dumps(text, ensure_ascii=False) if written[:1] == '"' else yaml_text(text)
