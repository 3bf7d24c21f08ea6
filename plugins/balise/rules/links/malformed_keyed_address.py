import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit, Span
from balise.collection import Collection
from balise.collection.layouts.index import IndexLayout, key_files
from balise.rules.base import CollectionRule
from balise.rules.helpers.address_display import display_address

HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/?#].*)?", re.IGNORECASE)
SLIP = re.compile(r"(https?)(?::/?|:?//)?(?=[a-z0-9])|//", re.IGNORECASE)
"""How an address begins of which a part was lost."""


class MalformedKeyedAddress(CollectionRule):
    name = "malformed-keyed-address"
    group = "links"
    summary = "A file of `links` has an address that is not the whole one of another site"
    severity = Severity.ERROR
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        for _, document in key_files(collection.data):
            places: dict[str, list[Span]] = defaultdict(list)
            for entry in document.data:
                places[entry.value].append(entry.value_span)
            for address, spans in places.items():
                if _is_whole(address):
                    continue
                message = f"`{display_address(address)}` is not the whole address of another site, such as `https://example.org/`"
                fix = None
                if meant := _meant(address):
                    message += f"; did you mean `{display_address(meant)}`?"
                    edits = tuple(Edit(span, meant, address) for span in spans)
                    fix = Fix(f"write `{meant}`", safe=False, edits=edits)
                yield self.finding(document, spans[0], message, fix=fix)


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in ("mailto", "tel"):
        return bool(parts.path)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _meant(address: str) -> str:
    """The whole address; empty where that cannot be told."""
    slip = SLIP.match(address)
    rest = address[slip.end() :] if slip else address
    scheme = slip[1] if slip and slip[1] else "https"
    return f"{scheme.lower()}://{rest}" if HOST.fullmatch(rest) else ""
