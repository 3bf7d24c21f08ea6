"""The kinds of mutants. A new one is a function of a context in a module here, and a line below."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

import msgspec

from balise.mutants import code, parts, ports, quantities
from balise.mutants.guides import MutationContext
from balise.mutants.model import Mutation

Against = Literal["page", "translations", "past"]
"""What a mutant contradicts: its own page, its translations, or what these were translated from."""


class Kind(msgspec.Struct, frozen=True):
    """A kind: what it contradicts, and all of its mutations of a page."""

    against: Against
    mutations: Callable[[MutationContext], Iterator[Mutation]]

    def fits(self, context: MutationContext) -> bool:
        """Whether such mutants may be planted there: only of a source are there translations."""
        return self.against == "page" or context.is_source == (self.against == "past")


_PARTS = {
    "heading": parts.heading_dropped,
    "picture": parts.picture_dropped,
    "callout": parts.callout_dropped,
    "code": parts.code_dropped,
    "table": parts.table_dropped,
    "row": parts.row_dropped,
}
_CODE = {
    "option": code.term_changed("option"),
    "path": code.term_changed("path"),
    "address": code.term_changed("address"),
    "command": code.term_changed("word"),
}
_CALLS = {"verb": code.verb_changed, "route": code.route_changed}
_QUANTITIES = {
    "size": quantities.quantity_changed("size"),
    "ip-address": quantities.quantity_changed("address"),
    "version": quantities.quantity_changed("version"),
}

KINDS: Mapping[str, Kind] = {
    "port-in-table": Kind("page", ports.table_against_prose),
    "port-in-text": Kind("page", ports.prose_against_table),
    "port-of-protocol": Kind("page", ports.against_protocol),
    "rows-swapped": Kind("page", ports.rows_swapped),
    "columns-swapped": Kind("page", ports.columns_swapped),
    "host-on-page": Kind("page", ports.host_on_page),
    "port": Kind("translations", ports.against_translations),
    "host": Kind("translations", ports.host_against_translations),
    **{f"code-{name}": Kind("translations", found) for name, found in _CODE.items()},
    **{f"api-{name}": Kind("translations", found) for name, found in _CALLS.items()},
    **{name: Kind("translations", found) for name, found in _QUANTITIES.items()},
    **{f"{name}-dropped": Kind("translations", found) for name, found in _PARTS.items()},
    "stale-port": Kind("past", ports.against_translations),
    **{f"stale-code-{name}": Kind("past", found) for name, found in _CODE.items()},
    **{f"stale-api-{name}": Kind("past", found) for name, found in _CALLS.items()},
    **{f"stale-{name}": Kind("past", found) for name, found in _QUANTITIES.items()},
    **{f"stale-{name}-dropped": Kind("past", found) for name, found in _PARTS.items()},
}
