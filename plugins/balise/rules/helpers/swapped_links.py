"""Links whose text is an address, and whose address is text: `[https://example.com](our site)`."""

import re

from balise.collection import Target
from balise.document import Link

ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+")
NO_PATH = re.compile(r"[^/.:?&=]+")


def is_swapped(link: Link, target: Target) -> bool:
    """Whether a link that leads nowhere reads as an address and leads to a mere word."""
    return (
        target.kind == "missing"
        and target.form == "relative"
        and link.kind == "link"
        and ADDRESS.fullmatch(link.text) is not None
        and NO_PATH.fullmatch(link.href) is not None
    )
