"""Code in XML."""

import re

from balise.document.code.gaps import GAP
from balise.document.model import CodeError

DIRECTIVE = re.compile(r"<\w++[ \t][^<>=]*+>")
"""A tag as in the configuration of Apache, which is no XML."""
CUT = frozenset(
    {
        "no element found",
        "junk after document element",
        "XML or text declaration not at start of entity",
    }
)
"""What expat says of parts of a file, and of two files in a row."""


def xml_error(code: str) -> CodeError | None:
    """As one element or several; what an excerpt opens or closes alone is none."""
    if "<!ENTITY" in code or GAP.search(code) or DIRECTIVE.search(code):
        return None
    from xml.parsers import expat  # only such code pays for loading it

    text = code.strip()
    whole = text.startswith("<?xml")
    opening, closing = ("", "") if whole else ("<x>", "</x>")
    depth = -1 if opening else 0

    def enter(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    try:
        parser.Parse(f"{opening}{text}{closing}", True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        data = f"{opening}{text}".encode()
        at = len(data[: parser.ErrorByteIndex].decode(errors="ignore")) - len(opening)
        unopened = reason == "mismatched tag" and depth == 0
        if reason in CUT or unopened or at >= len(text):
            return None
        if text[:at].endswith("&"):
            reason, at = "write `&amp;` for a `&` that is text", at - 1
        return CodeError(reason, at + len(code) - len(code.lstrip()))
    return None
