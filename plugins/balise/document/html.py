"""The tags of raw HTML, and the anchors that they make."""

import re
from collections.abc import Iterator

from balise.syntax.html import blank_comments

VALUE = r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++)"
TAG = re.compile(rf"<([a-zA-Z][\w-]*+)((?:\s++(?:[^\s=<>/\"']++|{VALUE})|{VALUE})*+)\s*+/?>")
CLOSING_TAG = re.compile(r"</([a-zA-Z][\w-]*)\s*>")
WORDS = re.compile(r"<\w[\w -]{0,60}>")
NAMING = re.compile(
    r"(?:^|\s)(id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)


def tags(html: str) -> list[tuple[str, bool, int, int]]:
    """Every tag of `html` in order, as (name, closing, start, end); `<br/>` closes itself."""
    bare = blank_comments(html)
    found = [(m[1].lower(), True, m.start(), m.end()) for m in CLOSING_TAG.finditer(bare)]
    for match in TAG.finditer(bare):
        found.append((match[1].lower(), False, match.start(), match.end()))
        if match[0].endswith("/>"):
            found.append((match[1].lower(), True, match.start(), match.end()))
    return sorted(found, key=lambda tag: tag[2])


def is_of_words(tag: str, name: str) -> bool:
    """Whether a tag is words in angle brackets, and not plainly `<name>`."""
    return tag != f"<{name}>" and WORDS.fullmatch(tag) is not None


def named_tags(html: str) -> Iterator[tuple[str, int, int]]:
    """Each anchor that tags of `html` make, as `(name, start, end)` of the tag.

    `id` names any element, `name` only an `a` (HTML Living Standard, section 7.4.6.3).
    """
    for tag in TAG.finditer(blank_comments(html)):
        names: list[str] = []
        for attribute in NAMING.finditer(tag[2]):
            key, *values = attribute.groups()
            value = next((v for v in values if v is not None), "")
            if value and (key.lower() == "id" or tag[1].lower() == "a") and value not in names:
                names.append(value)
        for name in names:
            yield name, tag.start(), tag.end()
