"""Code in TOML."""

import re

from balise.document.code.gaps import GAP, IN_ANGLES
from balise.document.code.places import offset
from balise.document.model import CodeError

MAX_KEY = 50
"""Most points on a line of TOML: its parser takes the square of a key's length."""
PLACE = re.compile(r" \(at (?:line ([0-9]++), column ([0-9]++)|end of document)\)$")
PLACEHOLDER = re.compile(r"[A-Za-z_]")
"""What begins a value that readers put in: `YOUR_ID`."""


def toml_error(code: str) -> CodeError | None:
    """That a table or key is there twice is none: an example may show what to choose from."""
    if any(line.count(".") > MAX_KEY for line in code.split("\n")):
        return None
    import tomllib  # only such code pays for loading it

    try:
        tomllib.loads(code)
    except tomllib.TOMLDecodeError as error:
        return _error(code, str(error))
    return None


def _error(code: str, message: str) -> CodeError | None:
    place = PLACE.search(message)
    if not place or message.startswith("Cannot") or GAP.search(code) or IN_ANGLES.search(code):
        return None
    at = offset(code, int(place[1]), int(place[2]) - 1) if place[1] else len(code)
    if message.startswith("Invalid value") and PLACEHOLDER.match(code, at):
        return None
    return CodeError(message[0].lower() + message[1 : place.start()], at)
