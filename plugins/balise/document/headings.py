"""The ids of a page's headings, and the older ids under which they were published."""

from collections.abc import Sequence

from msgspec.structs import replace

from balise.document.model import Anchor, Heading
from balise.document.slugs import IdPool, published_ids, slugify


def with_ids(headings: Sequence[Heading], anchors: Sequence[Anchor]) -> tuple[Heading, ...]:
    """The headings with `id` and `aliases`. An alias never hides an id or an anchor of the page."""
    explicit = [_explicit_id(heading) for heading in headings]
    pool = IdPool(own for own in explicit if own)
    ids = [
        own or (pool.unique(slugify(heading.text)) if heading.text else "")
        for heading, own in zip(headings, explicit, strict=True)
    ]
    published = published_ids(
        [(h.level, h.text, own) for h, own in zip(headings, explicit, strict=True)]
    )
    taken = {*ids, *(anchor.name for anchor in anchors)}
    result: list[Heading] = []
    for heading, id_, older in zip(headings, ids, published, strict=True):
        aliases = () if not id_ or older in taken else (older,)
        taken.update(aliases)
        result.append(replace(heading, id=id_, aliases=aliases))
    return tuple(result)


def _explicit_id(heading: Heading) -> str | None:
    ids = [i.value for a in heading.attributes for i in a.items if i.kind == "id"]
    return ids[0] if ids else None
