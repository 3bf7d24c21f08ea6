"""What raw HTML in a page means to it: the anchors it makes."""

import re
from collections.abc import Iterator

TAG = re.compile(
    r"<([a-zA-Z][\w-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*/?>"
)
COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
NAMING = re.compile(
    r"(?:^|\s)(id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)


def named_tags(html: str) -> Iterator[tuple[str, int, int]]:
    """Each anchor that tags of `html` make, as `(name, start, end)` of the tag.

    `id` names any element, `name` only an `a` (HTML Living Standard, section 7.4.6.3).
    """
    for tag in TAG.finditer(COMMENT.sub(lambda comment: " " * len(comment[0]), html)):
        names: list[str] = []
        for attribute in NAMING.finditer(tag[2]):
            key, *values = attribute.groups()
            value = next((v for v in values if v is not None), "")
            if value and (key.lower() == "id" or tag[1].lower() == "a") and value not in names:
                names.append(value)
        for name in names:
            yield name, tag.start(), tag.end()
